"""Scenarios side by side with the present plan: read once, reckoned each, with the stories that stand elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from implementor.planning import problem_queries, scenario_queries
from implementor.planning.posing import MOST_WAVES, Posed, Wish, pose_for
from implementor.planning.scenario_models import Scenario, ScenarioChange
from implementor.planning.scenario_services import mark_of
from implementor.planning.weighing import Weight, weigh
from implementor.planning.what_if import Altered, altered
from implementor.waves.forecasting import Assumptions, ProjectForecast, forecast_of

MOST_COMPARED = 4


@dataclass(frozen=True)
class Column:
    """One plan of a comparison; the present one has no scenario and no changes."""

    scenario: Scenario | None
    changes: Sequence[ScenarioChange]
    made: Altered
    weight: Weight
    mark: str


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
    columns = [_column(posed, None, [], present, forecast)]
    for one in scenarios:
        made = altered(posed, changes[one.id], fills=one.fills)
        columns.append(_column(posed, one, changes[one.id], made, forecast))
    return Comparison(posed, columns, _differences(posed, columns), forecast)


def _column(
    posed: Posed, scenario: Scenario | None, changes: Sequence[Any], made: Altered, forecast: ProjectForecast
) -> Column:
    return Column(scenario, changes, made, weigh(made, forecast), mark_of(posed, made))


def _differences(posed: Posed, columns: Sequence[Column]) -> dict[int, list[int | None]]:
    """Stories by rank that do not stand in the same wave in every column."""
    found = {one.id: [column.made.plan.get(one.id) for column in columns] for one in posed.problem.candidates}
    return {number: places for number, places in found.items() if len(set(places)) > 1}
