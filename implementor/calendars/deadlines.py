"""Business time between moments: when a target is due, and how much open time has passed, however long ago it began."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from implementor.calendars.opening_hours import OpeningHours, Span
from implementor.foundation.errors import Refusal
from implementor.foundation.words import say

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
A_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1900, 2200
PATIENCE = 25
"""Years in which a deadline must come; a calendar that needs more is a mistake."""
FURTHEST_SHIFT = timedelta(hours=15)
"""More than any zone is away from UTC."""


class NeverDue(Refusal):
    """The calendar is open too little for the deadline ever to come."""


class NotInReach(Refusal):
    """A moment so far away that it must be a mistake."""


def due(start: datetime, business_time: timedelta, hours: OpeningHours) -> datetime:
    """The first moment (UTC) at which this much open time has passed since `start`.

    No time at all is the next moment that is open. Raises NeverDue for a calendar without enough open hours.
    """
    if not hours.is_ever_open:
        raise NeverDue(say("The calendar has no open hours, so nothing would ever be due. Give it opening hours."))
    year = _year_of(start, hours)
    wanted = _openings(hours, year).before(_instant(start)) + max(business_time // MICROSECOND, 0)
    for each in range(year, min(year + PATIENCE, LAST_YEAR + 1)):
        openings = _openings(hours, each)
        place = openings.place_after(wanted, is_start=business_time <= timedelta(0))
        if place is not None:
            return EPOCH + place * MICROSECOND
        wanted -= openings.total
    raise NeverDue(
        say("This would not be due within %(years)s years. Give the calendar more opening hours.", years=PATIENCE)
    )  # fmt: skip


def business_time_between(first: datetime, last: datetime, hours: OpeningHours) -> timedelta:
    """The open time from one moment to a later one; none when the second is not later."""
    if last <= first:
        return timedelta(0)
    begins, ends = _year_of(first, hours), _year_of(last, hours)
    passed = _openings(hours, ends).before(_instant(last)) - _openings(hours, begins).before(_instant(first))
    return (passed + sum(_openings(hours, year).total for year in range(begins, ends))) * MICROSECOND


def is_open_at(moment: datetime, hours: OpeningHours) -> bool:
    """Whether the wall clock of the zone stands inside opening hours."""
    openings, instant = _openings(hours, _year_of(moment, hours)), _instant(moment)
    place = bisect_right(openings.starts, instant) - 1
    return place >= 0 and instant < openings.ends[place]


@dataclass(frozen=True)
class Openings:
    """The open intervals of one local year in microseconds since 1970, with the open time before each of them."""

    starts: list[int]
    ends: list[int]
    earlier: list[int]
    total: int

    def before(self, instant: int) -> int:
        """Open microseconds of the year before an instant."""
        place = bisect_right(self.starts, instant) - 1
        if place < 0:
            return 0
        return self.earlier[place] + min(instant, self.ends[place]) - self.starts[place]

    def place_after(self, wanted: int, *, is_start: bool) -> int | None:
        """The instant with so much open time of the year before it; None when the year has less.

        Where one opening has ended and the next has not begun, it is the end, or for `is_start` the beginning.
        """
        if wanted > self.total or (is_start and wanted == self.total):
            return None
        place = (bisect_right if is_start else bisect_left)(self.earlier, wanted) - 1
        return self.starts[max(place, 0)] + wanted - self.earlier[max(place, 0)]


@lru_cache(maxsize=1024)
def _openings(hours: OpeningHours, year: int) -> Openings:
    """One table for each calendar and year, so that a deadline costs the same however much time it spans."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(_intervals(hours, year)):
        if ends and start <= ends[-1]:
            ends[-1] = max(end, ends[-1])
        else:
            starts.append(start)
            ends.append(end)
    earlier, total = [], 0
    for start, end in zip(starts, ends, strict=True):
        earlier.append(total)
        total += end - start
    return Openings(starts, ends, earlier, total)


def _intervals(hours: OpeningHours, year: int) -> Iterator[tuple[int, int]]:
    zone, day = ZoneInfo(hours.zone), date(year, 1, 1)
    while day.year == year:
        spans = hours.spans_on(day)
        if spans:
            yield from _of_day(day, spans, zone)
        day += A_DAY


def _of_day(day: date, spans: tuple[Span, ...], zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """The instants at which the wall clock stands inside a span: an hour that comes twice counts twice."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    first, last = midnight - FURTHEST_SHIFT, midnight + A_DAY + FURTHEST_SHIFT
    earlier, later = _shift(first, zone), _shift(last, zone)
    change = _instant(last) if earlier == later else _change(first, last, zone)
    for start, end in spans:
        walls = [_instant(midnight + timedelta(minutes=minute)) for minute in (start, end)]
        before = [wall - earlier // MICROSECOND for wall in walls]
        if before[0] < min(before[1], change):
            yield before[0], min(before[1], change)
        after = [wall - later // MICROSECOND for wall in walls]
        if earlier != later and max(after[0], change) < after[1]:
            yield max(after[0], change), after[1]


def _change(first: datetime, last: datetime, zone: ZoneInfo) -> int:
    """The instant between two moments at which the zone's clocks were set."""
    earlier = _shift(first, zone)
    low, high = 0, int((last - first).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if _shift(first + timedelta(seconds=middle), zone) == earlier:
            low = middle
        else:
            high = middle
    return _instant(first + timedelta(seconds=high))


def _shift(moment: datetime, zone: ZoneInfo) -> timedelta:
    shift = moment.astimezone(zone).utcoffset()
    assert shift is not None
    return shift


def _instant(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _year_of(moment: datetime, hours: OpeningHours) -> int:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise NotInReach(say("The year %(year)s is too far away to count opening hours.", year=moment.year))
    return moment.astimezone(ZoneInfo(hours.zone)).year
