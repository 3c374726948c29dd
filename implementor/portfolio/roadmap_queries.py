"""What a roadmap reads: projects, their stages, waves, gates, deliverables, and which waves wait for which."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.portfolio.queries import seen_by
from implementor.projects.models import Project, ProjectDependency
from implementor.stages.models import Gate, Stage
from implementor.stories.models import Milestone, Story, StoryDependency
from implementor.stories.statuses import OVER
from implementor.waves.models import Wave, WaveStory

Projects = Select[int]
"""A statement that selects the ids of projects."""


def projects_of(actor: Actor, *, project_id: int | None = None, programme_id: int | None = None) -> Projects:
    """Ids of the projects that the actor may see: one, those of a programme, or all."""
    found = seen_by(actor)
    if project_id is not None:
        found = found.where(Project.id == project_id)
    return found if programme_id is None else found.where(Project.programme_id == programme_id)


def project_rows(projects: Projects) -> Rows:
    """Rows (id, key, name, status, starts_on, ends_on, method_key, method_version), by key."""
    return (
        select(
            Project.id, Project.key, Project.name, Project.status, Project.starts_on, Project.ends_on,
            Project.method_key, Project.method_version,
        )
        .where(Project.id.in_(projects))
        .order_by(Project.key)
    )  # fmt: skip


def wave_rows(projects: Projects) -> Rows:
    """Rows (project_id, id, number, name, starts_on, ends_on, stage) of waves in use, in their order."""
    columns = (Wave.project_id, Wave.id, Wave.number, Wave.name, Wave.starts_on, Wave.ends_on, Wave.stage)
    return (
        select(*columns)
        .where(Wave.project_id.in_(projects), Wave.archived_at.is_(None))
        .order_by(Wave.project_id, Wave.rank, Wave.id)
    )


def stage_rows(projects: Projects) -> Rows:
    """Rows (project_id, key, names, state, entered_at, left_at) of stages of projects that somebody entered."""
    return (
        select(Stage.project_id, Stage.key, Stage.names, Stage.state, Stage.entered_at, Stage.left_at)
        .where(Stage.project_id.in_(projects), Stage.scope == "project", Stage.entered_at.is_not(None))
        .order_by(Stage.project_id, Stage.position)
    )


def gate_rows(projects: Projects) -> Rows:
    """Rows (project_id, name, state, review_on) of gates that were ever touched."""
    return select(Gate.project_id, Gate.name, Gate.state, Gate.review_on).where(Gate.project_id.in_(projects))


def milestone_rows(projects: Projects) -> Rows:
    """Rows (project_id, title, promised_on, forecast_on, reached_on) of deliverables that have any day."""
    day = func.coalesce(Milestone.promised_on, Milestone.forecast_on, Milestone.reached_on)
    return (
        select(
            Milestone.project_id, Milestone.title, Milestone.promised_on, Milestone.forecast_on, Milestone.reached_on
        )
        .where(Milestone.project_id.in_(projects), Milestone.archived_at.is_(None), day.is_not(None))
        .order_by(Milestone.project_id, day, Milestone.id)
    )


def waits_between_waves(projects: Projects) -> Rows:
    """Rows (earlier, later, open, count): waves whose stories wait for stories of another; `open` of them still do."""
    blocker, earlier, later = aliased(Story), aliased(WaveStory), aliased(WaveStory)
    still: Any = func.count().filter(blocker.status.not_in(OVER))
    return (
        select(earlier.wave_id.label("earlier"), later.wave_id.label("later"), still.label("open"),
               func.count().label("count"))
        .select_from(StoryDependency)
        .join(blocker, blocker.id == StoryDependency.blocker_id)
        .join(earlier, earlier.story_id == StoryDependency.blocker_id)
        .join(later, later.story_id == StoryDependency.blocked_id)
        .where(
            StoryDependency.project_id.in_(projects), StoryDependency.kind == "blocks",
            earlier.wave_id != later.wave_id, blocker.archived_at.is_(None),
        )
        .group_by(earlier.wave_id, later.wave_id)
        .order_by(earlier.wave_id, later.wave_id)
    )  # fmt: skip


def waits_between_projects(projects: Projects) -> Rows:
    """Rows (earlier, later, what, needed_on, promised_on, delivered_on) of dependencies of which both ends are seen."""
    link = ProjectDependency
    return (
        select(
            link.supplier_id.label("earlier"), link.receiver_id.label("later"), link.what, link.needed_on,
            link.promised_on, link.delivered_on,
        )
        .where(link.archived_at.is_(None), link.supplier_id.in_(projects), link.receiver_id.in_(projects))
        .order_by(link.needed_on, link.id)
    )  # fmt: skip
