"""Panels: parts of a page that packages above its owner fill in, each a template with the data it needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.asking import Asking, answered, gathered
from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class Place:
    """Where a panel is shown: who looks, when, in which project (None outside) and on whose page (None on lists).

    `project` has at least `id`, `key` and `name`.
    """

    actor: Actor
    at: datetime
    project: Any = None
    record: Any = None


Data = Mapping[str, Any] | None
Loader = Callable[[Session, Place], Data | Asking[Data]]
"""Gives the data of a panel, or what it asks for it, to be read together with the other pieces of the page."""


@dataclass(frozen=True)
class Panel:
    """One contribution to a slot; its template is included with the loader's data as `panel`."""

    slot: str
    order: int
    template: str
    load: Loader


@dataclass(frozen=True)
class LoadedPanel:
    """A panel with its data, ready to be included."""

    template: str
    data: Mapping[str, Any]


_slots: dict[str, list[Panel]] = defaultdict(list)


def panel(slot: str, order: int, template: str, load: Loader) -> None:
    """Contribute to a slot such as `project.overview`; contributing the same template twice changes nothing."""
    if all(known.template != template for known in _slots[slot]):
        _slots[slot].append(Panel(slot, order, template, load))
        _slots[slot].sort(key=lambda one: one.order)


def panels_of(session: Session, slot: str, place: Place) -> list[LoadedPanel]:
    """The panels of a slot in their order; a loader that answers None has nothing to show here."""
    return answered(session, panels_asking(session, slot, place))


def panels_asking(session: Session, slot: str, place: Place) -> Asking[list[LoadedPanel]]:
    """What the panels of a slot ask together, to be read with the other pieces of the page."""
    panels = _slots[slot]
    loaded = gathered([_asking(one.load(session, place)) for one in panels])

    def made(answers: Sequence[Sequence[Any]]) -> list[LoadedPanel]:
        data = zip(panels, loaded.made(answers), strict=True)
        return [LoadedPanel(one.template, shown) for one, shown in data if shown is not None]

    return Asking(loaded.asked, made)


def _asking(loaded: Data | Asking[Data]) -> Asking[Data]:
    return loaded if isinstance(loaded, Asking) else Asking((), lambda _answers: loaded)
