"""The days of a calendar, and entries under their days."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.crm.activity.counting import Counted, Period, by_person, by_team, by_week
from implementor.crm.activity.days import SPANS, by_day, days_around
from implementor.crm.records.agenda import AgendaEntry, day_begins

busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@busy_machine
@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from(SPANS))
def test_every_day_stands_in_its_span_and_beside_others(on: date, span: str) -> None:
    days = days_around(on, span)  # type: ignore[arg-type]
    assert days.first <= days.on <= days.last
    assert days_around(days.earlier, span).last == days.earlier  # type: ignore[arg-type]
    assert days_around(days.later, span).first == days.later  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("day", (3, 29), (3, 29)), ("week", (3, 23), (3, 29)), ("month", (3, 1), (3, 31))],
)
def test_a_week_begins_on_monday_and_a_month_on_the_first(
    span: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    days = days_around(date(2026, 3, 29), span)  # type: ignore[arg-type]
    assert (days.first, days.last) == (date(2026, *first), date(2026, *last))


def test_a_day_whose_night_changes_the_clocks_is_as_long_as_it_is() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    lengths = [
        (day_begins(date(2026, month, day + 1), madrid) - day_begins(date(2026, month, day), madrid)).total_seconds()
        / 3600
        for month, day in ((3, 29), (10, 25), (6, 1))
    ]
    assert lengths == [23, 25, 24]


def test_what_has_no_hour_stands_before_what_has_one() -> None:
    day = date(2026, 3, 3)
    entries = [
        AgendaEntry("late", "Late", "/", day, at=datetime(2026, 3, 3, 18, tzinfo=UTC)),
        AgendaEntry("early", "Early", "/", day, at=datetime(2026, 3, 3, 8, tzinfo=UTC)),
        AgendaEntry("due", "Due", "/", day),
    ]
    (shown,) = by_day(days_around(day, "day"), entries)
    assert [one.key for one in shown.entries] == ["due", "early", "late"]


def test_weeks_of_a_period_are_cut_at_its_ends() -> None:
    period = Period(date(2026, 3, 4), date(2026, 3, 17))
    assert [(first.day, last.day) for first, last in period.weeks] == [(4, 8), (9, 15), (16, 17)]


counted = st.lists(
    st.builds(
        Counted,
        st.sampled_from([1, 2, None]),
        st.sampled_from(["email", "phone"]),
        st.integers(0, 2),
        st.integers(1, 9),
    ),
    max_size=30,
)


@busy_machine
@given(counted)
def test_people_and_weeks_add_up_to_everything(found: list[Counted]) -> None:
    period = Period(date(2026, 3, 4), date(2026, 3, 17))
    everything = sum(one.count for one in found)
    assert sum(row.total for row in by_person(found, {1: "Ana", 2: "Bea"}, period, "Nobody")) == everything
    assert sum(row.total for row in by_week(found, (), period)) == everything


def test_who_is_in_two_teams_counts_in_both() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 8))
    found = [Counted(1, "phone", 0, 3), Counted(2, "email", 0, 2)]
    rows = by_team(found, [(7, "North", (1, 2)), (8, "South", (1,)), (9, "West", (3,))], period)
    assert [(row.label, row.total) for row in rows] == [("North", 5), ("South", 3), ("West", 0)]
