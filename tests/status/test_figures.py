"""The colours of projects are read from their waves, milestones, tests and risks, as cheaply for many as for one."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from implementor.status.figures import health_of_projects, share_gone
from implementor.status.health import AMBER, GREEN, NOT_MEASURED, RED, Health
from implementor.stories.models import Milestone, Story, UserTest, UserTestRun
from implementor.waves import services as waves
from implementor.waves.scope import put_in_wave, take_out
from tests.auth.builders import reading
from tests.governance.builders import risk
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

HALF = date(2026, 3, 21)
"""Twenty of the forty days of the wave are over."""


def health(here: Rollout, on: date = HALF) -> Health:
    with reading(here.app) as session:
        return health_of_projects(session, [here.project_id], on=on)[here.project_id]


def started(here: Rollout, *statuses: str) -> list[int]:
    """A running wave with a story of ten points in each of these statuses; returns their ids."""
    ids = [add_story(here, f"Story {place}", points="10") for place in range(len(statuses))]
    add_wave(here, story_ids=ids)
    with here.working() as session:
        waves.start_wave(session, wave_in(session, here), by=here.actor(), at=START)
    with here.working() as session:
        for story, status in zip(stories_of(session, ids), statuses, strict=True):
            story.status = status
    return ids


def milestone(here: Rollout, title: str, promised: date, forecast: date | None = None) -> None:
    with here.working() as session:
        session.add(Milestone(project_id=here.project_id, title=title, promised_on=promised, forecast_on=forecast))


def test_a_project_without_anything_is_measured_in_nothing(app: Flask) -> None:
    found = health(rollout(app))
    assert {one.colour for one in found.dimensions} == {NOT_MEASURED}
    assert [one.key for one in found.dimensions] == ["scope", "time", "money", "quality", "adoption", "risk"]


def test_scope_counts_what_came_in_and_left_since_the_start(app: Flask) -> None:
    here = rollout(app)
    ids = started(here, *["planned"] * 10)
    assert health(here).of("scope").colour == GREEN
    late = add_story(here, "Came later", points="8")
    with here.working() as session:
        wave = wave_in(session, here)
        put_in_wave(session, wave, stories_of(session, [late]), by=here.actor(), at=START)
        take_out(session, stories_of(session, ids[:1]), by=here.actor(), at=START)
    found = health(here).of("scope")
    assert [int(str(figure.value).split(".")[0]) for figure in found.figures] == [100, 8, 10]
    assert (found.colour, "18 %" in str(found.sentence)) == (AMBER, True)


def test_time_holds_validated_points_against_the_days_that_are_gone(app: Flask) -> None:
    here = rollout(app)
    started(here, "validated", "doing", "doing", "planned")
    assert (health(here).of("time").colour, health(here, START.date()).of("time").colour) == (RED, GREEN)
    late = health(here, date(2026, 4, 20)).of("time")
    assert (late.colour, late.figures[2].value) == (RED, 1)


def test_a_milestone_is_late_by_its_forecast_or_once_its_day_is_over(app: Flask) -> None:
    here = rollout(app)
    milestone(here, "Price list of the ERP", date(2026, 5, 1), date(2026, 5, 4))
    found = health(here).of("time")
    assert (found.colour, str(found.sentence)) == (AMBER, "Price list of the ERP is 3 days late.")
    milestone(here, "Interface", date(2026, 3, 1))
    assert health(here).of("time").colour == RED


def test_quality_takes_the_last_run_of_each_test(app: Flask) -> None:
    here = rollout(app)
    story_id = add_story(here)
    with here.working() as session:
        project_id = here.project_id
        test = UserTest(project_id=project_id, story_id=story_id, title="Quote a customer")
        session.add(test)
        session.flush()
        for day, result in ((3, "failed"), (4, "passed")):
            at = datetime(2026, 3, day, tzinfo=UTC)
            session.add(UserTestRun(project_id=project_id, user_test_id=test.id, result=result, at=at))
    assert health(here).of("quality").colour == GREEN
    with here.working() as session:
        session.get_one(Story, story_id).status = "dropped"
    assert health(here).of("quality").colour == NOT_MEASURED


def test_a_severe_risk_wants_a_plan(app: Flask) -> None:
    here = rollout(app)
    severe: dict[str, Any] = {"probability": 5, "impact": 4}
    risk(app, here.lead, here.project_id, **severe, response="reduce", response_plan="A second supplier")
    assert health(here).of("risk").colour == AMBER
    risk(app, here.lead, here.project_id, **severe)
    assert health(here).of("risk").colour == RED


def test_many_projects_cost_the_statements_of_one(app: Flask) -> None:
    places = [rollout(app, key) for key in ("VEN", "SER", "POS")]
    for here in places:
        started(here, "validated", "doing")
        milestone(here, "Interface", date(2026, 5, 1), date(2026, 5, 4))
    ids = [here.project_id for here in places]
    with reading(app) as session, counting() as one:
        health_of_projects(session, ids[:1], on=HALF)
    with reading(app) as session, counting() as many:
        found = health_of_projects(session, ids, on=HALF)
    assert len(many) == len(one), many.beyond(one)
    assert (set(found), {whole.of("time").colour for whole in found.values()}) == (set(ids), {AMBER})
    with reading(app) as session:
        assert health_of_projects(session, [], on=HALF) == {}


def test_the_share_of_days_that_are_gone_stays_between_nothing_and_all() -> None:
    days = (date(2026, 3, 2), date(2026, 4, 10))
    assert [float(share_gone(*days, on) or 0) for on in (date(2026, 2, 1), HALF, date(2026, 9, 1))] == [0, 0.5, 1]
    assert share_gone(None, days[1], HALF) is None
