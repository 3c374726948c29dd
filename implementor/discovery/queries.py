"""How objectives, what hangs on them, and wanted reports are found; always inside one project."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, literal, select, union_all

from implementor.auth.models import User
from implementor.discovery.models import (
    Benefit,
    Objective,
    ObjectiveMetric,
    ReportDatum,
    ReportRequirement,
    RequirementStory,
    StoryObjective,
)
from implementor.foundation.fields import Scope
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import Actor
from implementor.metrics.models import Metric
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.stories.models import Story

MOST_OBJECTIVES = 60
"""As many as the scoreboard and the map show."""
MOST_STORIES = 200
PRIORITY_ORDER = {"high": 0, "medium": 1, "low": 2}


def in_use(model: Any, scope: Scope) -> Select[Any]:
    """The rows of one of the records of this package in the scope's project that are not put away."""
    return select(model).where(model.project_id == scope.project_id, model.archived_at.is_(None))


def in_scope(model: Any, scope: Scope, record_id: int) -> Select[Any]:
    """One such record by id, archived or not."""
    return select(model).where(model.project_id == scope.project_id, model.id == record_id)


def titles_of(model: Any, title: Any, actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible records of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(model.id, title.label("title"), Project.key.label("project_key"), literal(None).label("number"))
        .join(Project, Project.id == model.project_id)
        .where(model.id.in_(list(ids)), is_visible_to(actor))
    )


def objectives_of_project(*, project_id: int, given_only: bool = False) -> Rows:
    """Rows (Objective, owner) in use, the given goals first, then by priority."""
    urgency = case(PRIORITY_ORDER, value=Objective.priority, else_=3)
    found = (
        select(Objective, User.name.label("owner"))
        .outerjoin(User, User.id == Objective.owner_id)
        .where(Objective.project_id == project_id, Objective.archived_at.is_(None))
        .order_by(Objective.given_key.is_(None), urgency, Objective.statement_key, Objective.id)
        .limit(MOST_OBJECTIVES)
    )
    return found.where(Objective.given_key.is_not(None)) if given_only else found


def metrics_of_objectives(*, project_id: int, objective_ids: Iterable[int] | None = None) -> Rows:
    """Rows (objective_id, link_id, Metric) of the metrics in use, in the order of their linking."""
    found = (
        select(ObjectiveMetric.objective_id, ObjectiveMetric.id.label("link_id"), Metric)
        .join(Metric, Metric.id == ObjectiveMetric.metric_id)
        .where(ObjectiveMetric.project_id == project_id, Metric.archived_at.is_(None))
        .order_by(ObjectiveMetric.id)
    )
    return found if objective_ids is None else found.where(ObjectiveMetric.objective_id.in_(list(objective_ids)))


def benefits_with_owners(*, project_id: int) -> Rows:
    """Rows (title, owner_id) of the benefits in use, with who keeps the metric that proves each, if it is in use."""
    kept = (Metric.id == Benefit.metric_id) & Metric.archived_at.is_(None)
    return (
        select(Benefit.title, Metric.owner_id)
        .outerjoin(Metric, kept)
        .where(Benefit.project_id == project_id, Benefit.archived_at.is_(None))
        .order_by(Benefit.id)
    )


def benefits_of_project(*, project_id: int, objective_id: int | None = None) -> Rows:
    """Rows (Benefit, metric name) in use, of one objective or of all."""
    found = (
        select(Benefit, Metric.name.label("metric"))
        .outerjoin(Metric, Metric.id == Benefit.metric_id)
        .where(Benefit.project_id == project_id, Benefit.archived_at.is_(None))
        .order_by(Benefit.id)
    )
    return found if objective_id is None else found.where(Benefit.objective_id == objective_id)


def stories_of_objectives(*, project_id: int, objective_id: int | None = None) -> Rows:
    """Rows (objective_id, id, number, title, status) of stories in use that serve objectives, as the backlog orders."""
    found = (
        select(StoryObjective.objective_id, Story.id, Story.number, Story.title, Story.status)
        .join(Story, Story.id == StoryObjective.story_id)
        .where(StoryObjective.project_id == project_id, Story.archived_at.is_(None))
        .order_by(Story.rank, Story.id)
        .limit(MOST_STORIES)
    )
    return found if objective_id is None else found.where(StoryObjective.objective_id == objective_id)


