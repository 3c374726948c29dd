"""Each check of a wave's gates fails and passes, and costs the same for one story as for many."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area
from implementor.governance.models import Obstacle
from implementor.governance.services import raise_obstacle, resolve_obstacle
from implementor.releases.models import MigrationFigure, MigrationRun
from implementor.stages.checks import GatePlace, Reading, checks
from implementor.stories.models import AreaReview, Story, StoryObstacle, UserTest
from implementor.stories.part_services import add_dependency
from implementor.waves.gate_places import find_place
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, wave_in

CRITICAL = {"severities": ["critical"]}


def read(here: Rollout, name: str, parameters: dict[str, Any] | None = None, number: int = 1) -> Reading:
    """What a check finds at a wave."""
    with reading(here.app) as session:
        place = find_place(session, here.project_id, here.key, number)
        assert place is not None
        return checks[name].read(session, place, parameters or {})


def change(here: Rollout, story_id: int, **values: Any) -> None:
    with here.working() as session:
        for name, value in values.items():
            setattr(session.get_one(Story, story_id), name, value)


def add(here: Rollout, *records: Any) -> None:
    with here.working() as session:
        session.add_all(records)


@pytest.mark.parametrize(
    ("name", "failing", "passing"),
    [
        ("stories_estimated", {"points": None}, {"points": Decimal(3)}),
        ("stories_valued", {"value": None}, {"value": 40}),
        ("stories_validated", {"status": "review"}, {"status": "validated"}),
    ],
)
def test_what_every_story_of_a_wave_must_have(
    app: Flask, name: str, failing: dict[str, Any], passing: dict[str, Any]
) -> None:
    here = rollout(app)
    ids = [add_story(here, "Quotes"), add_story(here, "Orders")]
    add_wave(here, "One", ids)
    change(here, ids[0], **passing)
    change(here, ids[1], **failing)
    found = read(here, name)
    assert (int(found.value), int(found.target), found.missing) == (1, 2, ("VEN-2 Orders",))
    assert (found.passes(100), found.passes(50)) == (False, True)
    change(here, ids[1], **passing)
    assert read(here, name).passes(100)


def test_stories_need_criteria_and_a_wave_needs_stories(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, criteria=0)])
    add_wave(here, "Two", [add_story(here, criteria=2)])
    add_wave(here, "Empty")
    found = [read(here, "stories_with_criteria", number=number) for number in (1, 2, 3)]
    assert [one.passes(100) for one in found] == [False, True, False]


def test_a_story_waits_for_one_that_is_done_or_comes_no_later(app: Flask) -> None:
    here = rollout(app)
    early, late, never = (add_story(here, title) for title in ("Early", "Late", "Never"))
    add_wave(here, "One", [early])
    add_wave(here, "Two", [late])
    with here.working() as session:
        stories = {one.id: one for one in session.scalars(select(Story))}
        for blocker in (late, never):
            add_dependency(session, stories[early], stories[blocker], kind="waits", by=here.actor(), at=START)
    found = read(here, "dependencies_in_order")
    assert found.missing == ("VEN-1 ← VEN-2 Late", "VEN-1 ← VEN-3 Never")
    change(here, late, status="validated")
    change(here, never, status="live")
    assert read(here, "dependencies_in_order").passes(100)
    assert read(here, "dependencies_in_order", number=2).passes(100)


@pytest.mark.parametrize(("capacity", "passes"), [("10", True), ("9.5", False), (None, False)])
def test_what_is_promised_fits_the_capacity(app: Flask, capacity: str | None, passes: bool) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here), add_story(here, "Orders")], capacity_points=capacity)
    found = read(here, "within_capacity")
    assert (int(found.value), found.passes(100)) == (10, passes)


def test_only_critical_obstacles_of_the_wave_stop_it_until_they_are_solved(app: Flask) -> None:
    here = rollout(app)
    story, other = add_story(here), add_story(here, "Elsewhere")
    add_wave(here, "One", [story])
    with here.working() as session:
        for severity, held in (("critical", story), ("high", story), ("critical", other)):
            values = {"title": f"{severity} {held}", "kind": "people", "severity": severity}
            one = raise_obstacle(session, project_id=here.project_id, values=values, by=here.actor(), at=START)
            session.add(StoryObstacle(project_id=here.project_id, obstacle_id=one.id, story_id=held))
    assert read(here, "wave_obstacles_solved", CRITICAL).missing == (f"critical {story}",)
    assert len(read(here, "no_open_obstacle", CRITICAL).missing) == 2
    with here.working() as session:
        for one in session.scalars(select(Obstacle).where(Obstacle.severity == "critical")):
            resolve_obstacle(session, one, resolution="Done", by=here.actor(), at=START)
    assert read(here, "wave_obstacles_solved", CRITICAL).passes(100)
    assert read(here, "no_open_obstacle", CRITICAL).passes(100)


def test_reviews_are_approved_and_user_tests_signed(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    assert read(here, "reviews_approved").passes(100)
    assert not read(here, "user_tests_signed").passes(100)
    with here.working() as session:
        area = Area(name="Sales")
        session.add(area)
        session.flush()
        part = {"project_id": here.project_id, "story_id": story, "area_id": area.id}
        session.add_all([AreaReview(**part, verdict="changes"), UserTest(**part, title="Quote a hotel")])
    names = ("VEN-1 See open quotes (Sales)",)
    assert read(here, "reviews_approved").missing == read(here, "user_tests_signed").missing == names
    with here.working() as session:
        session.scalars(select(AreaReview)).one().verdict = "approved"
        session.scalars(select(UserTest)).one().signed_at = START
    assert read(here, "reviews_approved").passes(100)
    assert read(here, "user_tests_signed").passes(100)


def test_migrated_data_is_reconciled(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One")
    assert read(here, "migration_reconciled").passes(100)
    with here.working() as session:
        run = MigrationRun(project_id=here.project_id, wave_id=wave_in(session, here).id, name="Contacts", system="old")
        session.add(run)
        session.flush()
        run_id = run.id
    assert not read(here, "migration_reconciled").passes(100)
    figure = {"project_id": here.project_id, "run_id": run_id, "system": "old", "kind": "contact", "expected": 5}
    add(here, MigrationFigure(**figure, found=4))
    assert read(here, "migration_reconciled").missing == ("Contacts",)
    with here.working() as session:
        session.scalars(select(MigrationFigure)).one().explanation = "One twice"
    assert read(here, "migration_reconciled").passes(100)


def test_a_project_ends_when_its_waves_are_finished(app: Flask) -> None:
    here = rollout(app)
    assert not read_project(here, "waves_finished").passes(100)
    add_wave(here, "One")
    assert read_project(here, "waves_finished").missing == ("One",)
    with here.working() as session:
        wave_in(session, here).stage = "finished"
    assert read_project(here, "waves_finished").passes(100)


def read_project(here: Rollout, name: str) -> Reading:
    with reading(here.app) as session:
        return checks[name].read(session, GatePlace(here.project_id, here.key), {})


def test_many_stories_cost_no_more_statements_than_one(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here)])
    add_wave(here, "Many", [add_story(here, f"Story {number}") for number in range(12)])
    counted = []
    for number in (1, 2):
        with reading(here.app) as session:
            place = find_place(session, here.project_id, here.key, number)
            assert place is not None
            with counting() as statements:
                for check in checks.values():
                    if "wave" in check.places:
                        check.read(session, place, {"severities": ["critical"], "roles": ["sponsor"]})
            counted.append(statements)
    one, many = counted
    assert len(one) == len(many), many.beyond(one)
