"""How the cards of a board are found: typed rows in one statement, because two hundred of them must be quick."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, case, func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.model import Asked, BigId, Rows
from implementor.foundation.statements import kept
from implementor.governance.models import Obstacle
from implementor.history.models import Change
from implementor.stories.models import Criterion, Story, StoryDependency, StoryObstacle
from implementor.stories.queries import is_criterion_met
from implementor.stories.statuses import OVER
from implementor.waves.models import LimitBreach, WaveStory

WAVE = bindparam("wave_id", type_=BigId)
PROJECT = bindparam("project_id", type_=BigId)


def cards_of_wave(*, project_id: int, wave_id: int) -> Asked:
    """Everything the cards of a board show, one row a card, in one statement; counts are grouped within the wave."""
    return _cards(), {"project_id": project_id, "wave_id": wave_id}


@kept
def _cards() -> Rows:
    criteria, obstacles, blockers = _criteria(), _obstacles(), _blockers()
    return (
        select(
            Story.id,
            Story.version,
            Story.number,
            Story.title,
            Story.status,
            Story.points,
            Story.owner_id,
            Story.area_id,
            func.coalesce(User.name, Story.owner_text).label("owner"),
            Area.name.label("area"),
            criteria.c.total.label("criteria"),
            criteria.c.met.label("criteria_met"),
            obstacles.c.total.label("obstacles"),
            blockers.c.total.label("blockers"),
        )
        .join(WaveStory, and_(WaveStory.story_id == Story.id, WaveStory.wave_id == WAVE))
        .outerjoin(User, User.id == Story.owner_id)
        .outerjoin(Area, Area.id == Story.area_id)
        .outerjoin(criteria, criteria.c.story_id == Story.id)
        .outerjoin(obstacles, obstacles.c.story_id == Story.id)
        .outerjoin(blockers, blockers.c.story_id == Story.id)
        .where(WaveStory.project_id == PROJECT, Story.archived_at.is_(None))
        .order_by(Story.status_order, Story.rank, Story.id)
    )


def _criteria() -> Any:
    return (
        select(Criterion.story_id, func.count().label("total"), func.count(case((is_criterion_met(), 1))).label("met"))
        .join(WaveStory, WaveStory.story_id == Criterion.story_id)
        .where(*_in_wave(Criterion), Criterion.archived_at.is_(None), Criterion.phase == "release")
        .group_by(Criterion.story_id)
        .subquery("criteria")
    )


def _obstacles() -> Any:
    return (
        select(StoryObstacle.story_id, func.count().label("total"))
        .join(WaveStory, WaveStory.story_id == StoryObstacle.story_id)
        .join(Obstacle, Obstacle.id == StoryObstacle.obstacle_id)
        .where(*_in_wave(StoryObstacle), Obstacle.resolved_at.is_(None), Obstacle.archived_at.is_(None))
        .group_by(StoryObstacle.story_id)
        .subquery("obstacles")
    )


def _blockers() -> Any:
    blocker = aliased(Story, name="blocker")
    return (
        select(StoryDependency.blocked_id.label("story_id"), func.count().label("total"))
        .join(WaveStory, WaveStory.story_id == StoryDependency.blocked_id)
        .join(blocker, blocker.id == StoryDependency.blocker_id)
        .where(
            *_in_wave(StoryDependency),
            StoryDependency.kind == "blocks",
            blocker.status.not_in(OVER),
            blocker.archived_at.is_(None),
        )
        .group_by(StoryDependency.blocked_id)
        .subquery("blockers")
    )


def _in_wave(part: Any) -> tuple[Any, ...]:
    # the project on both sides, because the indexes of a wave's stories and of what belongs to stories begin with it:
    # without it SQLite once went through all stories of the project for each card
    return WaveStory.project_id == PROJECT, WaveStory.wave_id == WAVE, part.project_id == PROJECT


def open_breaches(*, project_id: int, wave_id: int) -> Asked:
    """Limits that are passed now: status, since when, by whom."""
    return _open_breaches(), {"project_id": project_id, "wave_id": wave_id}


@kept
def _open_breaches() -> Rows:
    return (
        select(LimitBreach.status, LimitBreach.at, User.name.label("by_name"))
        .outerjoin(User, User.id == LimitBreach.by_id)
        .where(LimitBreach.project_id == PROJECT, LimitBreach.wave_id == WAVE, LimitBreach.ended_at.is_(None))
        .order_by(LimitBreach.id)
    )


def version_of_board(*, project_id: int) -> Asked:
    """What changes whenever anything of the project's stories does: one row (the newest change, the newest moment)."""
    return _version_of_board(), {"project_id": project_id}


@kept
def _version_of_board() -> Rows:
    change = select(func.max(Change.id)).where(Change.project_id == PROJECT).scalar_subquery()
    # imports write no change for each row, but every row has its moment
    moment = (
        select(func.max(Story.updated_at))
        .where(Story.project_id == PROJECT, Story.archived_at.is_(None))
        .scalar_subquery()
    )
    return select(change.label("change"), moment.label("moment"))
