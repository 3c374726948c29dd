"""What a worker does for plans: finds the exact one for a wave and keeps it with what it was found from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task
from implementor.planning.asking_solver import solved
from implementor.planning.posing import Wish, pose
from implementor.planning.problem import as_json
from implementor.planning.suggesting import SOLVE
from implementor.planning.suggestion_models import Suggestion
from implementor.settings import Settings
from implementor.waves.models import Wave


@task(SOLVE)
def solve(job: JobContext, *, wave_id: int, wish: Mapping[str, Any], url: str) -> Result:
    """Nothing is written before the answer is there, so a job that ends earlier leaves nothing."""
    config: Settings = job.app.extensions["implementor_settings"]
    with job.reading() as session:
        wave = session.get_one(Wave, wave_id)
        today = job.now().astimezone(config.time_zone).date()
        posed = pose(session, wave, Wish.from_json(wish), today=today)
        project_id, name, problem = wave.project_id, wave.name, posed.problem
    looking = say("Looking for the best plan")
    found = solved(problem, lambda seconds: job.progress(seconds, None, looking, at_once=not seconds))
    job.stop_if_asked()
    with job.writing(say("Found the best plan for %(wave)s", wave=name)) as session:
        session.add(
            Suggestion(
                project_id=project_id,
                wave_id=wave_id,
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
    return {"url": url}
