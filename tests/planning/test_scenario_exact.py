"""A scenario that fills free room has its best plan over all its waves proved by a worker, until anything changes."""

from datetime import UTC, date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.errors import Refusal
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.planning import scenario_services as services
from implementor.planning.comparing import posed_now
from implementor.planning.problem import POINTS, faults, score
from implementor.planning.scenario_models import Scenario
from implementor.planning.scenario_services import IsDecided
from implementor.planning.scenario_solving import SOLVE_SCENARIO, FillsNothing, ask_for_exact_scenario
from implementor.planning.suggesting import NothingToChooseBy
from implementor.planning.suggestion_models import Suggestion
from tests.auth.builders import reading
from tests.planning.builders import best_by_trying
from tests.planning.test_scenarios import compared, places, scenario
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, wave_in

HALF = {"kind": "capacity", "wave": 1, "amount": Decimal(50)}


def planned(app: Flask, second: str | None = "7") -> tuple[Rollout, dict[str, int]]:
    """Two waves of fourteen and seven points, and stories of which taking the densest first is not the best."""
    here = rollout(app)
    sizes = {"dense": ("4", "45"), "long": ("7", "60"), "other": ("7", "60"), "small": ("2", "5"), "weak": ("2", "5")}
    ids = {name: add_story(here, name.title(), points=size, value=value) for name, (size, value) in sizes.items()}
    add_wave(here, "One", capacity_points="14")
    add_wave(here, "Two", capacity_points=second)
    return here, ids


def solve(here: Rollout) -> None:
    with reading(here.app) as session:
        jobs = session.scalars(select(Job.id).where(Job.kind == SOLVE_SCENARIO, Job.state == "waiting")).all()
    for job_id in jobs:
        run_inline(here.app, job_id)


def test_the_best_plan_of_several_waves_is_found_shown_and_goes_stale(app: Flask) -> None:
    here, _ids = planned(app)
    made = scenario(here, "Half of One", HALF, fills=True)
    at_once = compared(here, made).columns[1]
    address = here.url(f"/scenarios/{made}")
    page = here.browser().get(address)
    assert "Made at once" in page.text
    assert "Best plan for the scenario Half of One" in page.form("exact").submit().text
    waiting = here.browser().get(address)
    assert "The best plan is being looked for" in waiting.text
    assert waiting.form("exact").submit().url == page.form("exact").submit().url, "one search at a time"
    solve(here)
    page = here.browser().get(address)
    assert "Proved optimal" in page.text
    assert page.all("#exact") == []
    column = compared(here, made).columns[1]
    assert column.made.problem.rooms[0].holds == {POINTS: 700}
    assert not faults(column.made.problem, column.made.plan)
    best = best_by_trying(column.made.problem)
    assert score(column.made.problem, column.made.plan) == best
    assert column.weight.value > at_once.weight.value, "taking the densest first is not the best here"
    assert here.browser().get(here.url("/waves/1/suggestion")).texts(".notice") == [], "it is not that of the wave"
    suppose(here, made, {"kind": "end", "wave": 2, "on_date": date(2026, 5, 22)})
    told = here.browser().get(address)
    assert "it is stale" in told.text
    assert "Made at once" in told.text


def suppose(here: Rollout, made: int, change: dict[str, Any]) -> None:
    with here.working() as session:
        posed = posed_now(session, here.project_id, at=START, zone=UTC)
        assert posed is not None
        wanted = {**change, "wave_id": wave_in(session, here, change["wave"]).id}
        services.add_change(session, session.get_one(Scenario, made), posed, wanted, by=here.actor(), at=START)


def test_what_was_found_is_adopted_and_what_came_meanwhile_is_not(app: Flask) -> None:
    here, _ids = planned(app)
    made = scenario(here, "Filled", HALF, fills=True)
    early = here.browser().get(here.url(f"/scenarios/{made}"))
    early.form("exact").submit()
    solve(here)
    assert "nothing was moved" in early.form("decision").submit(status=409, reason="Best").text
    assert places(here) == {}
    plan = compared(here, made).columns[1].made.plan
    here.browser().get(here.url(f"/scenarios/{made}")).form("decision").submit(reason="Best")
    assert places(here) == {number: place + 1 for number, place in plan.items()}
    with reading(app) as session:
        answer = session.scalars(select(Suggestion)).one()
        assert (answer.scenario_id, answer.adopted_by_id) == (made, here.lead.id)


def test_what_has_no_best_plan_says_why(app: Flask) -> None:
    here, _ids = planned(app, second=None)
    keeps, fills, decided = scenario(here, "Keeps"), scenario(here, "Fills", fills=True), scenario(here, "Decided")
    wanted: list[tuple[int, type[Refusal]]] = [
        (keeps, FillsNothing), (fills, NothingToChooseBy), (decided, IsDecided),
    ]  # fmt: skip
    with here.working() as session:
        services.discard_scenario(
            session, session.get_one(Scenario, decided), reason="Never", by=here.actor(), at=START
        )
    for made, refusal in wanted:
        with here.working() as session:
            posed = posed_now(session, here.project_id, at=START, zone=UTC)
            assert posed is not None
            found = session.get_one(Scenario, made)
            with pytest.raises(refusal):
                ask_for_exact_scenario(session, found, posed, url="/", by=here.actor(), at=START)
