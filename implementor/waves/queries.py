"""How waves, the stories in them and what stands in their way are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.asking import MOST_ASKED
from implementor.foundation.fields import Scope
from implementor.foundation.model import Asked, Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.statements import at_most
from implementor.foundation.text import folded, whole_number
from implementor.governance.models import Obstacle
from implementor.projects.models import Project
from implementor.projects.queries import projects_visible_to
from implementor.stories.models import (
    Milestone,
    Story,
    StoryMilestone,
    StoryObstacle,
)
from implementor.stories.statuses import FINISHED, OVER
from implementor.waves.models import Wave, WaveMilestone, WaveStory

CREDITED = FINISHED
"""Statuses whose stories count as validated, going live included."""
COUNTED = and_(Story.archived_at.is_(None), Story.status != "dropped")
"""Stories that are part of what a wave carries."""


def waves_in_scope(scope: Scope) -> Select[Any]:
    """The waves of a project that are in use."""
    return select(Wave).where(Wave.project_id == scope.project_id, Wave.archived_at.is_(None))


def wave_in_scope(scope: Scope, wave_id: int) -> Select[Any]:
    """One wave of a project by its id, put away or not."""
    return select(Wave).where(Wave.project_id == scope.project_id, Wave.id == wave_id)


def waves_of_project(*, project_id: int) -> Select[Wave]:
    """The waves of a project that are in use, in their order."""
    return select(Wave).where(Wave.project_id == project_id, Wave.archived_at.is_(None)).order_by(Wave.rank, Wave.id)


def wave_by_number(*, project_id: int, number: int) -> Select[Wave]:
    """One wave by the number people know."""
    return select(Wave).where(Wave.project_id == project_id, Wave.number == number)


def wave_by_id(*, project_id: int, wave_id: int) -> Select[Wave]:
    """One wave of a project by its id."""
    return select(Wave).where(Wave.project_id == project_id, Wave.id == wave_id)


def open_waves(*, project_id: int) -> Rows:
    """Waves that stories can be put into, as rows (id, number, name), in their order."""
    return (
        select(Wave.id, Wave.number, Wave.name)
        .where(Wave.project_id == project_id, Wave.archived_at.is_(None), Wave.closed_at.is_(None))
        .order_by(Wave.rank, Wave.id)
    )


def last_rank(*, project_id: int) -> Rows:
    """The highest place in the order of waves, those put away included."""
    return select(func.max(Wave.rank)).where(Wave.project_id == project_id)


def rank_beside(*, project_id: int, rank: str, later: bool) -> Rows:
    """The place next to another one in the order of waves, on either side."""
    side = Wave.rank > rank if later else Wave.rank < rank
    nearest = func.min(Wave.rank) if later else func.max(Wave.rank)
    return select(nearest).where(Wave.project_id == project_id, side)


def visible_waves(actor: Actor, ids: Iterable[int]) -> Rows:
    """Name, project and number of the waves this actor may see."""
    seen = projects_visible_to(actor).with_only_columns(Project.id)
    return (
        select(Wave.id, Wave.name.label("title"), Project.key.label("project_key"), Wave.number)
        .join(Project, Project.id == Wave.project_id)
        .where(Wave.id.in_(list(ids)), Wave.project_id.in_(seen))
    )


def loads_of_project(*, project_id: int) -> Rows:
    """One row for each wave that has stories: how many and how many points, in all and validated."""
    credited = Story.status.in_(CREDITED)
    return (
        select(
            WaveStory.wave_id,
            func.count().label("stories"),
            func.count(case((credited, 1))).label("stories_validated"),
            func.coalesce(func.sum(Story.points), 0).label("points"),
            func.coalesce(func.sum(case((credited, Story.points))), 0).label("points_validated"),
        )
        .join(Story, Story.id == WaveStory.story_id)
        .where(WaveStory.project_id == project_id, COUNTED)
        .group_by(WaveStory.wave_id)
    )


def links_of_stories(*, project_id: int, story_ids: Collection[int]) -> Select[WaveStory]:
    """Where these stories are planned."""
    return select(WaveStory).where(WaveStory.project_id == project_id, WaveStory.story_id.in_(list(story_ids)))


def wave_of_story(*, story_id: int) -> Rows:
    """The wave a story is in, as a row (id, number, name, stage, starts_on, ends_on, link_id)."""
    return (
        select(Wave.id, Wave.number, Wave.name, Wave.stage, Wave.starts_on, Wave.ends_on, WaveStory.id.label("link_id"))
        .join(WaveStory, WaveStory.wave_id == Wave.id)
        .where(WaveStory.story_id == story_id)
    )


def waves_about_story(*, project_id: int, story_id: int) -> Asked:
    """The wave a story is in (the row with a `link_id`) and every wave it can be put into, in their order.

    Rows (id, number, name, stage, is_open, link_id).
    """
    return _waves_about_story(), {"project_id": project_id, "story_id": story_id}


@cache
def _waves_about_story() -> Rows:
    project_id: Any = bindparam("project_id")
    story_id: Any = bindparam("story_id")
    is_open = Wave.archived_at.is_(None) & Wave.closed_at.is_(None)
    link = and_(WaveStory.project_id == Wave.project_id, WaveStory.wave_id == Wave.id, WaveStory.story_id == story_id)
    return (
        select(Wave.id, Wave.number, Wave.name, Wave.stage, is_open.label("is_open"), WaveStory.id.label("link_id"))
        .outerjoin(WaveStory, link)
        .where(Wave.project_id == project_id, is_open | WaveStory.id.is_not(None))
        .order_by(Wave.rank, Wave.id)
        .limit(at_most(MOST_ASKED))
    )


def stories_by_ids(*, project_id: int, ids: Collection[int]) -> Select[Story]:
    """Stories of a project to work on, in the order of the backlog."""
    return select(Story).where(Story.project_id == project_id, Story.id.in_(list(ids))).order_by(Story.rank, Story.id)


def stories_in_wave(*, wave_id: int) -> Select[Story]:
    """The stories of a wave to work on, in the order of the backlog."""
    return (
        select(Story)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.archived_at.is_(None))
        .order_by(Story.rank, Story.id)
    )


def story_in_wave(*, wave_id: int, number: int) -> Select[Story]:
    """One story of a wave by the number people know."""
    return (
        select(Story)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.number == number, Story.archived_at.is_(None))
    )


def rows_of_wave(*, wave_id: int) -> Rows:
    """The stories of a wave to read: id, version, number, title, status, points, value, owner and area."""
    return (
        _story_rows()
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.archived_at.is_(None))
        .order_by(Story.status_order, Story.rank, Story.id)
    )


def backlog_rows(*, project_id: int, words: str = "", limit: int = 100) -> Rows:
    """Stories that are in no wave and not over, by rank; those whose titles have every word."""
    planned = select(WaveStory.story_id).where(WaveStory.project_id == project_id)
    named: list[ColumnElement[bool]] = [
        Story.title_key.contains(word, autoescape=True) for word in folded(words).split()
    ]
    number = whole_number(words.strip().rpartition("-")[2])
    found = and_(True, *named)
    if number is not None:
        found = or_(found, Story.number == number)
    return (
        _story_rows()
        .where(
            Story.project_id == project_id,
            Story.archived_at.is_(None),
            Story.status.not_in(OVER),
            Story.id.not_in(planned),
            *([found] if words.strip() else []),
        )
        .order_by(Story.rank, Story.id)
        .limit(limit)
    )


def _story_rows() -> Rows:
    return (
        select(
            Story.id,
            Story.version,
            Story.number,
            Story.title,
            Story.status,
            Story.points,
            Story.value,
            Story.moscow,
            func.coalesce(User.name, Story.owner_text).label("owner"),
            Area.name.label("area"),
        )
        .outerjoin(User, User.id == Story.owner_id)
        .outerjoin(Area, Area.id == Story.area_id)
    )


def obstacles_of_wave(*, wave_id: int) -> Rows:
    """Obstacles that hold up stories of a wave: the open ones first, each with how many it holds up here."""
    opened, owner, released = aliased(User), aliased(User), aliased(User)
    return (
        select(
            Obstacle.id,
            Obstacle.number,
            Obstacle.title,
            Obstacle.kind,
            Obstacle.severity,
            Obstacle.opened_at,
            Obstacle.resolved_at,
            opened.name.label("opened_by"),
            owner.name.label("owner"),
            released.name.label("resolved_by"),
            func.count().label("stories"),
        )
        .join(StoryObstacle, StoryObstacle.obstacle_id == Obstacle.id)
        .join(WaveStory, WaveStory.story_id == StoryObstacle.story_id)
        .outerjoin(opened, opened.id == Obstacle.opened_by_id)
        .outerjoin(owner, owner.id == Obstacle.owner_id)
        .outerjoin(released, released.id == Obstacle.resolved_by_id)
        .where(WaveStory.wave_id == wave_id, Obstacle.archived_at.is_(None))
        .group_by(Obstacle.id, opened.name, owner.name, released.name)
        .order_by(Obstacle.resolved_at.is_not(None), Obstacle.id.desc())
    )


def milestones_of_wave(*, project_id: int, wave_id: int) -> Rows:
    """Milestones that a wave waits for itself (`link_id`) or through its stories (`stories`, how many)."""
    waiting = (
        select(StoryMilestone.milestone_id, func.count().label("stories"))
        .join(WaveStory, WaveStory.story_id == StoryMilestone.story_id)
        .where(WaveStory.wave_id == wave_id)
        .group_by(StoryMilestone.milestone_id)
        .subquery()
    )
    own = and_(WaveMilestone.milestone_id == Milestone.id, WaveMilestone.wave_id == wave_id)
    return (
        select(Milestone, WaveMilestone.id.label("link_id"), waiting.c.stories)
        .outerjoin(WaveMilestone, own)
        .outerjoin(waiting, waiting.c.milestone_id == Milestone.id)
        .where(
            Milestone.project_id == project_id,
            Milestone.archived_at.is_(None),
            or_(WaveMilestone.id.is_not(None), waiting.c.stories > 0),
        )
        .order_by(Milestone.promised_on, Milestone.id)
    )


def milestone_link(*, wave_id: int, milestone_id: int) -> Select[WaveMilestone]:
    """That a wave waits for a milestone."""
    return select(WaveMilestone).where(WaveMilestone.wave_id == wave_id, WaveMilestone.milestone_id == milestone_id)


def open_milestones(*, project_id: int, limit: int = 30) -> Select[Milestone]:
    """Milestones of a project that are not reached, the next promised first."""
    return (
        select(Milestone)
        .where(Milestone.project_id == project_id, Milestone.archived_at.is_(None), Milestone.reached_on.is_(None))
        .order_by(Milestone.promised_on.is_(None), Milestone.promised_on, Milestone.id)
        .limit(limit)
    )


def milestones_offered(*, project_id: int) -> Rows:
    """Milestones of a project to wait for, as rows (id, title)."""
    return (
        select(Milestone.id, Milestone.title)
        .where(Milestone.project_id == project_id, Milestone.archived_at.is_(None), Milestone.reached_on.is_(None))
        .order_by(Milestone.promised_on, Milestone.id)
    )
