"""Scenarios side by side with the present plan: read once, reckoned each, with the stories that stand elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from implementor.planning import problem_queries, scenario_queries
from implementor.planning.posing import MOST_WAVES, Posed, Wish, pose_for
from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.planning.scenario_services import mark_of
from implementor.planning.suggesting import plan_of
from implementor.planning.suggestion_models import Suggestion
from implementor.planning.weighing import Weight, weigh
from implementor.planning.what_if import Altered, altered
from implementor.waves.forecasting import Assumptions, ProjectForecast, forecast_of

MOST_COMPARED = 4


@dataclass(frozen=True)
class Column:
    """One plan of a comparison; the present one has no scenario and no changes.

    `exact` is the answer of a worker that this plan is; `is_stale` that there is one, but to another question.
    """

    scenario: Scenario | None
    changes: Sequence[ScenarioChange]
    made: Altered
    weight: Weight
    mark: str
    exact: Suggestion | None = None
    is_stale: bool = False


@dataclass(frozen=True)
class Comparison:
    """Plans side by side, the present one first. `stories` maps ids to the place in each column (None: backlog)."""

    posed: Posed
    columns: Sequence[Column]
    stories: Mapping[int, Sequence[int | None]]
    forecast: ProjectForecast

    def of(self, scenario: Scenario) -> Column:
        """The column of a scenario that is compared."""
        return next(one for one in self.columns if one.scenario is scenario)


def posed_now(session: Session, project_id: int, *, at: datetime, zone: tzinfo) -> Posed | None:
    """The question as the project stands: the next waves that have not started; None without any."""
    waves = list(session.scalars(problem_queries.planned_waves(project_id=project_id)))[:MOST_WAVES]
    return pose_for(session, waves, Wish(), today=at.astimezone(zone).date()) if waves else None


def compare(
    session: Session, project_id: int, scenarios: Sequence[Scenario], *, at: datetime, zone: tzinfo
) -> Comparison | None:
    """The present plan and these scenarios; as many statements for one as for many. None without a planned wave."""
    posed = posed_now(session, project_id, at=at, zone=zone)
    if posed is None:
        return None
    forecast = forecast_of(session, project_id=project_id, at=at, zone=zone, assumptions=Assumptions())
    changes: dict[int, list[ScenarioChange]] = {one.id: [] for one in scenarios}
    for change in session.scalars(scenario_queries.changes_of(scenario_ids=list(changes))):
        changes[change.scenario_id].append(change)
    present = altered(posed, [], fills=False)
    answers = session.scalars(problem_queries.suggestions_of_scenarios(scenario_ids=list(changes)))
    latest = {one.scenario_id: one for one in answers}
    columns = [Column(None, [], present, weigh(present, forecast), mark_of(posed, present))]
    columns += [_column(posed, one, changes[one.id], latest.get(one.id), forecast) for one in scenarios]
    return Comparison(posed, columns, _differences(posed, columns), forecast)


def _column(
    posed: Posed, scenario: Scenario, changes: Sequence[Any], latest: Suggestion | None, forecast: ProjectForecast
) -> Column:
    """What a scenario makes of the plan: filled exactly where the last answer is one to this question."""
    made = altered(posed, changes, fills=scenario.fills)
    asked = latest if scenario.fills else None
    exact = asked if asked is not None and asked.fingerprint == made.problem.fingerprint else None
    if exact is not None:
        made = replace(made, plan=plan_of(exact, posed))
    is_stale = asked is not None and exact is None
    return Column(scenario, changes, made, weigh(made, forecast), mark_of(posed, made), exact, is_stale)


def _differences(posed: Posed, columns: Sequence[Column]) -> dict[int, list[int | None]]:
    """Stories by rank that do not stand in the same wave in every column."""
    found = {one.id: [column.made.plan.get(one.id) for column in columns] for one in posed.problem.candidates}
    return {number: places for number, places in found.items() if len(set(places)) > 1}
