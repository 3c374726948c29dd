"""What a worker does for plans: finds exact ones, of waves and of scenarios, and keeps what they were found from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.foundation.words import Phrase, say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task
from implementor.planning import scenario_queries
from implementor.planning.asking_solver import solved
from implementor.planning.comparing import posed_now
from implementor.planning.posing import Wish, pose
from implementor.planning.problem import Problem, as_json
from implementor.planning.scenario_models import Scenario
from implementor.planning.scenario_solving import SOLVE_SCENARIO
from implementor.planning.suggesting import SOLVE
from implementor.planning.suggestion_models import Suggestion
from implementor.planning.what_if import altered
from implementor.settings import Settings
from implementor.waves.models import Wave


@task(SOLVE)
def solve(job: JobContext, *, wave_id: int, wish: Mapping[str, Any], url: str) -> Result:
    """Find the best plan for a wave and those after it."""
    with job.reading() as session:
        wave = session.get_one(Wave, wave_id)
        today = job.now().astimezone(_settings(job).time_zone).date()
        problem = pose(session, wave, Wish.from_json(wish), today=today).problem
        belongs = {"project_id": wave.project_id, "wave_id": wave_id}
        done = say("Found the best plan for %(wave)s", wave=wave.name)
    _find(job, problem, belongs, done)
    return {"url": url}


@task(SOLVE_SCENARIO)
def solve_scenario(job: JobContext, *, scenario_id: int, url: str) -> Result:
    """Find the best plan for all waves of a scenario; nothing where every wave has started meanwhile."""
    with job.reading() as session:
        scenario = session.get_one(Scenario, scenario_id)
        posed = posed_now(session, scenario.project_id, at=job.now(), zone=_settings(job).time_zone)
        if posed is None:
            return {"url": url}
        changes = session.scalars(scenario_queries.changes_of(scenario_ids=[scenario_id])).all()
        problem = altered(posed, changes, fills=scenario.fills).problem
        belongs = {
            "project_id": scenario.project_id, "wave_id": posed.waves[0].id, "scenario_id": scenario_id,
        }  # fmt: skip
        done = say("Found the best plan for the scenario %(name)s", name=scenario.name)
    _find(job, problem, belongs, done)
    return {"url": url}


def _settings(job: JobContext) -> Settings:
    config: Settings = job.app.extensions["implementor_settings"]
    return config


def _find(job: JobContext, problem: Problem, belongs: Mapping[str, int], done: Phrase) -> None:
    """Nothing is written before the answer is there, so a job that ends earlier leaves nothing."""
    looking = say("Looking for the best plan")
    found = solved(problem, lambda seconds: job.progress(seconds, None, looking, at_once=not seconds))
    job.stop_if_asked()
    with job.writing(done) as session:
        session.add(
            Suggestion(
                **belongs,
                fingerprint=problem.fingerprint,
                inputs=as_json(problem),
                plan={str(number): problem.rooms[place].wave_id for number, place in found.plan.items()},
                worth=found.worth,
                bound=found.bound,
                is_proved=found.is_proved,
                too_large=list(found.too_large),
                conflict=list(found.conflict),
                found_at=job.now(),
                asked_by_id=job.by.user_id,
            )
        )
