"""Business time agrees with a clock watched minute by minute, on nights when clocks are set as on any other."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.calendars import deadlines
from implementor.calendars.deadlines import NeverDue, NotInReach, business_time_between, due, is_open_at
from implementor.calendars.opening_hours import OpeningHours

OFFICE = ((540, 840), (960, 1140))
MADRID = OpeningHours("Europe/Madrid", (*(OFFICE,) * 5, (), ()), "ES", "MD")
ALWAYS = OpeningHours("Europe/Madrid", (((0, 1440),),) * 7)
MINUTE = timedelta(minutes=1)
ZONES = ["UTC", "Europe/Madrid", "America/Caracas", "America/Havana", "America/Sao_Paulo", "Australia/Lord_Howe",
         "Asia/Kathmandu", "Pacific/Apia"]  # fmt: skip
EDGES = [datetime(2026, 3, 28, 18, tzinfo=UTC), datetime(2026, 10, 24, 18, tzinfo=UTC),
         datetime(2026, 4, 4, 6, tzinfo=UTC), datetime(2018, 11, 3, 20, tzinfo=UTC),
         datetime(2026, 12, 31, 6, tzinfo=UTC),
         datetime(2011, 12, 29, 20, tzinfo=UTC), datetime(2026, 3, 7, 20, tzinfo=UTC)]  # fmt: skip


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    cuts = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    return tuple((cuts[at] * 15, cuts[at + 1] * 15) for at in range(0, len(cuts) - 1, 2))


@st.composite
def calendars(draw: st.DrawFn) -> OpeningHours:
    week = tuple(draw(spans()) for _day in range(7))
    closed = draw(st.frozensets(st.sampled_from([edge.date() for edge in EDGES]), max_size=2))
    return OpeningHours(draw(st.sampled_from(ZONES)), week, draw(st.sampled_from(["", "ES"])), None, closed)


MOMENTS = st.builds(lambda edge, minutes: edge + minutes * MINUTE, st.sampled_from(EDGES), st.integers(0, 3 * 1440))


def watched(first: datetime, last: datetime, hours: OpeningHours) -> timedelta:
    """The slow truth: look at the wall clock every minute."""
    count, moment = 0, first
    while moment < last:
        local = moment.astimezone(ZoneInfo(hours.zone))
        minute = local.hour * 60 + local.minute
        count += any(start <= minute < end for start, end in hours.spans_on(local.date()))
        moment += MINUTE
    return count * MINUTE


@settings(max_examples=60, deadline=None)
@given(calendars(), MOMENTS, st.integers(0, 3 * 1440))
def test_open_time_is_what_a_watched_clock_says(hours: OpeningHours, first: datetime, minutes: int) -> None:
    last = first + minutes * MINUTE
    assert business_time_between(first, last, hours) == watched(first, last, hours)


@settings(deadline=None)
@given(calendars(), MOMENTS, MOMENTS, MOMENTS)
def test_open_time_adds_up(hours: OpeningHours, one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted((one, two, three))
    parts = business_time_between(first, middle, hours) + business_time_between(middle, last, hours)
    assert business_time_between(first, last, hours) == parts
    assert business_time_between(last, first, hours) == timedelta(0)


@settings(deadline=None)
@given(calendars(), MOMENTS, MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_deadlines_are_monotone_and_exact(
    hours: OpeningHours, one: datetime, other: datetime, few: int, many: int
) -> None:
    first, later = sorted((one, other))
    less, more = sorted((few, many))
    try:
        ends = due(later, more * MINUTE, hours)
    except NeverDue:
        return
    assert due(first, less * MINUTE, hours) <= due(later, less * MINUTE, hours) <= ends
    assert business_time_between(later, ends, hours) == more * MINUTE
    if more:
        assert business_time_between(later, ends - MINUTE / 60, hours) < more * MINUTE
    else:
        assert is_open_at(ends, hours)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Madrid")).astimezone(UTC)  # type: ignore[arg-type,misc]


def test_what_comes_on_a_closed_day_counts_from_the_next_opening() -> None:
    assert due(local(2026, 11, 21, 16), timedelta(hours=4), MADRID) == local(2026, 11, 23, 13)
    assert due(local(2026, 12, 25, 11), timedelta(minutes=30), MADRID) == local(2026, 12, 28, 9, 30)
    assert due(local(2026, 11, 23, 15), timedelta(0), MADRID) == local(2026, 11, 23, 16)
    assert due(local(2026, 11, 23, 10), timedelta(hours=4), MADRID) == local(2026, 11, 23, 14)


def test_a_night_when_clocks_are_set_has_the_hours_it_has() -> None:
    spring, autumn = local(2026, 3, 29), local(2026, 10, 25)
    assert business_time_between(spring, local(2026, 3, 30), ALWAYS) == timedelta(hours=23)
    assert business_time_between(autumn, local(2026, 10, 26), ALWAYS) == timedelta(hours=25)
    assert due(local(2026, 3, 27, 18), timedelta(hours=2), MADRID) == local(2026, 3, 30, 10)


def test_a_calendar_that_never_opens_ends_with_a_sentence() -> None:
    shut = OpeningHours("UTC", ((),) * 7)
    backwards = OpeningHours("UTC", (((600, 600),),) * 7)
    holiday = OpeningHours("UTC", (((0, 60),), *((),) * 6), closed_days=frozenset(
        date(2026, 1, 5) + timedelta(weeks=week) for week in range(52 * 30)))  # fmt: skip
    for hours in (shut, backwards, holiday):
        with pytest.raises(NeverDue, match="opening hours"):
            due(local(2026, 1, 1), timedelta(hours=1), hours)
        assert business_time_between(local(2026, 1, 6), local(2030, 1, 1), hours) == timedelta(0)


def test_years_nobody_means_are_refused() -> None:
    for moment in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        with pytest.raises(NotInReach):
            due(moment, timedelta(hours=1), ALWAYS)


def test_the_cost_does_not_grow_with_the_time_that_passed() -> None:
    start, before = local(2001, 1, 1), deadlines._openings.cache_info().misses
    for year in range(2002, 2026):
        business_time_between(start, local(year, 1, 1), MADRID)
        due(local(year, 6, 1), timedelta(hours=700), MADRID)
    assert deadlines._openings.cache_info().misses - before <= 2026 - 2001 + 1
