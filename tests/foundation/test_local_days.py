"""Days as the reader counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.foundation.local_days import day_named, likely_day, local_day
from implementor.foundation.words import Speech, speaking


@pytest.mark.parametrize(("zone", "day"), [("America/Caracas", 1), ("UTC", 2), ("Pacific/Auckland", 2)])
def test_a_moment_falls_on_the_day_that_it_is_where_the_reader_is(zone: str, day: int) -> None:
    with speaking(Speech(zone=ZoneInfo(zone))):
        assert local_day(datetime(2026, 3, 2, 2, 30, tzinfo=UTC)) == date(2026, 3, day)


@pytest.mark.parametrize(
    "text", [None, "", "yesterday", "2026-02-30", "9999-12-31", "0001-01-01", "2026-1-1", "٢٠٢٦-٠١-٠١"]
)
def test_what_names_no_day_is_none(text: str | None) -> None:
    assert day_named(text) is None
    assert likely_day(text) is None


@given(st.dates())
def test_a_day_that_is_named_has_neighbours_and_a_likely_one_is_of_our_times(day: date) -> None:
    named, likely = day_named(day.isoformat()), likely_day(day.isoformat())
    assert named == day if date.min < day < date.max else named is None
    assert (likely == day) == (1900 <= day.year <= 2200)
    if named is not None:
        assert named - timedelta(days=1) < named < named + timedelta(days=1)
