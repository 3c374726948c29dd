"""How benefits, the first releases that serve their objectives, and the use of the CRM by days are found."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer, func, literal, select, union

from implementor.adoption.models import TeamDay
from implementor.discovery.models import Benefit, Objective, ObjectiveMetric, StoryObjective
from implementor.foundation.model import Rows
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.metrics.models import Metric
from implementor.releases.release_models import ConfigRelease, ReleaseOperation
from implementor.stories.models import Story
from implementor.stories.statuses import RELEASED
from implementor.waves.models import Wave, WaveStory

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


def beginnings(*, project_id: int) -> Rows:
    """Rows (objective_id, at, release, wave): when stories of objectives went live, by which release and wave.

    A release counts while it stands. What brings no settings of the CRM goes live with its wave.
    """
    released = (
        select(
            StoryObjective.objective_id, ConfigRelease.applied_at.label("at"), ConfigRelease.number.label("release"),
            Wave.number.label("wave"),
        )
        .join(ReleaseOperation, ReleaseOperation.story_id == StoryObjective.story_id)
        .join(ConfigRelease, ConfigRelease.id == ReleaseOperation.release_id)
        .join(Wave, Wave.id == ConfigRelease.wave_id)
        .where(StoryObjective.project_id == project_id, ConfigRelease.rolled_back_at.is_(None))
    )  # fmt: skip
    gone_live = (
        select(StoryObjective.objective_id, Wave.closed_at, literal(None, Integer), Wave.number)
        .join(WaveStory, WaveStory.story_id == StoryObjective.story_id)
        .join(Wave, Wave.id == WaveStory.wave_id)
        .join(Story, Story.id == StoryObjective.story_id)
        .where(StoryObjective.project_id == project_id, Wave.closed_at.is_not(None), Story.status.in_(RELEASED))
    )
    found = union(released, gone_live).subquery()
    return select(found.c.objective_id, found.c.at, found.c.release, found.c.wave)


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
