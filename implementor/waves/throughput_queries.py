"""How forecasts find the past and what is left: finished stories, the beginning of work, scopes and their growth."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from implementor.foundation.model import Rows
from implementor.projects.models import Project, ProjectDependency
from implementor.stories.models import Story, StoryFact
from implementor.stories.statuses import FINISHED, OVER
from implementor.waves.models import Commitment, Wave, WaveStory

MOST_WAVES = 24
"""Waves on a page that looks back."""
WORKED_ON = ("doing", "review", *FINISHED)


def finishes_of(*, project_id: int, since: datetime) -> Rows:
    """When stories were finished for good, as rows (story_id, at): one that was opened again counts when it stays."""
    later = aliased(StoryFact)
    opened_again = exists().where(
        later.story_id == StoryFact.story_id,
        later.kind == "status",
        or_(later.at > StoryFact.at, and_(later.at == StoryFact.at, later.id > StoryFact.id)),
        later.after.not_in(FINISHED),
    )
    return (
        select(StoryFact.story_id, StoryFact.at)
        .join(Story, Story.id == StoryFact.story_id)
        .where(
            StoryFact.project_id == project_id,
            StoryFact.kind == "status",
            StoryFact.at >= since,
            StoryFact.after.in_(FINISHED),
            or_(StoryFact.before.is_(None), StoryFact.before.not_in(FINISHED)),
            Story.archived_at.is_(None),
            ~opened_again,
        )
        .order_by(StoryFact.at, StoryFact.id)
    )


def beginning_of(*, project_id: int) -> Rows:
    """When a story of the project was worked on or finished for the first time, as one row; None before that."""
    return select(func.min(StoryFact.at)).where(
        StoryFact.project_id == project_id, StoryFact.kind == "status", StoryFact.after.in_(WORKED_ON)
    )


def scopes_of(*, project_id: int) -> Rows:
    """The waves of a project in their order, each with how many stories are still to be finished and how many are."""
    counted = and_(Story.archived_at.is_(None), Story.status != "dropped")
    return (
        select(
            Wave.id,
            Wave.number,
            Wave.name,
            Wave.stage,
            Wave.ends_on,
            Wave.closed_at,
            func.count(Story.id).filter(Story.status.not_in(OVER)).label("left"),
            func.count(Story.id).filter(Story.status.in_(FINISHED)).label("finished"),
        )
        .outerjoin(WaveStory, WaveStory.wave_id == Wave.id)
        .outerjoin(Story, and_(Story.id == WaveStory.story_id, counted))
        .where(Wave.project_id == project_id, Wave.archived_at.is_(None))
        .group_by(Wave.id)
        .order_by(Wave.rank, Wave.id)
    )


def growths_of(*, project_id: int) -> Rows:
    """Closed waves with what they promised and what came in after their start: rows (number, promised, added)."""
    promised = (
        select(func.count()).where(Commitment.wave_id == Wave.id).correlate(Wave).scalar_subquery().label("promised")
    )
    known = exists().where(Commitment.wave_id == Wave.id, Commitment.story_id == StoryFact.story_id)
    added = (
        select(func.count(StoryFact.story_id.distinct()))
        .where(
            StoryFact.project_id == Wave.project_id,
            StoryFact.kind == "wave",
            StoryFact.after == cast(Wave.id, String),
            StoryFact.at > Wave.started_at,
            ~known,
        )
        .correlate(Wave)
        .scalar_subquery()
        .label("added")
    )
    return (
        select(Wave.number, promised, added)
        .where(Wave.project_id == project_id, Wave.started_at.is_not(None), Wave.closed_at.is_not(None))
        .order_by(Wave.closed_at)
    )


def finished_waves_of(*, project_id: int, since: datetime) -> Rows:
    """Waves that were started since then and closed, the latest first: rows (number, name, started_at, closed_at)."""
    return (
        select(Wave.number, Wave.name, Wave.started_at, Wave.closed_at)
        .where(
            Wave.project_id == project_id,
            Wave.archived_at.is_(None),
            Wave.started_at >= since,
            Wave.closed_at > Wave.started_at,
        )
        .order_by(Wave.closed_at.desc(), Wave.id.desc())
        .limit(MOST_WAVES)
    )


def awaited_by(*, project_id: int) -> Rows:
    """What a project still waits for from projects in use, the first that is needed first."""
    return (
        select(ProjectDependency.what, ProjectDependency.supplier_id, ProjectDependency.needed_on,
               ProjectDependency.promised_on)
        .join(Project, Project.id == ProjectDependency.supplier_id)
        .where(
            ProjectDependency.receiver_id == project_id,
            ProjectDependency.archived_at.is_(None),
            ProjectDependency.delivered_on.is_(None),
            Project.archived_at.is_(None),
        )
        .order_by(ProjectDependency.needed_on, ProjectDependency.id)
        .limit(MOST_WAVES)
    )  # fmt: skip


def open_stories_of(*, wave_id: int) -> Rows:
    """Stories of a wave still to be finished, in the order of the backlog: rows (id, number, title, status)."""
    return (
        select(Story.id, Story.number, Story.title, Story.status)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.archived_at.is_(None), Story.status.not_in(OVER))
        .order_by(Story.rank, Story.id)
    )


def stories_finished(*, project_id: int, story_ids: list[int]) -> Rows:
    """Those stories by number, as rows (number, title, status)."""
    return (
        select(Story.number, Story.title, Story.status)
        .where(Story.project_id == project_id, Story.id.in_(story_ids))
        .order_by(Story.number)
    )
