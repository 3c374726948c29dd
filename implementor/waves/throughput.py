"""Throughput: how many stories were finished in each week, weeks without any included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """A week by its Monday, and how many stories were finished in it."""

    monday: date
    finished: int


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weekly(finishes: Iterable[datetime], *, began: datetime, at: datetime, zone: tzinfo) -> list[Week]:
    """Every whole week from the one in which work began to the last that is over at `at`; weeks begin in `zone`.

    The first week counts from its Monday, although work may have begun later in it.
    """
    counts = Counter(monday_of(moment.astimezone(zone).date()) for moment in finishes)
    first, present = monday_of(began.astimezone(zone).date()), monday_of(at.astimezone(zone).date())
    number = max((present - first).days // 7, 0)
    return [Week(monday, counts[monday]) for monday in (first + WEEK * place for place in range(number))]
