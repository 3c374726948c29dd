"""Looking back: a project as it was at the end of any day, from facts and history, and what cannot be known."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.foundation.permissions import Role
from implementor.governance.models import Obstacle, Risk
from implementor.governance.place import Here
from implementor.governance.services import open_risk, raise_obstacle, record_decision, resolve_obstacle
from implementor.governance.services import risks as rating
from implementor.projects.models import Project
from implementor.status.models import ColourOverride
from implementor.status.services import set_colour
from implementor.waves.scope import put_in_wave
from implementor.waves.services import change_wave, start_wave
from tests.auth.builders import add_person, working
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

DAY = START.date()


def on(days: int) -> datetime:
    """A moment so many days after the start."""
    return START + timedelta(days=days)


def looked_back(here: Rollout, days: int, status: int = 200) -> Page:
    """The project so many days after the start."""
    return here.browser().get(here.url(f"/replay?on={DAY + timedelta(days=days)}"), status=status)


def waves_on(page: Page) -> list[dict[str, str]]:
    """The table of waves."""
    return page.rows("#plan table")


@pytest.fixture
def here(app: Flask) -> Rollout:
    """A wave of two stories was begun on day 10, got a third one on day 20 and was put off on day 30."""
    made = rollout(app)
    with working(app) as session:
        session.execute(update(Project).values(created_at=START))
    first = [add_story(made, f"Story {place}", at=on(place)) for place in (1, 2)]
    number = add_wave(made, "Sales core", first, at=on(5))
    with made.working(at=on(10)) as session:
        start_wave(session, wave_in(session, made, number), by=made.actor(), at=on(10))
    third = add_story(made, "Story 3", at=on(15))
    with made.working(at=on(20)) as session:
        put_in_wave(session, wave_in(session, made), stories_of(session, [third]), by=made.actor(), at=on(20))
        stories_of(session, first)[0].status = "validated"
    with made.working(at=on(30)) as session:
        wave = wave_in(session, made)
        change_wave(session, wave, {"name": "Sales, all", "ends_on": date(2026, 5, 29)}, by=made.actor(), at=on(30))
    return made


def test_the_plan_is_what_it_was(here: Rollout) -> None:
    assert "There was no wave." in looked_back(here, 3).text
    [before] = waves_on(looked_back(here, 9))
    assert before["Wave"] == "1 · Sales core"
    assert (before["Stage"], before["Stories"], before["Promised"]) == ("Planning", "2", "–")
    [during] = waves_on(looked_back(here, 25))
    assert (during["Stage"], during["Stories"], during["Points"], during["Promised"], during["Validated"]) == (
        "Implementation", "3", "15", "10", "5",
    )  # fmt: skip
    assert "Apr 10, 2026" in during["Dates"]
    [after] = waves_on(looked_back(here, 30))
    assert after["Wave"] == "1 · Sales, all"
    assert "May 29, 2026" in after["Dates"]


def test_stories_have_the_status_of_that_day(here: Rollout) -> None:
    page = looked_back(here, 1)
    assert "1 story in scope, 5 points" in page.text
    table = '#plan [aria-label="Stories by status"] table'
    assert [row["Status"] for row in looked_back(here, 19).rows(table)] == ["Ready", "Planned"]
    assert {"Status": "Validated", "Stories": "1", "Points": "5"} in looked_back(here, 20).rows(table)


def test_colours_are_computed_from_the_figures_of_that_day(here: Rollout) -> None:
    colours = {row["Dimension"]: row for row in looked_back(here, 12).rows("#colours table")}
    assert colours["Scope"]["Colour"] == "On track"
    later = {row["Dimension"]: row for row in looked_back(here, 25).rows("#colours table")}
    assert later["Scope"]["Colour"] == "Off track"
    assert "50 % of the promised points" in later["Scope"]["Why"]
    assert later["Risk"]["Colour"] == "Not measured"


def test_risks_and_obstacles_stand_as_they_stood(here: Rollout) -> None:
    by = here.actor()
    with here.working(at=on(6)) as session:
        open_risk(session, Here(here.project_id), title="Data is late", category="data", probability=2, impact=2,
                  by=by, at=on(6))  # fmt: skip
        held = {"title": "No ERP access", "kind": "process", "severity": "critical"}
        raise_obstacle(session, project_id=here.project_id, values=held, by=by, at=on(6))
    with here.working(at=on(12)) as session:
        rating.edit_risk(
            session, session.scalars(select(Risk)).one(), {"probability": 5, "impact": 5}, by=by, at=on(12)
        )
        resolve_obstacle(session, session.scalars(select(Obstacle)).one(), resolution="Given", by=by, at=on(12))
    early, late = looked_back(here, 8), looked_back(here, 13)
    assert "1 critical obstacle is open." in early.text
    assert "high: 0, medium: 0, low: 1" in early.text
    assert "1 severe risk has no plan." in late.text
    assert "high: 1, medium: 0, low: 0" in late.text
    assert ("No ERP access" in early.text, "No obstacle was open." in late.text) == (True, True)


def test_from_a_decision_one_jumps_to_the_day_before_and_after_it(here: Rollout) -> None:
    with here.working(at=on(10)) as session:
        record_decision(session, Here(here.project_id), question="Begin the wave?", outcome="Yes.", reason="It pays.",
                        by=here.actor(), at=on(10))  # fmt: skip
    page = looked_back(here, 25)
    assert "stood" in page.text
    before = page.follow("before Begin the wave?")
    assert before.url.endswith(str(DAY + timedelta(days=9)))
    assert "not taken yet" in before.text
    assert waves_on(before)[0]["Stage"] == "Planning"
    assert waves_on(before.follow("after Begin the wave?"))[0]["Stage"] == "Implementation"


@pytest.mark.parametrize(
    ("asked", "said"),
    [("2026-02-30", "Choose a day"), ("2026-02-27", "Nothing is known of"), ("2999-01-01", "still to come")],
)
def test_a_day_of_which_nothing_can_be_known_is_said_and_kept(here: Rollout, asked: str, said: str) -> None:
    page = here.browser().get(here.url(f"/replay?on={asked}"), status=422)
    assert said in page.text
    assert page.form("look_back").value("on") == asked


def test_money_is_for_those_who_see_the_budget_and_the_page_for_those_in_the_project(here: Rollout) -> None:
    viewer = here.browser(here.viewer).get(here.url("/replay"))
    assert "Only those who see the budget see this colour." in viewer.text
    stranger = add_person(here.app, "Simon Sala")
    add_project(here.app, "OTR", people=[(Role.PROJECT_LEAD, stranger)])
    browser_of(here.app, stranger).get(here.url("/replay"), status=404)


def test_a_long_history_costs_the_statements_of_a_short_one(here: Rollout) -> None:
    browser, counts = here.browser(), []
    for more in (1, 20):
        for place in range(more):
            add_story(here, f"More {more} {place}", at=on(40))
            add_wave(here, f"Wave {more} {place}", at=on(41))
        browser.get(here.url(f"/replay?on={DAY}"))
        with counting() as statements:
            browser.get(here.url(f"/replay?on={DAY}"))
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])


def test_a_colour_set_by_hand_stands_beside_the_computed_one_on_its_days_alone(here: Rollout) -> None:
    with here.working(at=on(12)) as session:
        set_colour(
            session, project_id=here.project_id, dimension="scope", colour="amber", reason="A supplier is missing",
            expires_on=DAY + timedelta(days=20), by=here.actor(), at=on(12), on=DAY + timedelta(days=12),
        )  # fmt: skip
        session.execute(update(ColourOverride).values(created_at=on(12)))
    shown = [days for days in (11, 13, 20, 21) if "A supplier is missing" in looked_back(here, days).text]
    assert shown == [13, 20]
    assert len([row for row in looked_back(here, 13).rows("#colours table") if "Set by hand" in row["Why"]]) == 1
