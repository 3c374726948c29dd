"""The registry of gate checks: each package contributes those about its own subject, computed from data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase

PROJECT_PLACE, WAVE_PLACE = "project", "wave"
MOST_NAMED = 5


@dataclass(frozen=True)
class GatePlace:
    """What a gate is of: a project, or one wave of it; `on` is the day as of which its lines are measured."""

    project_id: int
    project_key: str
    wave_id: int | None = None
    wave_number: int | None = None
    wave_name: str = ""
    on: date = date.min

    def gate_name(self, stage_key: str) -> str:
        """What the gate is called in addresses and commands."""
        return stage_key if self.wave_number is None else f"{stage_key}-{self.wave_number}"


@dataclass(frozen=True)
class Reading:
    """What a check found: `value` of `target` things hold, or with `at_most` that `value` may not pass `target`.

    `missing` names the first few that fail. `endpoint` with `values` is the page of the records counted. Where nothing
    is to be counted (`target` 0) a share passes only if `empty_passes`.
    """

    value: Decimal
    target: Decimal
    missing: tuple[str, ...] = ()
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    at_most: bool = False
    empty_passes: bool = True

    def passes(self, minimum: int) -> bool:
        """Whether at least `minimum` per cent hold."""
        if self.at_most:
            return self.value <= self.target
        if not self.target:
            return self.empty_passes
        return self.value * 100 >= minimum * self.target


Reader = Callable[[Session, GatePlace, Mapping[str, Any]], Reading]


@dataclass(frozen=True)
class Check:
    """A named check with the words that administrators choose it by and the places it can be asked of."""

    name: str
    label: Phrase
    places: tuple[str, ...]
    read: Reader


checks: dict[str, Check] = {}


def gate_check(name: str, label: Phrase, read: Reader, *, places: tuple[str, ...] = (WAVE_PLACE,)) -> None:
    """Make a check known; called from a package's contributions, as often as there are applications."""
    checks.setdefault(name, Check(name, label, places, read))


def share(
    rows: list[tuple[str, bool]],
    endpoint: str = "",
    values: Mapping[str, Any] | None = None,
    *,
    empty_passes: bool = True,
) -> Reading:
    """A reading over (name, holds) pairs."""
    missing = tuple(name for name, holds in rows if not holds)
    return Reading(
        value=Decimal(len(rows) - len(missing)),
        target=Decimal(len(rows)),
        missing=missing[:MOST_NAMED],
        endpoint=endpoint,
        values=values or {},
        empty_passes=empty_passes,
    )


@dataclass
class WavePlaces:
    """How gates find the waves of a project; filled by the package that knows them.

    `find` answers the place of a wave by number or None, `all` those of a project in their order.
    """

    find: Callable[[Session, int, str, int], GatePlace | None] = lambda _session, _id, _key, _number: None
    all: Callable[[Session, int, str], list[GatePlace]] = lambda _session, _id, _key: []


wave_places = WavePlaces()
