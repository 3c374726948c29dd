"""How long customers wait at the points where one area hands them over to the next, in business time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from implementor.calendars.deadlines import business_time_between
from implementor.calendars.opening_hours import OpeningHours
from implementor.crm.leads.lifecycle import MQL, NEW, SAL
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class HandOver:
    """A point of hand-over: the lead leaves one area in the stage `first` and is taken over in `second`.

    `about_kind`: only leads that came out of records of that kind.
    """

    key: str
    label: Phrase
    first: str
    second: str
    about_kind: str | None = None


POINTS = (
    HandOver("marketing-sales", say("From marketing to sales"), MQL, SAL),
    HandOver("service-marketing", say("From service to marketing"), NEW, MQL, "case"),
)
"""The points that leads tell of."""
BETWEEN = say("From order to service")
"""The third point: from the placing of an order, past the approval, to its dispatch, as the facts of orders tell."""


@dataclass(frozen=True)
class Waited:
    """How long hand-overs took: how many there were, half of them at most this long, all together, and the longest."""

    count: int
    middle: timedelta | None
    mean: timedelta | None
    longest: timedelta | None


def waited(pairs: Iterable[tuple[datetime, datetime]], hours: OpeningHours | None) -> Waited:
    """The times between pairs of moments, counted in opening hours where there are any, else around the clock."""
    times: Sequence[timedelta] = [time_between(first, second, hours) for first, second in pairs]
    if not times:
        return Waited(0, None, None, None)
    middle = timedelta(seconds=median(time.total_seconds() for time in times))
    return Waited(len(times), middle, sum(times, timedelta()) / len(times), max(times))


def time_between(first: datetime, second: datetime, hours: OpeningHours | None) -> timedelta:
    """The business time from one moment to a later one; none where the second is not later."""
    if hours is not None and hours.is_ever_open:
        return business_time_between(first, second, hours)
    return max(second - first, timedelta())