def stories_without_objective(*, project_id: int) -> Rows:
    """How many stories in use, not dropped, serve no objective."""
    served = select(StoryObjective.story_id).where(StoryObjective.project_id == project_id)
    return select(func.count()).where(
        Story.project_id == project_id, Story.archived_at.is_(None), Story.status != "dropped",
        Story.id.not_in(served),
    )  # fmt: skip


def direction_of_story(*, project_id: int, story_id: int) -> Asked:
    """Rows (kind, id, title, link_id): the objectives in use and the wanted reports that the story was derived from.

    `link_id` is None for objectives that the story does not serve; those it serves come first, the main one leading.
    """
    return _direction_of_story(), {"project_id": project_id, "story_id": story_id}


@cache
def _direction_of_story() -> Rows:
    project_id: Any = bindparam("project_id")
    story_id: Any = bindparam("story_id")
    served = (StoryObjective.objective_id == Objective.id) & (StoryObjective.story_id == story_id)
    objectives = (
        select(
            literal("objective").label("kind"), Objective.id, Objective.statement.label("title"),
            StoryObjective.id.label("link_id"), Objective.statement_key.label("title_key"),
        )
        .outerjoin(StoryObjective, served)
        .where(Objective.project_id == project_id, Objective.archived_at.is_(None))
    )  # fmt: skip
    reports = (
        select(
            literal("report"), ReportRequirement.id, ReportRequirement.title, RequirementStory.id,
            ReportRequirement.title_key,
        )
        .join(RequirementStory, RequirementStory.requirement_id == ReportRequirement.id)
        .where(RequirementStory.project_id == project_id, RequirementStory.story_id == story_id)
    )  # fmt: skip
    found = union_all(objectives, reports).subquery()
    order = (found.c.link_id.is_(None), found.c.link_id, found.c.title_key, found.c.id)
    wanted = select(found.c.kind, found.c.id, found.c.title, found.c.link_id)
    return wanted.order_by(*order).limit(MOST_OBJECTIVES * 4)


def links_of_story(*, story_id: int) -> Select[StoryObjective]:
    """What a story serves, the main one first."""
    return select(StoryObjective).where(StoryObjective.story_id == story_id).order_by(StoryObjective.id)


def metric_link(*, objective_id: int, metric_id: int) -> Select[ObjectiveMetric]:
    """The link of one objective to one metric."""
    found = select(ObjectiveMetric).where(ObjectiveMetric.objective_id == objective_id)
    return found.where(ObjectiveMetric.metric_id == metric_id)


def objectives_of_metric(*, project_id: int, metric_id: int) -> Rows:
    """Rows (id, statement) of the objectives that are judged by a metric."""
    return (
        select(Objective.id, Objective.statement)
        .join(ObjectiveMetric, ObjectiveMetric.objective_id == Objective.id)
        .where(
            ObjectiveMetric.project_id == project_id,
            ObjectiveMetric.metric_id == metric_id,
            Objective.archived_at.is_(None),
        )
        .order_by(Objective.statement_key)
    )


def data_of_requirement(*, requirement_id: int) -> Rows:
    """Rows (ReportDatum, owner) that a wanted report needs, in the order of writing."""
    return (
        select(ReportDatum, User.name.label("owner"))
        .outerjoin(User, User.id == ReportDatum.owner_id)
        .where(ReportDatum.requirement_id == requirement_id, ReportDatum.archived_at.is_(None))
        .order_by(ReportDatum.id)
    )


def stories_of_requirement(*, requirement_id: int) -> Rows:
    """Rows (origin, id, number, title, status) of the stories that were derived from a wanted report."""
    return (
        select(RequirementStory.origin, Story.id, Story.number, Story.title, Story.status)
        .join(Story, Story.id == RequirementStory.story_id)
        .where(RequirementStory.requirement_id == requirement_id)
        .order_by(RequirementStory.id)
    )
