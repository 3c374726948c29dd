"""What a wave can carry: by hand over a week with a holiday, shared people, the pace of finished waves, one save."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.permissions import Role
from implementor.projects.models import Membership, Project
from implementor.waves.capacity import (
    CENT,
    RATE,
    STATED,
    VELOCITY,
    Clash,
    Elsewhere,
    Held,
    WaveCapacity,
    capacity_from,
    days_of,
    pace_of,
)
from implementor.waves.capacity_reading import capacity_of
from implementor.waves.capacity_services import (
    AbsenceWanted,
    NothingToCopy,
    ShareWanted,
    StaleCapacity,
    copy_capacity,
    kept_of,
    write_capacity,
)
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, wave_in

OCTOBER = (date(2026, 10, 5), date(2026, 10, 16))
SPAIN = WorkCalendar("ES").working_days(*OCTOBER)
"""Two weeks with the national day on Monday 12 October: nine working days."""


def held(share: int, *, off: tuple[int, ...] = (), elsewhere: tuple[Elsewhere, ...] = (), people: int = 1) -> Held:
    days = frozenset(date(2026, 10, day) for day in off)
    return Held("u1", 1, "Ana", "Analyst", share, Decimal(8), people, days, elsewhere)


def other(share: int, first: int, last: int, number: int = 2) -> Elsewhere:
    return Elsewhere(9, "SER", number, "Field", share, date(2026, 10, first), date(2026, 10, last))


def write(here: Rollout, shares: list[ShareWanted], absences: list[AbsenceWanted] | None = None, *,
          rate: str | None = None, number: int = 1) -> None:  # fmt: skip
    with here.working() as session:
        wave = wave_in(session, here, number)
        seen = kept_of(session, wave).version
        pace = None if rate is None else Decimal(rate)
        write_capacity(session, wave, shares, absences or [], pace, seen=seen, by=here.actor(), at=START)


def capacity_now(here: Rollout, number: int = 1) -> WaveCapacity:
    with reading(here.app) as session:
        return capacity_of(session, wave_in(session, here, number), today=OCTOBER[0])


# --- by hand ----------------------------------------------------------------------------------------------------------


def test_a_week_with_a_holiday_by_hand() -> None:
    assert len(SPAIN) == 9
    shares = [held(50), held(100, off=(10, 12, 13, 14)), held(80, people=2)]
    made = capacity_from(shares, SPAIN, stated=None, pace=(Decimal("1.5"), RATE))
    # 9 x 50 %; 9 less two working days off (a Saturday and the holiday cost nothing); 2 x 9 x 80 %
    assert [one.days for one in made.people] == [Decimal("4.5"), Decimal(7), Decimal("14.4")]
    assert (made.days, made.points, made.source) == (Decimal("25.9"), Decimal("38.85"), RATE)
    assert made.hours_by_profile == {"Analyst": Decimal("207.2")}


def test_a_day_that_two_waves_want_is_shared_and_named() -> None:
    wanted = other(75, 8, 14)
    found = days_of(held(75, elsewhere=(wanted,)), SPAIN)
    # 8, 9, 13 and 14 October: half of each; five days of 75 % besides
    assert found.available == Decimal("5.75")
    assert found.over == 4 * Decimal("0.5")
    assert found.clashes == [Clash(wanted, date(2026, 10, 8), date(2026, 10, 14), 4)]
    assert days_of(held(25, elsewhere=(wanted,)), SPAIN).clashes == []


def test_pace_is_the_median_of_three_waves_else_the_rate_and_what_is_stated_stands() -> None:
    past = [
        (Decimal(30), Decimal(20)),
        (Decimal(10), Decimal(20)),
        (Decimal(40), Decimal(20)),
        (Decimal(99), Decimal(1)),
    ]
    assert pace_of(past, Decimal(7)) == (Decimal("1.5"), VELOCITY)
    assert pace_of([(Decimal(5), Decimal(0))], Decimal(7)) == (Decimal(7), RATE)
    assert pace_of([], None) == (None, "none")
    made = capacity_from([held(100)], SPAIN, stated=Decimal(20), pace=(Decimal(1), RATE))
    assert (made.points, made.source, made.computed, made.computed_source) == (Decimal(20), STATED, Decimal(9), RATE)
    undated = capacity_from([held(100)], None, stated=None, pace=(Decimal(1), RATE))
    assert (undated.points, undated.source, undated.working_days) == (None, "none", None)


@given(st.integers(0, 100), st.integers(0, 99), st.integers(0, 100), st.integers(1, 3))
def test_days_are_never_negative_grow_with_the_share_and_waves_together_never_pass_what_there_is(
    share: int, less: int, besides: int, people: int
) -> None:
    more = days_of(held(share, elsewhere=(other(besides, 1, 31),), people=people), SPAIN)
    fewer = days_of(held(min(less, share), elsewhere=(other(besides, 1, 31),), people=people), SPAIN)
    assert 0 <= fewer.available <= more.available <= people * len(SPAIN)
    back = days_of(held(besides, elsewhere=(other(share, 1, 31),), people=people), SPAIN)
    assert more.available + back.available <= people * len(SPAIN) + CENT
    made = capacity_from([held(share), held(besides)], SPAIN, stated=Decimal(30), pace=(None, "none"))
    if made.days:
        assert abs(sum((one.points or Decimal(0) for one in made.people), Decimal(0)) - 30) <= CENT


# --- as it is stored --------------------------------------------------------------------------------------------------


def autumn(app: Flask, key: str = "VEN") -> Rollout:
    here = rollout(app, key)
    with here.working() as session:
        session.get_one(Project, here.project_id).country = "ES"
    add_wave(here, "Autumn", starts_on=OCTOBER[0], ends_on=OCTOBER[1])
    return here


def test_what_is_written_down_is_read_back_shared_over_projects_and_counted_in_as_many_statements(app: Flask) -> None:
    here, there = autumn(app), autumn(app, "SER")
    write(here, [ShareWanted(60, "Analyst", user_id=here.lead.id)], rate="2")
    with counting() as one:
        first = capacity_now(here)
    assert (first.days, first.points, first.source) == (Decimal("5.4"), Decimal("10.8"), RATE)
    write(there, [ShareWanted(60, "analyst", user_id=here.lead.id)])
    absence = AbsenceWanted(here.member.id, date(2026, 10, 9), date(2026, 10, 13), "Holidays")
    everybody = [ShareWanted(60, "Analyst", user_id=here.lead.id), ShareWanted(100, user_id=here.member.id),
                 ShareWanted(50, label="Trainer", people=2)]  # fmt: skip
    write(here, everybody, [absence], rate="2")
    with counting() as many:
        found = capacity_now(here)
    assert len(many) == len(one), many.beyond(one)
    assert [one.days for one in found.people] == [Decimal("4.5"), Decimal(7), Decimal(9)]
    assert [(one.name, one.over, one.clashes[0].other.project_key) for one in found.over] == [
        (found.people[0].name, Decimal("1.8"), "SER")
    ]
    assert found.hours_by_profile == {"Analyst": 36, "Trainer": 72}
    address = here.url("/waves/1/capacity")
    assert "another project has 60 %" in here.browser().get(address).text
    with there.working() as session:
        session.add(Membership(project_id=there.project_id, user_id=here.lead.id, role=Role.VIEWER))
    assert "SER, Autumn has 60 %" in here.browser().get(address).text


def test_finished_waves_give_the_pace_and_the_wave_before_its_people(app: Flask) -> None:
    here = rollout(app)
    with here.working() as session:
        session.get_one(Project, here.project_id).country = "ES"
    done = add_story(here, points="18", status="validated")
    add_wave(here, "Autumn", [done], starts_on=OCTOBER[0], ends_on=OCTOBER[1])
    add_wave(here, "Winter", starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 20))
    with pytest.raises(NothingToCopy), here.working() as session:
        copy_capacity(session, wave_in(session, here, 2), by=here.actor(), at=START)
    away = [AbsenceWanted(here.lead.id, date(2026, 10, 5), date(2026, 10, 5))]
    write(here, [ShareWanted(100, "Analyst", user_id=here.lead.id), ShareWanted(50, label="Trainer", people=2)], away)
    with here.working() as session:
        wave_in(session, here).closed_at = datetime(2026, 10, 16, tzinfo=UTC)
        copy_capacity(session, wave_in(session, here, 2), by=here.actor(), at=START)
    found = capacity_now(here, 2)
    # 18 points in 8 days of the lead and 9 of trainers
    assert (found.days, found.source, found.points) == (Decimal(10), VELOCITY, Decimal("10.59"))


def test_a_stale_grid_is_refused(app: Flask) -> None:
    here = autumn(app)
    with here.working() as session:
        seen = kept_of(session, wave_in(session, here)).version
    write(here, [ShareWanted(60, user_id=here.lead.id)])
    with pytest.raises(StaleCapacity), here.working() as session:
        write_capacity(session, wave_in(session, here), [], [], None, seen=seen, by=here.actor(), at=START)
    assert capacity_now(here).days == Decimal("5.4")
