"""Load by profile and month: spread over the days of waves, of all projects of a programme, without their names."""

from collections import namedtuple
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from implementor.portfolio.load import ahead, load_map, month_shares
from implementor.projects.models import Project
from implementor.stories.models import StoryEffort
from tests.auth.builders import working
from tests.machinery.statements import counting
from tests.projects.builders import browser_of, pmo
from tests.waves.builders import Rollout, add_story, add_wave, rollout

Effort = namedtuple("Effort", "profile hours stories starts_on ends_on is_seen")
Fit = namedtuple("Fit", "points capacity_points starts_on ends_on")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_the_parts_of_the_months_add_up_to_the_whole(first: date, length: int) -> None:
    shares = month_shares(first, first + timedelta(days=length))
    assert abs(sum(shares.values(), Decimal(-1))) < Decimal("1e-20")
    assert all(month.day == 1 for month in shares)


def test_hours_are_spread_over_working_days_by_hand() -> None:
    """June 2026 has 22 working days, July 23; weekends carry nothing."""
    shares = month_shares(date(2026, 6, 1), date(2026, 7, 31))
    assert shares == {date(2026, 6, 1): Decimal(22) / 45, date(2026, 7, 1): Decimal(23) / 45}
    assert month_shares(date(2026, 6, 6), date(2026, 6, 7)) == {date(2026, 6, 1): Decimal(1)}


def test_what_a_late_wave_left_undone_is_to_do_today() -> None:
    today = date(2026, 7, 15)
    assert ahead(date(2026, 6, 1), date(2026, 6, 30), today) == (today, today)
    assert ahead(date(2026, 6, 1), date(2026, 8, 31), today) == (today, date(2026, 8, 31))


def test_profiles_are_one_whatever_their_capitals_and_hidden_hours_are_counted() -> None:
    june = date(2026, 6, 1), date(2026, 6, 30)
    efforts = [Effort("Analyst", Decimal(10), 1, *june, True), Effort("analyst ", Decimal(5), 1, *june, False)]
    drawn = load_map(efforts, [Fit(Decimal(30), Decimal(20), *june)], first=june[0])
    assert [(row.profile, row.total) for row in drawn.rows] == [("Analyst", Decimal(15))]
    assert drawn.hidden == Decimal(5)
    assert [fit.is_over for fit in drawn.fits] == [True]
    assert load_map([], [], first=june[0]).rows == []


def planned(here: Rollout, profile: str, hours: str, *, waves: int = 1) -> None:
    """A story in a wave of the month to come, with effort of a profile."""
    today = datetime.now(UTC).date()
    for place in range(waves):
        story_id = add_story(here, f"Work of {profile} {place} {here.key}")
        with here.working() as session:
            session.add(StoryEffort(project_id=here.project_id, story_id=story_id, profile=profile,
                                    hours=Decimal(hours)))  # fmt: skip
        add_wave(here, f"Wave {profile} {place}", [story_id], starts_on=today, ends_on=today + timedelta(days=4))


@pytest.fixture
def both(app: Flask) -> tuple[Rollout, Rollout]:
    """Two projects of one programme with different people."""
    one, other = rollout(app, "VEN"), rollout(app, "SER")
    with working(app) as session:
        programme_id = session.get_one(Project, one.project_id).programme_id
        session.execute(update(Project).values(programme_id=programme_id))
    return one, other


def test_a_cell_opens_its_stories_and_other_projects_load_without_names(both: tuple[Rollout, Rollout]) -> None:
    one, other = both
    planned(one, "Analyst", "10")
    planned(other, "Analyst", "30")
    page = one.browser().get("/portfolio/load")
    [row] = page.rows("#load")
    assert row["Total"] == "40"
    assert "30 of these hours belong to other projects" in page.text
    link = page.find("#load td a")
    stories = one.browser().get(str(link.get("href")))
    assert "Work of Analyst 0 VEN" in stories.text
    assert "hours belong to other projects" in stories.text
    assert "SER" not in page.html + stories.html
    assert "SER" in browser_of(one.app, pmo(one.app)).get(str(link.get("href"))).text


def test_who_is_in_no_project_sees_no_load(both: tuple[Rollout, Rollout]) -> None:
    planned(both[0], "Analyst", "10")
    stranger = rollout(both[0].app, "OTR")
    assert "No effort is planned yet" in stranger.browser().get("/portfolio/load").text
    empty = stranger.browser().get("/portfolio/load/stories?profile=Analyst&month=2026-11")
    assert "VEN" not in empty.html
    stranger.browser().get("/portfolio/load/stories?profile=Analyst&month=never", status=404)


def test_many_waves_cost_the_statements_of_one(app: Flask) -> None:
    here, counts = rollout(app), []
    for more in (1, 12):
        planned(here, f"Profile {more}", "8", waves=more)
        browser = here.browser()
        for url in ("/portfolio/load", "/portfolio/load/stories?profile=Profile+1&month=2026-12"):
            browser.get(url)
            with counting() as statements:
                browser.get(url)
            counts.append(statements)
    assert len(counts[0]) == len(counts[2]), counts[2].beyond(counts[0])
    assert len(counts[1]) == len(counts[3]), counts[3].beyond(counts[1])
