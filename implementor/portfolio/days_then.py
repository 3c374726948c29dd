"""Decisions as the places to look back from: the day before each, and the day on which it was taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

from implementor.foundation.words import Phrase, say

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turning:
    """A decision with the days around it; `before` is None where nothing was before it. `then` says how it stood."""

    row: Any
    taken_on: date
    before: date | None
    then: Phrase | None
    tone: str = "neutral"


def decisions_around(rows: Iterable[Any], zone: tzinfo, *, first: date, day: date | None) -> list[Turning]:
    """Decisions in the order given, each with the days around it where the reader is, and how it stood on `day`."""
    found = []
    for row in rows:
        taken_on = row.decided_at.astimezone(zone).date()
        reversed_on = row.reversed_at.astimezone(zone).date() if row.reversed_at is not None else None
        before = taken_on - A_DAY
        said = standing_of(taken_on, reversed_on, day)
        found.append(Turning(row, taken_on, before if before >= first else None, *said))
    return found


def standing_of(taken_on: date, reversed_on: date | None, day: date | None) -> tuple[Phrase | None, str]:
    """How a decision stood at the end of a day, in words with a tone."""
    if day is None:
        return None, "neutral"
    if taken_on > day:
        return say("not taken yet"), "neutral"
    if reversed_on is not None and reversed_on <= day:
        return say("taken back"), "off"
    return say("stood"), "ok"
