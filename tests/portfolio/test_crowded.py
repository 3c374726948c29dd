"""Who is promised beyond a whole week: found over all projects, week by week, for those who look after all of them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask

from implementor.portfolio.crowded import crowded_weeks
from implementor.waves.capacity_services import ShareWanted, kept_of, write_capacity
from tests.machinery.statements import counting
from tests.projects.builders import browser_of, pmo
from tests.waves.builders import START, add_wave, rollout, wave_in

WEDNESDAY = date(2026, 5, 6)


@dataclass(frozen=True)
class Promise:
    """A share of Ana in a wave."""

    share: int
    starts_on: date
    ends_on: date
    name: str = "One"
    user_id: int = 1
    who: str = "Ana"


def test_weeks_in_which_shares_meet_are_told_from_today_on() -> None:
    first = Promise(60, date(2026, 4, 1), date(2026, 5, 22), "First")
    second = Promise(60, date(2026, 5, 8), date(2026, 6, 30), "Second")
    small = Promise(30, date(2026, 5, 18), date(2026, 5, 19), "Small")
    found = crowded_weeks([first, second, small], WEDNESDAY)
    assert [(one.monday, one.share) for one in found] == [
        (date(2026, 5, 4), 120), (date(2026, 5, 11), 120), (date(2026, 5, 18), 150),
    ]  # fmt: skip
    assert [wave.name for wave in found[-1].waves] == ["First", "Second", "Small"]
    assert crowded_weeks([first, second, small], date(2026, 5, 23)) == []


def test_a_whole_week_is_not_too_much_and_weekends_do_not_count() -> None:
    whole = Promise(50, WEDNESDAY, date(2026, 5, 30)), Promise(50, WEDNESDAY, date(2026, 5, 30))
    assert crowded_weeks(whole, WEDNESDAY) == []
    meeting = Promise(90, WEDNESDAY, date(2026, 5, 9)), Promise(90, date(2026, 5, 9), date(2026, 5, 10))
    assert crowded_weeks(meeting, WEDNESDAY) == []
    other = Promise(90, WEDNESDAY, date(2026, 5, 30), user_id=2)
    assert crowded_weeks([whole[0], other], WEDNESDAY) == []


def test_the_project_office_sees_it_over_projects_and_nobody_else(app: Flask) -> None:
    office = browser_of(app, pmo(app))
    first, second = rollout(app, "VEN"), rollout(app, "SER")
    assert "Nobody is promised twice" in office.get("/portfolio/people").text
    today = datetime.now(UTC).date()
    for here in (first, second):
        add_wave(here, f"Wave of {here.key}", starts_on=today, ends_on=today + timedelta(days=20))
        with here.working() as session:
            wave = wave_in(session, here)
            seen = kept_of(session, wave).version
            wanted = [ShareWanted(70, user_id=first.member.id)]
            write_capacity(session, wave, wanted, [], None, seen=seen, by=here.actor(), at=START)
    with counting() as one:
        page = office.get("/portfolio/people")
    assert page.rows()[0]["Person"] == first.member.name
    assert page.rows()[0]["Promised"] == "140%"
    assert "VEN 1 Wave of VEN 70%" in page.rows()[0]["To which waves"]
    assert first.browser().get("/portfolio/people", status=None).status == 403
    add_wave(first, "Later", starts_on=today, ends_on=today)
    with counting() as two:
        office.get("/portfolio/people")
    assert len(two) == len(one), two.beyond(one)
