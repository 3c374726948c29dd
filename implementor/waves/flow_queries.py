"""How the facts of flow are found: where stories stand, what moved, whole lives, what waves kept, what was held up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, union

from implementor.foundation.model import Column, Rows
from implementor.governance.models import Obstacle
from implementor.stories.models import Story, StoryFact, StoryObstacle
from implementor.stories.statuses import FINISHED
from implementor.waves.flow import UNDER_WAY
from implementor.waves.models import Commitment, Wave, WaveStory


def standing_of(*, project_id: int) -> Rows:
    """How many stories of a project stand in each status now: rows (status, count)."""
    return (
        select(Story.status, func.count())
        .where(Story.project_id == project_id, Story.archived_at.is_(None))
        .group_by(Story.status)
    )


def moves_since(*, project_id: int, since: datetime, limit: int) -> Rows:
    """Changes of status since a moment, the latest first: rows (story_id, before, after, at)."""
    return (
        select(StoryFact.story_id, StoryFact.before, StoryFact.after, StoryFact.at)
        .join(Story, Story.id == StoryFact.story_id)
        .where(
            StoryFact.project_id == project_id,
            StoryFact.kind == "status",
            StoryFact.at >= since,
            Story.archived_at.is_(None),
        )
        .order_by(StoryFact.at.desc(), StoryFact.id.desc())
        .limit(limit)
    )


def lives_since(*, project_id: int, since: datetime, limit: int) -> Rows:
    """Every change of status of stories that were finished since a moment or are under way, in the order of time."""
    finished = select(StoryFact.story_id).where(
        StoryFact.project_id == project_id,
        StoryFact.kind == "status",
        StoryFact.after.in_(FINISHED),
        StoryFact.at >= since,
    )
    under_way = select(Story.id).where(Story.project_id == project_id, Story.status.in_(UNDER_WAY))
    return (
        select(StoryFact.story_id, StoryFact.before, StoryFact.after, StoryFact.at, Story.number, Story.title)
        .join(Story, Story.id == StoryFact.story_id)
        .where(
            StoryFact.story_id.in_(union(finished, under_way).subquery().select()),
            StoryFact.kind == "status",
            Story.archived_at.is_(None),
        )
        .order_by(StoryFact.at, StoryFact.id)
        .limit(limit)
    )


def kept_by_waves(*, project_id: int) -> Rows:
    """Closed waves and each story that they promised or ended with: rows (number, name, closed_at, story_id, points,
    promised_points, is_promised, status at the closing)."""
    carried = union(
        select(Commitment.wave_id, Commitment.story_id), select(WaveStory.wave_id, WaveStory.story_id)
    ).subquery("carried")
    return (
        select(
            Wave.number,
            Wave.name,
            Wave.closed_at,
            Story.id.label("story_id"),
            Story.points,
            Commitment.points.label("promised_points"),
            Commitment.story_id.is_not(None).label("is_promised"),
            _status_at_closing().label("status"),
        )
        .join(carried, carried.c.wave_id == Wave.id)
        .join(Story, Story.id == carried.c.story_id)
        .outerjoin(Commitment, (Commitment.wave_id == Wave.id) & (Commitment.story_id == Story.id))
        .where(Wave.project_id == project_id, Wave.closed_at.is_not(None), Story.archived_at.is_(None))
        .order_by(Wave.closed_at, Story.number)
    )


def _status_at_closing() -> Column:
    return (
        select(StoryFact.after)
        .where(StoryFact.story_id == Story.id, StoryFact.kind == "status", StoryFact.at <= Wave.closed_at)
        .order_by(StoryFact.at.desc(), StoryFact.id.desc())
        .limit(1)
        .correlate(Story, Wave)
        .scalar_subquery()
    )


def held_up_since(*, project_id: int, since: datetime) -> Rows:
    """Obstacles that lasted after a moment with the number of stories each held up, the oldest first."""
    return (
        select(
            Obstacle.id,
            Obstacle.number,
            Obstacle.title,
            Obstacle.kind,
            Obstacle.opened_at,
            Obstacle.resolved_at,
            func.count(StoryObstacle.story_id).label("stories"),
        )
        .outerjoin(StoryObstacle, StoryObstacle.obstacle_id == Obstacle.id)
        .where(
            Obstacle.project_id == project_id,
            Obstacle.archived_at.is_(None),
            or_(Obstacle.resolved_at.is_(None), Obstacle.resolved_at >= since),
        )
        .group_by(Obstacle.id)
        .order_by(Obstacle.opened_at)
    )
