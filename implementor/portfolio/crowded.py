"""Of whom more is promised than a week has: shares of waves that run at once, added up over all projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEK = timedelta(days=7)
WORKED = 5
WHOLE = 100
FURTHEST = 53
"""Weeks from today that are looked at; nobody mends a later one today."""


@dataclass(frozen=True)
class CrowdedWeek:
    """A week in which a person is promised beyond the whole: the per cents of the fullest day, and the waves of it."""

    user_id: int
    name: str
    monday: date
    share: int
    waves: tuple[Any, ...]


def crowded_weeks(rows: Iterable[Any], today: date) -> list[CrowdedWeek]:
    """Weeks from today on, the soonest first; `rows` are (user_id, who, share, starts_on, ends_on, …) of open waves.

    A working week is from Monday to Friday here, whatever each project's calendar says: holidays make no room.
    """
    by_person: dict[int, list[Any]] = {}
    for row in rows:
        by_person.setdefault(row.user_id, []).append(row)
    first = today - timedelta(days=today.weekday())
    found = []
    for user_id, held in by_person.items():
        if sum(row.share for row in held) <= WHOLE:
            continue
        for count in range(FURTHEST):
            fullest = _fullest(held, first + WEEK * count, today)
            if sum(row.share for row in fullest) > WHOLE:
                share = sum(row.share for row in fullest)
                found.append(CrowdedWeek(user_id, held[0].who, first + WEEK * count, share, tuple(fullest)))
    return sorted(found, key=lambda one: (one.monday, -one.share, one.name))


def _fullest(held: list[Any], monday: date, today: date) -> list[Any]:
    """What runs on the day of the week that is promised most, days that are over left out."""
    days = [monday + timedelta(days=place) for place in range(WORKED)]
    running = [[row for row in held if row.starts_on <= day <= row.ends_on] for day in days if day >= today]
    return max(running, key=lambda rows: sum(row.share for row in rows), default=[])
