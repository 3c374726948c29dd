"""The days a calendar shows: a month, a week from Monday, or one day, and the way to those beside it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from implementor.crm.records.agenda import AgendaEntry

Span = Literal["day", "week", "month"]
SPANS: tuple[Span, ...] = ("day", "week", "month")
EARLIEST, LATEST = date(MINYEAR + 1000, 1, 1), date(MAXYEAR - 1000, 12, 31)


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included, around the day that was asked for."""

    span: Span
    on: date
    first: date
    last: date

    @property
    def earlier(self) -> date:
        """A day of the span before this one."""
        return self.first - timedelta(days=1)

    @property
    def later(self) -> date:
        """A day of the span after this one."""
        return self.last + timedelta(days=1)

    @property
    def all(self) -> list[date]:
        return [self.first + timedelta(days=count) for count in range((self.last - self.first).days + 1)]


def days_around(on: date, span: Span) -> Days:
    """The day, week or month that a day is in; days no calendar has are moved to its edge."""
    on = min(max(on, EARLIEST), LATEST)
    match span:
        case "day":
            return Days(span, on, on, on)
        case "week":
            monday = on - timedelta(days=on.weekday())
            return Days(span, on, monday, monday + timedelta(days=6))
    return Days(span, on, on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1]))


@dataclass(frozen=True)
class DayOfEntries:
    """One day of the calendar with what waits on it, by the clock."""

    on: date
    entries: Sequence[AgendaEntry]


def by_day(days: Days, entries: Sequence[AgendaEntry]) -> list[DayOfEntries]:
    """The entries under their days; of a month only the days that have any."""
    found = {day: sorted((one for one in entries if one.on == day), key=_order) for day in days.all}
    return [DayOfEntries(day, mine) for day, mine in found.items() if mine or days.span != "month"]


def _order(entry: AgendaEntry) -> tuple[bool, float, str]:
    return (entry.at is not None, entry.at.timestamp() if entry.at is not None else 0.0, entry.key)
