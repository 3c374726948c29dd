"""Which days are worked on: weekends, public holidays of a country and region, and days off of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays

A_DAY = timedelta(days=1)
FURTHEST = timedelta(days=366 * 20)
"""Longer spans are a mistyped date, and nobody waits for their sum."""


@dataclass(frozen=True)
class WorkCalendar:
    """Where people work; `days_off` are closed days of the company's own."""

    country: str
    region: str | None = None
    days_off: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day."""
        return (
            day.weekday() not in weekend_of(self.country)
            and day not in self.days_off
            and day not in holidays_of_year(self.country, self.region, day.year)
        )

    def working_days(self, first: date, last: date) -> list[date]:
        """The days worked from first to last, both included; none when last is before first.

        Raises ValueError for spans of more than twenty years.
        """
        if last - first > FURTHEST:
            raise ValueError("a span of more than twenty years")
        days = (first + A_DAY * count for count in range((last - first).days + 1))
        return [day for day in days if self.is_working_day(day)]

    def day_after(self, start: date, count: int) -> date:
        """The working day that comes `count` (0 or more) working days after `start`.

        With 0 it is `start` itself or, when nobody works then, the next day on which people do.
        """
        day = start
        while not self.is_working_day(day):
            day += A_DAY
        for _ in range(count):
            day += A_DAY
            while not self.is_working_day(day):
                day += A_DAY
        return day

    def holidays_between(self, first: date, last: date, language: str) -> list[tuple[date, str]]:
        """Public holidays from first to last with their names, in the language where the country's list has it."""
        found: list[tuple[date, str]] = []
        for year in range(first.year, last.year + 1):
            found += holidays_of_year(self.country, self.region, year, language).items()
        return sorted((day, name) for day, name in found if first <= day <= last)


@lru_cache(maxsize=1024)
def holidays_of_year(country: str, region: str | None, year: int, language: str = "en") -> dict[date, str]:
    """Public holidays of one year; do not change the answer, it is shared."""
    calendar: Any = holidays.country_holidays(country)
    named = next((known for known in calendar.supported_languages if known.split("_")[0] == language), None)
    return dict(holidays.country_holidays(country, subdiv=region, years=year, language=named))


@lru_cache(maxsize=256)
def weekend_of(country: str) -> frozenset[int]:
    """Weekdays (Monday is 0) without office work.

    Some countries' lists name one day of rest by law only; offices there close on the day before it too.
    """
    calendar: Any = holidays.country_holidays(country)
    free = frozenset(calendar.weekend)
    return free if len(free) != 1 else free | {(next(iter(free)) - 1) % 7}
