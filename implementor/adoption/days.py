"""Days as the company's clock has them, and how far back figures look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SPAN = 28
"""Days over which the days of somebody's work are counted: four whole weeks."""
WEEK = 7
FIRST_LOOK_BACK = 91
"""Days of which facts are made from the history when they are made for the first time."""
AGAIN = 7
"""Days that are written anew with the first look at a new one, because something may have been taken back since."""
KEPT_DAILY = 92
"""Days after which the state of records is kept for Sundays only."""


@dataclass(frozen=True)
class Day:
    """One day of a zone with the moments at which it begins and ends."""

    on: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        return _midnight(self.on, self.zone)

    @property
    def ends(self) -> datetime:
        return _midnight(self.on + timedelta(days=1), self.zone)

    def back(self, days: int) -> date:
        """The first of so many days that end with this one."""
        return self.on - timedelta(days=days - 1)


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone).astimezone(UTC)
