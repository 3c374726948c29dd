"""What became of a roadmap since a day: waves and milestones that were added, left, or have other days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase, say
from implementor.portfolio.replay import records_at

KINDS = ("wave", "milestone")
ADDED, GONE, MOVED = "added", "gone", "moved"
WORDS: dict[str, Phrase] = {ADDED: say("new since"), GONE: say("left since"), MOVED: say("changed since")}
FIELDS = {
    "wave": (("starts_on", say("First day")), ("ends_on", say("Last day"))),
    "milestone": (
        ("promised_on", say("Promised")), ("forecast_on", say("Forecast")), ("reached_on", say("Reached")),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """One day of one record that is another now; `days` is by how many later, None without both."""

    label: Phrase
    was: date | None
    now: date | None

    @property
    def days(self) -> int | None:
        return None if self.was is None or self.now is None else (self.now - self.was).days


@dataclass(frozen=True)
class Difference:
    """What became of a wave or milestone: `deed` is added, gone or moved; `key` is that of its line, if it has one."""

    kind: str
    key: str
    name: str
    deed: str
    moves: Sequence[Moved] = ()


@dataclass(frozen=True)
class Since:
    """The differences since a day, and where the bars of waves were then, by the keys of their lines."""

    differences: Sequence[Difference]
    bars: dict[str, tuple[date, date]]


def since(session: Session, *, project_id: int, at: datetime, now: datetime) -> Since:
    """What became of a project's roadmap since a moment; three statements for each of the two."""
    then, present = (records_at(session, project_id, moment, KINDS) for moment in (at, now))
    found = [one for kind in KINDS for one in differences(kind, then[kind], present[kind])]
    bars = {f"w{one.id}": (one.starts_on, one.ends_on) for one in then["wave"] if one.starts_on and one.ends_on}
    return Since(found, bars)


def differences(kind: str, then: Iterable[Any], now: Iterable[Any]) -> list[Difference]:
    """What differs between the records of two moments, in the order of now, those that left last."""
    before = {one.id: one for one in then}
    found = []
    for one in now:
        was = before.pop(one.id, None)
        moves = [
            Moved(label, getattr(was, name) if was is not None else None, getattr(one, name))
            for name, label in FIELDS[kind]
            if was is None or getattr(was, name) != getattr(one, name)
        ]
        told = [move for move in moves if move.was or move.now]
        if was is None or told:
            found.append(_difference(kind, one, ADDED if was is None else MOVED, told))
    return found + [_difference(kind, one, GONE, ()) for one in before.values()]


def _difference(kind: str, one: Any, deed: str, moves: Sequence[Moved]) -> Difference:
    name = f"{one.number} {one.name}" if kind == "wave" else one.title
    return Difference(kind, f"{kind[0]}{one.id}", name, deed, moves)
