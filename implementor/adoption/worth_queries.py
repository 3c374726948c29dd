"""How benefits, the first releases that serve their objectives, and the use of the CRM by days are found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from implementor.adoption.models import TeamDay
from implementor.discovery.models import Benefit, Objective, ObjectiveMetric, StoryObjective
from implementor.foundation.model import Rows
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.metrics.models import Metric
from implementor.releases.release_models import ConfigRelease, ReleaseOperation

MOST_BENEFITS = 200
"""As many as the page shows."""


def valued_benefits(*, project_id: int) -> Rows:
    """Rows (Benefit, statement, metric_id, metric, due_on) of benefits with an amount, by objective.

    Due is a benefit when the metric that proves it is, or else the first metric of its objective.
    """
    of_objective = (
        select(func.min(Metric.due_on))
        .join(ObjectiveMetric, ObjectiveMetric.metric_id == Metric.id)
        .where(ObjectiveMetric.objective_id == Benefit.objective_id, Metric.archived_at.is_(None))
        .scalar_subquery()
    )
    return (
        select(
            Benefit, Objective.statement, Metric.id.label("metric_id"), Metric.name.label("metric"),
            func.coalesce(Metric.due_on, of_objective).label("due_on"),
        )
        .join(Objective, Objective.id == Benefit.objective_id)
        .outerjoin(Metric, (Metric.id == Benefit.metric_id) & Metric.archived_at.is_(None))
        .where(
            Benefit.project_id == project_id, Benefit.archived_at.is_(None), Objective.archived_at.is_(None),
            Benefit.amount.is_not(None),
        )
        .order_by(Objective.statement_key, Objective.id, Benefit.id)
        .limit(MOST_BENEFITS)
    )  # fmt: skip


def first_releases(*, project_id: int) -> Rows:
    """Rows (objective_id, number, applied_at) of the first release that stands and brought a story of the objective."""
    return (
        select(
            StoryObjective.objective_id,
            func.min(ConfigRelease.number).label("number"),
            func.min(ConfigRelease.applied_at).label("applied_at"),
        )
        .join(ReleaseOperation, ReleaseOperation.story_id == StoryObjective.story_id)
        .join(ConfigRelease, ConfigRelease.id == ReleaseOperation.release_id)
        .where(StoryObjective.project_id == project_id, ConfigRelease.rolled_back_at.is_(None))
        .group_by(StoryObjective.objective_id)
    )


def use_by_day(first: date, last: date) -> Rows:
    """Rows (day, active, people) of everybody who counts, on days with people enough to tell of."""
    people = func.sum(TeamDay.people)
    return (
        select(TeamDay.day, func.sum(TeamDay.active_28).label("active"), people.label("people"))
        .where(TeamDay.day.between(first, last))
        .group_by(TeamDay.day)
        .having(people >= FEWEST_PEOPLE)
        .order_by(TeamDay.day)
    )
