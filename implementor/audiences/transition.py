"""When each step of a transition is, beside the wave that it belongs to, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from implementor.foundation.words import Phrase, say

BEFORE_RELEASE = ("communication", "training")


@dataclass(frozen=True)
class DatedStep:
    """A step with its day (None while its wave has none), what speaks against the day, and whether it is late."""

    step: Any
    on: date | None
    wave: Any
    warning: Phrase | None
    is_late: bool


def day_of(step: Any, release: date | None) -> date | None:
    """The day of a step whose wave ends on `release`."""
    if step.offset_days is None:
        fixed: date | None = step.planned_on
        return fixed
    return release + timedelta(days=step.offset_days) if release is not None else None


def dated(rows: Iterable[Any], *, today: date) -> list[DatedStep]:
    """Rows with `TransitionStep` and `Wave` (or None), each with its day, the earliest first."""
    found: list[DatedStep] = []
    for step, wave in rows:
        release = wave.ends_on if wave is not None else None
        on = day_of(step, release)
        is_late = on is not None and on < today and step.done_on is None
        found.append(DatedStep(step, on, wave, _warning(step, on, release), is_late))
    return sorted(found, key=lambda one: (one.on is None, one.on or today, one.step.id))


def _warning(step: Any, on: date | None, release: date | None) -> Phrase | None:
    if on is None or release is None:
        return None
    if step.kind in BEFORE_RELEASE and on > release:
        return say("It comes after its wave ends on %(day)s.", day=release)
    if step.kind == "go_live" and on < release:
        return say("It comes before its wave ends on %(day)s.", day=release)
    if step.kind == "support" and on < release:
        return say("Support begins before its wave ends on %(day)s.", day=release)
    return None


def by_area(steps: Sequence[DatedStep]) -> list[tuple[Any, list[DatedStep]]]:
    """The steps of each area, areas by name."""
    found: dict[int, tuple[Any, list[DatedStep]]] = {}
    for one in steps:
        found.setdefault(one.step.area_id, (one.step.area, []))[1].append(one)
    return sorted(found.values(), key=lambda pair: pair[0].name_key)
