"""On which days a committee meets, from its rhythm, and the moment of a meeting on one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

LAST = 5
"""The last such weekday of a month, whether that is the fourth or the fifth."""
FURTHEST = 60
"""As many turns as are looked at; more than a year of weeks."""


class Rhythm(Protocol):
    """A committee, as far as its rhythm goes."""

    rhythm: str
    every: int
    weekday: str
    week: str
    clock: str
    time_zone: str
    first_on: date | None


def next_moments(of: Rhythm, after: datetime, count: int = 1) -> list[datetime]:
    """The next moments (UTC) after one at which the committee meets; none without a rhythm."""
    if of.rhythm == "none":
        return []
    zone = ZoneInfo(of.time_zone)
    start = max(after.astimezone(zone).date(), of.first_on or date.min)
    days = _weekly(of, start) if of.rhythm == "weekly" else _monthly(of, start)
    found = (moment_on(day, of.clock, of.time_zone) for day in days)
    return list(islice((moment for moment in found if moment > after), count))


def moment_on(day: date, clock: str, time_zone: str) -> datetime:
    """The moment (UTC) of HH:MM on a day in a time zone, whatever its summer time."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime.combine(day, time(hour, minute), ZoneInfo(time_zone)).astimezone(UTC)


def _weekly(of: Rhythm, start: date) -> Iterator[date]:
    first = of.first_on or start
    day = first + timedelta(days=(int(of.weekday) - first.weekday()) % 7)
    step = timedelta(weeks=of.every)
    if day < start:
        day += step * -(-(start - day).days // step.days)
    for turn in range(FURTHEST):
        yield day + step * turn


def _monthly(of: Rhythm, start: date) -> Iterator[date]:
    first = of.first_on or start
    months = (start.year - first.year) * 12 + start.month - first.month
    begin = max(0, months // of.every) * of.every
    for turn in range(FURTHEST):
        place = first.month - 1 + begin + turn * of.every
        day = weekday_of_month(first.year + place // 12, place % 12 + 1, int(of.weekday), int(of.week))
        if day >= start:
            yield day


def weekday_of_month(year: int, month: int, weekday: int, week: int) -> date:
    """The first, second … or with `LAST` the last such weekday of a month."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7, weeks=week - 1)
    return day if day.month == month else day - timedelta(weeks=1)
