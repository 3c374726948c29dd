"""A wave is filled, started, closed and finished, and each step can be taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import InvalidInput
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.waves import services
from implementor.waves.models import Commitment, WaveStory
from implementor.waves.scope import NotPlannable, WaveIsOver, put_in_wave, take_out
from tests.auth.builders import reading
from tests.waves.builders import (
    START,
    Rollout,
    add_story,
    add_wave,
    facts_of,
    points,
    rollout,
    stories_of,
    story_now,
    wave_in,
    wave_now,
)

LATER = START + timedelta(days=1)


def start(here: Rollout, number: int = 1) -> None:
    with here.working(at=LATER) as session:
        services.start_wave(session, wave_in(session, here, number), by=here.actor(), at=LATER)


def close(here: Rollout, decisions: dict[int, str | int], number: int = 1) -> dict[str, int]:
    with here.working(at=LATER) as session:
        return services.close_wave(session, wave_in(session, here, number), decisions, by=here.actor(), at=LATER)


def undo_last(here: Rollout) -> None:
    with here.working(at=LATER) as session:
        action = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        undo_action(session, action, by=here.actor(), at=LATER)


def commitments(here: Rollout) -> dict[int, object]:
    with reading(here.app) as session:
        return {one.story_id: one.points for one in session.scalars(select(Commitment))}


def test_waves_are_numbered_in_their_project_and_keep_their_order(app: Flask) -> None:
    here, other = rollout(app), rollout(app, "NOR")
    assert [add_wave(here, name) for name in ("One", "Two", "Three")] == [1, 2, 3]
    assert add_wave(other, "Elsewhere") == 1
    with here.working() as session:
        services.order_wave(
            session, wave_in(session, here, 3), after=None, before=wave_in(session, here, 1), by=here.actor(), at=START
        )
    assert wave_now(here, 3).rank < wave_now(here, 1).rank < wave_now(here, 2).rank


def test_a_wave_cannot_end_before_it_starts(app: Flask) -> None:
    here = rollout(app)
    with pytest.raises(InvalidInput) as refused:
        add_wave(here, starts_on="2026-05-01", ends_on="2026-04-01")
    assert "ends_on" in refused.value.errors


def test_a_ready_story_is_planned_by_a_wave_and_ready_again_without_one(app: Flask) -> None:
    here = rollout(app)
    ready, idea = add_story(here), add_story(here, "An idea", status="idea")
    add_wave(here, "One", [ready, idea])
    assert (story_now(here, ready).status, story_now(here, idea).status) == ("planned", "idea")
    with here.working() as session:
        assert take_out(session, stories_of(session, [ready, idea]), by=here.actor(), at=START) == 2
    assert (story_now(here, ready).status, story_now(here, idea).status) == ("ready", "idea")
    wave_id = str(wave_now(here).id)
    assert facts_of(here, ready, "wave") == [(None, wave_id), (wave_id, None)]
    assert facts_of(here, ready, "status")[-2:] == [("ready", "planned"), ("planned", "ready")]


def test_a_story_is_in_one_wave_at_most(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    add_wave(here, "Two", [story])
    first, second = str(wave_now(here, 1).id), str(wave_now(here, 2).id)
    assert facts_of(here, story, "wave") == [(None, first), (first, second)]
    with reading(app) as session:
        assert [link.wave_id for link in session.scalars(select(WaveStory))] == [int(second)]


def test_starting_freezes_the_points_of_that_moment(app: Flask) -> None:
    here = rollout(app)
    one, two = add_story(here, points="5"), add_story(here, points="3")
    add_wave(here, "One", [one])
    start(here)
    with here.working() as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [two]), by=here.actor(), at=LATER)
        stories_of(session, [one])[0].points = points("13")
    assert commitments(here) == {one: points("5")}
    wave = wave_now(here)
    assert (wave.stage, wave.started_at, wave.started_by_id) == ("implementation", LATER, here.lead.id)


def test_an_empty_wave_does_not_start_and_none_starts_twice(app: Flask) -> None:
    here = rollout(app)
    add_wave(here)
    with pytest.raises(services.CannotStart, match="holds no stories"):
        start(here)
    add_wave(here, "Two", [add_story(here)])
    start(here, 2)
    with pytest.raises(services.CannotStart, match="started already"):
        start(here, 2)


def test_taking_the_start_back_takes_the_promise_back_too(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    start(here)
    undo_last(here)
    assert (wave_now(here).stage, wave_now(here).started_at, commitments(here)) == ("planning", None, {})


def test_starting_again_by_taking_the_undo_back_renews_the_promise(app: Flask) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    start(here)
    undo_last(here)
    undo_last(here)
    assert (wave_now(here).stage, commitments(here)) == ("implementation", {story: points("5")})


def test_closing_decides_every_unfinished_story_and_sets_the_validated_ones_live(app: Flask) -> None:
    here = rollout(app)
    ids = [add_story(here, status=status) for status in ("ready", "doing", "review", "validated", "dropped")]
    planned, doing, review, *_ = ids
    add_wave(here, "One", ids)
    add_wave(here, "Two")
    start(here)
    second = wave_now(here, 2).id
    with pytest.raises(InvalidInput) as refused:
        close(here, {planned: "backlog"})
    assert set(refused.value.errors) == {f"story_{doing}", f"story_{review}"}
    outcome = close(here, {planned: "drop", doing: "backlog", review: second})
    assert outcome == {"moved": 1, "backlog": 1, "dropped": 1, "live": 1}
    assert [story_now(here, story).status for story in ids] == ["dropped", "ready", "review", "live", "dropped"]
    wave = wave_now(here)
    assert (wave.stage, wave.closed_by_id) == ("adoption", here.lead.id)
    assert facts_of(here, review, "wave")[-1] == (str(wave.id), str(second))


def test_taking_the_close_back_puts_every_story_back(app: Flask) -> None:
    here = rollout(app)
    doing, validated = add_story(here, status="doing"), add_story(here, status="validated")
    add_wave(here, "One", [doing, validated])
    start(here)
    close(here, {doing: "backlog"})
    undo_last(here)
    assert (story_now(here, doing).status, story_now(here, validated).status) == ("doing", "validated")
    assert (wave_now(here).stage, wave_now(here).closed_at) == ("implementation", None)
    with reading(app) as session:
        assert {link.story_id for link in session.scalars(select(WaveStory))} == {doing, validated}


def test_a_closed_wave_keeps_what_it_delivered(app: Flask) -> None:
    here = rollout(app)
    live, other = add_story(here, status="validated"), add_story(here)
    add_wave(here, "One", [live])
    add_wave(here, "Two")
    start(here)
    close(here, {})
    with pytest.raises(WaveIsOver), here.working() as session:
        put_in_wave(session, wave_in(session, here), stories_of(session, [other]), by=here.actor(), at=LATER)
    with pytest.raises(NotPlannable), here.working() as session:
        put_in_wave(session, wave_in(session, here, 2), stories_of(session, [live]), by=here.actor(), at=LATER)


def test_a_wave_is_finished_after_adoption_alone(app: Flask) -> None:
    here = rollout(app)
    add_wave(here, "One", [add_story(here, status="validated")])
    with pytest.raises(services.CannotClose), here.working() as session:
        services.finish_wave(session, wave_in(session, here), by=here.actor(), at=LATER)
    start(here)
    close(here, {})
    with here.working(at=LATER) as session:
        services.finish_wave(session, wave_in(session, here), by=here.actor(), at=LATER)
    assert (wave_now(here).stage, wave_now(here).finished_at) == ("finished", LATER)


def test_the_stages_of_the_project_follow_its_waves(app: Flask) -> None:
    from implementor.stages.queries import stages_of_project

    here = rollout(app)
    add_wave(here, "One", [add_story(here, status="validated")])
    start(here)
    add_wave(here, "Two")
    close(here, {})
    with reading(app) as session:
        states = {stage.key: stage.state for stage in session.scalars(stages_of_project(project_id=here.project_id))}
    assert (states["planning"], states["implementation"], states["adoption"]) == ("current", "done", "current")
