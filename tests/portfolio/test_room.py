"""Hours of people beside hours of profiles: shares over working days, counted once however many waves want a person."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from implementor.calendars.working_days import WorkCalendar
from implementor.portfolio.load import LoadCell, load_map
from implementor.portfolio.load_queries import shares_ahead
from implementor.portfolio.room import Crewed, room_ahead, room_by_month
from implementor.projects.models import Project
from implementor.waves.capacity import Elsewhere, Held
from implementor.waves.capacity_models import CapacityShare, DayOff
from implementor.waves.models import Wave
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.portfolio.test_load import planned
from tests.waves.builders import Rollout, rollout, wave_in

MONDAY = date(2026, 6, 1)
WEEKS = [MONDAY + timedelta(days=count) for count in range(40) if count % 7 < 5]
SHARES = st.integers(1, 100)


@given(st.lists(st.tuples(SHARES, SHARES, st.integers(1, 5)), min_size=1, max_size=5))
def test_hours_add_up_as_counted_day_by_day(wanted: list[tuple[int, int, int]]) -> None:
    crews, told = [], Fraction(0)
    for place, (share, other, people) in enumerate(wanted):
        where = Elsewhere(2, "SER", 1, "Else", other, WEEKS[3], WEEKS[9])
        held = Held(f"u{place}", place, "", " Analyst " if place % 2 else "analyst", share, Decimal(8), people,
                    off=frozenset(WEEKS[:2]), elsewhere=[where])  # fmt: skip
        crews.append(Crewed(held, WEEKS))
        for place_of_day in range(2, len(WEEKS)):
            both = share + (other if 3 <= place_of_day <= 9 else 0)
            told += Fraction(share, max(both, 100)) * 8 * people
    (hours,) = room_by_month(crews).values()
    assert abs(Fraction(sum(hours.values())) - told) < Fraction(1, 10**15)
    assert set(hours) == {date(2026, 6, 1), date(2026, 7, 1)}
    nobody = Held("p1", None, "", " ", 50, Decimal(8))
    assert room_by_month([Crewed(nobody, WEEKS)]) == {}


def test_a_profile_is_over_where_more_is_wanted_than_people_have() -> None:
    june = date(2026, 6, 1)
    drawn = load_map([], [], first=june, room={"Analyst ": {june: Decimal("40.4")}})
    ((row,),) = [drawn.rows]
    assert (row.profile, row.has_people, row.total) == ("Analyst", True, Decimal(0))
    assert (row.cells[0].shown_room, row.cells[0].is_over) == (Decimal(40), False)
    cells = [LoadCell(Decimal(hours), room=Decimal(40)) for hours in ("33.9", "34", "40.4", "40.6")]
    assert [(cell.is_tight, cell.is_over) for cell in cells] == [
        (False, False), (True, False), (True, False), (True, True),
    ]  # fmt: skip


def crewed(here: Rollout, number: int, user_id: int | None, share: int, profile: str = "Analyst") -> Wave:
    """Give a wave a person, or two whom nobody knows yet."""
    label = None if user_id else "Trainers"
    with here.working() as session:
        wave = wave_in(session, here, number)
        session.add(CapacityShare(project_id=here.project_id, wave_id=wave.id, user_id=user_id, label=label,
                                  people=1 if user_id else 2, profile=profile, share=share))  # fmt: skip
        return wave


def test_people_count_on_the_days_they_are_there_until_the_wave_is_live(app: Flask) -> None:
    here, today = rollout(app), datetime.now(UTC).date()
    planned(here, "Analyst", "100")
    planned(here, "Tester", "5")
    person = here.lead.id
    wave = crewed(here, 1, person, 50)
    crewed(here, 1, None, 25)
    last = today + timedelta(days=4)
    with here.working() as session:
        session.get_one(Project, here.project_id).country = "VE"
        session.add(DayOff(project_id=here.project_id, user_id=person, starts_on=today, ends_on=today))
    days = [today + timedelta(days=count) for count in range(5)]
    with reading(app) as session:
        rows = session.execute(shares_ahead(here.actor(), today=today)).all()
        assert {(row.starts_on, row.ends_on) for row in rows} == {(today, last)}
        found = room_ahead(session, here.actor(), today=today)
        assert room_ahead(session, here.actor(), today=last + timedelta(days=1)) == {}
    worked = [day for day in days if WorkCalendar("VE").is_working_day(day)]
    there = len([day for day in worked if day != today]) * Decimal("0.5") + len(worked) * Decimal("0.25") * 2
    assert sum(found["Analyst"].values()) == there * 8
    page = here.browser().get("/portfolio/load")
    (tester,) = [row["Profile"] for row in page.rows("#load") if row["Profile"].startswith("Tester")]
    assert "nobody has time for it" in tester
    assert "more than people have" in page.text
    with here.working() as session:
        session.get_one(Wave, wave.id).closed_at = datetime.now(UTC)
    assert "more than people have" not in here.browser().get("/portfolio/load").text


def test_many_people_cost_the_statements_of_one(app: Flask) -> None:
    here, counts = rollout(app), []
    planned(here, "Analyst", "8", waves=6)
    people = [here.lead.id, here.member.id]
    for numbers in ((1,), (2, 3, 4, 5, 6)):
        for number in numbers:
            crewed(here, number, people[number % len(people)], 30, f"Analyst {number}")
        browser = here.browser()
        browser.get("/portfolio/load")
        with counting() as statements:
            browser.get("/portfolio/load")
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
