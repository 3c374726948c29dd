"""A suggestion is there at once, is proved by a job, goes stale, and is adopted whole or not at all."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.foundation.errors import Refusal
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.jobs.context import JobCancelled
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.jobs.services import cancel_job
from implementor.planning import suggesting
from implementor.planning.asking_solver import solved
from implementor.planning.posing import NotPlanned, Wish
from implementor.planning.problem import score
from implementor.planning.suggesting import NothingToChooseBy, OtherPlanMeanwhile, seen_now
from implementor.planning.suggestion_models import Suggestion
from implementor.stories.part_services import add_dependency
from implementor.waves.models import WaveStory
from implementor.waves.scope import put_in_wave
from implementor.waves.services import start_wave
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.planning.builders import large
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

PAGE = "/waves/1/suggestion"


def planned(app: Flask, capacity: str | None = "10") -> tuple[Rollout, dict[str, int]]:
    """A wave of ten points with the weakest story in it, and a backlog that is worth more."""
    here = rollout(app)
    ids = {
        "weak": add_story(here, "Weak", points="6", value="10"),
        "best": add_story(here, "Best", points="6", value="60"),
        "must": add_story(here, "Must", points="4", value="5", moscow="must"),
        "unknown": add_story(here, "Unknown", points=None, value="90", status="idea"),
        "waits": add_story(here, "Waits", points="1", value="20"),
        "huge": add_story(here, "Huge", points="20", value="99"),
    }
    with here.working() as session:
        waits, unknown = stories_of(session, [ids["waits"], ids["unknown"]])
        add_dependency(session, waits, unknown, kind="waits", by=here.actor(), at=START)
    add_wave(here, "One", [ids["weak"]], capacity_points=capacity)
    return here, ids


def where(app: Flask) -> set[int]:
    """The stories that are in a wave."""
    with reading(app) as session:
        return set(session.scalars(select(WaveStory.story_id)))


def solve(here: Rollout, wish: Wish | None = None) -> Job:
    """Ask for the exact plan and let a worker find it."""
    with here.working() as session:
        job = suggesting.ask_for_exact(session, wave_in(session, here), wish or Wish(), url="/", by=here.actor(),
                                       at=datetime.now(UTC))  # fmt: skip
    run_inline(here.app, job.id)
    with reading(here.app) as session:
        return session.get_one(Job, job.id)


def test_it_is_there_at_once_with_a_reason_for_each_story(app: Flask) -> None:
    here, ids = planned(app)
    page = here.browser().get(here.url(PAGE))
    told = ("Made at once", "In One: 2 stories", "10 of 10 points", "Left out: 4 stories", "Nobody has estimated",
            "Waits for VEN-4, which cannot be in", "Too large: 20 of 10 points", "Lower value: 1.66")  # fmt: skip
    for words in told:
        assert words in page.text, words
    with reading(app) as session:
        found = suggesting.suggest(session, wave_in(session, here), Wish(), today=START.date())
    assert found.plan == {ids["must"]: 0, ids["best"]: 0}
    assert found.moves == {ids["weak"]: (0, None), ids["must"]: (None, 0), ids["best"]: (None, 0)}
    kept = here.browser().get(here.url(f"{PAGE}?in={ids['weak']}&out={ids['must']}"))
    assert "Kept out by hand" in kept.text
    assert "In One: 1 story" in kept.text
    assert here.browser(here.viewer).get(here.url(PAGE)).all("#adopt") == []


def test_a_job_proves_it_and_a_change_makes_it_stale(app: Flask) -> None:
    here, ids = planned(app)
    page = here.browser().get(here.url(PAGE)).form("exact").submit()
    assert "Best plan for One" in page.text
    with reading(app) as session:
        job_id = session.scalars(select(Job.id).where(Job.kind == suggesting.SOLVE)).one()
    assert "The best plan is being looked for" in here.browser().get(here.url(PAGE)).text
    run_inline(app, job_id)
    page = here.browser().get(here.url(PAGE))
    assert "Proved optimal" in page.text
    assert page.all("#exact") == []
    with here.working() as session:
        stories_of(session, [ids["best"]])[0].value = 61
    assert "it is stale" in here.browser().get(here.url(PAGE)).text


def test_a_job_that_is_called_off_or_breaks_leaves_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here, _ids = planned(app)
    with here.working() as session:
        wave = wave_in(session, here)
        job, again = (
            suggesting.ask_for_exact(session, wave, Wish(), url="/", by=here.actor(), at=START) for _time in range(2)
        )
        assert again.id == job.id
        cancel_job(job, by=here.actor(), at=START)
    monkeypatch.setattr("implementor.planning.asking_solver.HOME", app.instance_path)
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert solve(here).state == "failed"
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(Suggestion)) == 0


def test_adopting_is_one_change_with_one_undo(app: Flask) -> None:
    here, ids = planned(app)
    assert solve(here).state == "done"
    page = here.browser().get(here.url(PAGE)).form("adopt").submit()
    assert "3 stories were moved." in page.text
    assert where(app) == {ids["must"], ids["best"]}
    with reading(app) as session:
        assert session.scalars(select(Suggestion)).one().adopted_by_id == here.lead.id
    undo_last(here)
    assert where(app) == {ids["weak"]}


def undo_last(here: Rollout) -> None:
    """Take back the last thing that was done."""
    with reading(here.app) as session:
        action_id = session.scalars(select(func.max(Action.id)).where(Action.verb == "wave.plan")).one()
    with here.working() as session:
        undo_action(session, session.get_one(Action, action_id), by=here.actor(), at=datetime.now(UTC))


def test_it_is_refused_with_both_plans_where_somebody_planned_meanwhile(app: Flask) -> None:
    here, ids = planned(app)
    page = here.browser().get(here.url(PAGE))
    with here.working() as session:
        wave = wave_in(session, here)
        put_in_wave(session, wave, stories_of(session, [ids["must"]]), by=here.actor(), at=START)
    told = page.form("adopt").submit(status=409)
    assert "nothing was moved" in told.text
    row = next(row for row in told.texts("#meanwhile tbody tr") if "Must" in row)
    assert row.endswith("BacklogOneOneOne")
    assert where(app) == {ids["weak"], ids["must"]}
    with reading(app) as session:
        found = suggesting.suggest(session, wave_in(session, here), Wish(), today=START.date())
        other = Wish(kept_out=frozenset([ids["best"]]))
        stale = suggesting.suggest(session, wave_in(session, here), other, today=START.date())
        with pytest.raises(OtherPlanMeanwhile):
            suggesting.adopt(session, wave_in(session, here), found, seen=seen_now(stale), by=here.actor(), at=START)


def test_waves_without_room_and_waves_that_started_say_so(app: Flask) -> None:
    here, _ids = planned(app, capacity=None)
    assert "Nobody has said what One can carry" in here.browser().get(here.url(PAGE)).text
    refused: list[type[Refusal]] = [NothingToChooseBy, NotPlanned]
    for refusal in refused:
        with here.working() as session:
            wave = wave_in(session, here)
            with pytest.raises(refusal):
                suggesting.suggest(session, wave, Wish(), today=START.date())
            if not wave.is_started:
                start_wave(session, wave, by=here.actor(), at=START)


def test_several_waves_are_filled_at_once_and_many_stories_cost_no_more_statements(app: Flask) -> None:
    here, ids = planned(app)
    add_wave(here, "Two", capacity_points="20")
    with reading(app) as session:
        wave = wave_in(session, here)
        with counting() as few:
            found = suggesting.suggest(session, wave, Wish(waves=2), today=START.date())
    assert found.plan == {ids["must"]: 0, ids["best"]: 0, ids["huge"]: 1}
    for number in range(12):
        add_story(here, f"More {number}", points="2")
    with reading(app) as session:
        wave = wave_in(session, here)
        with counting() as many:
            suggesting.suggest(session, wave, Wish(waves=2), today=START.date())
    assert len(many) == len(few), many.beyond(few)


def test_the_solver_answers_from_a_process_of_its_own_that_ends_with_who_waits() -> None:
    wanted = large(600)  # more than a pipe holds
    found = solved(wanted, lambda _seconds: None)
    assert (found.is_proved, found.worth) == (True, score(wanted, found.plan)[2])

    def no_longer(_seconds: int) -> None:
        if solvers():
            raise JobCancelled

    with pytest.raises(JobCancelled):
        solved(large(600, waves=3), no_longer)
    assert solvers() == []


def solvers() -> list[str]:
    """The processes that this one started and that have not ended, where the system tells."""
    children = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return [
        one for one in children.read_text().split() if "planning.solving" in Path(f"/proc/{one}/cmdline").read_text()
    ]
