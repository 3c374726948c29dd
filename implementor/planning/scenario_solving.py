"""The exact plan of a scenario that fills free room: asked of a worker, over all waves that have not started."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.models import Job
from implementor.jobs.services import enqueue
from implementor.planning import problem_queries as queries
from implementor.planning.posing import Posed
from implementor.planning.scenario_models import Scenario
from implementor.planning.scenario_services import refuse_decided
from implementor.planning.suggesting import NothingToChooseBy

SOLVE_SCENARIO = "planning.solve_scenario"


class FillsNothing(Refusal):
    """The scenario keeps the stories where they are, so there is no plan to look for."""


def ask_for_exact_scenario(
    session: Session, scenario: Scenario, posed: Posed, *, url: str, by: Actor, at: datetime
) -> Job:
    """Have the best plan under a scenario found by a worker; the search that is under way where there is one.

    Raises IsDecided, FillsNothing, and NothingToChooseBy where a wave has no room stated.
    """
    refuse_decided(scenario)
    if not scenario.fills:
        raise FillsNothing(say("%(name)s keeps every story where it is. Let it fill free room.", name=scenario.name))
    if not posed.has_room_stated:
        wave = next(wave for wave, room in zip(posed.waves, posed.problem.rooms, strict=True) if not room.holds)
        raise NothingToChooseBy(
            say("Nobody has said what %(wave)s can carry. State its capacity, then ask again.", wave=wave.name)
        )
    arguments = {"scenario_id": scenario.id, "url": url}
    for job in session.scalars(queries.jobs_under_way(project_id=scenario.project_id, kind=SOLVE_SCENARIO)):
        if job.arguments == arguments and job.owner_id == by.user_id and job.cancel_asked_at is None:
            return job
    title = say("Best plan for the scenario %(name)s", name=scenario.name)
    return enqueue(session, SOLVE_SCENARIO, arguments=arguments, title=title, by=by, at=at,
                   project_id=scenario.project_id)  # fmt: skip
