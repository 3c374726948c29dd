"""Working days: weekends, holidays of country and region, and own days off."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.calendars.working_days import WorkCalendar, weekend_of

VENEZUELA = WorkCalendar("VE")
some_days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("calendar", "day", "worked"),
    [
        (VENEZUELA, date(2026, 11, 20), True),
        (VENEZUELA, date(2026, 11, 21), False),
        (VENEZUELA, date(2026, 4, 3), False),
        (WorkCalendar("ES", "MD"), date(2026, 5, 2), False),
        (WorkCalendar("ES", "MD"), date(2025, 5, 2), False),
        (WorkCalendar("ES", "CT"), date(2025, 5, 2), True),
        (WorkCalendar("IL"), date(2026, 11, 22), True),
        (WorkCalendar("VE", days_off=frozenset({date(2026, 11, 20)})), date(2026, 11, 20), False),
    ],
)
def test_a_day_is_worked_unless_it_is_weekend_holiday_or_own_day_off(
    calendar: WorkCalendar, day: date, worked: bool
) -> None:
    assert calendar.is_working_day(day) is worked


def test_a_week_with_two_holidays_has_three_working_days() -> None:
    assert len(VENEZUELA.working_days(date(2026, 3, 30), date(2026, 4, 5))) == 3


def test_a_span_that_ends_before_it_starts_has_no_days() -> None:
    assert VENEZUELA.working_days(date(2026, 4, 5), date(2026, 4, 1)) == []


def test_a_mistyped_century_is_refused_instead_of_counted() -> None:
    with pytest.raises(ValueError, match="twenty years"):
        VENEZUELA.working_days(date(2026, 1, 1), date(2260, 1, 1))


def test_one_legal_day_of_rest_still_means_a_weekend_of_two_days() -> None:
    assert weekend_of("VE") == {5, 6}


def test_holidays_are_named_in_the_readers_language() -> None:
    span = date(2026, 1, 1), date(2026, 1, 1)
    assert VENEZUELA.holidays_between(*span, "es") == [(date(2026, 1, 1), "Año Nuevo")]
    assert VENEZUELA.holidays_between(*span, "en") == [(date(2026, 1, 1), "New Year's Day")]


@settings(deadline=None)
@given(some_days, st.integers(0, 60))
def test_counting_the_days_up_to_the_nth_working_day_gives_n(start: date, count: int) -> None:
    end = VENEZUELA.day_after(start, count)
    assert len(VENEZUELA.working_days(start, end)) == count + 1
