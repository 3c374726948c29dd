"""What gate checks read of a wave, each in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area
from implementor.foundation.model import Rows
from implementor.governance.models import Obstacle
from implementor.stories.models import AreaReview, Criterion, Story, StoryDependency, StoryObstacle, UserTest
from implementor.waves.models import Wave, WaveStory
from implementor.waves.queries import COUNTED, waves_of_project

__all__ = ["waves_of_project"]


def stories_to_check(*, wave_id: int | None) -> Rows:
    """Rows (number, title, status, points, value, criteria) of what the wave carries; `criteria` is how many."""
    counted = (
        select(func.count())
        .select_from(Criterion)
        .where(Criterion.story_id == Story.id, Criterion.archived_at.is_(None))
        .correlate(Story)
        .scalar_subquery()
    )
    return (
        select(Story.number, Story.title, Story.status, Story.points, Story.value, counted.label("criteria"))
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, COUNTED)
        .order_by(Story.rank, Story.id)
    )


def dependencies_of_wave(*, wave_id: int | None) -> Rows:
    """One row for each story that a story of the wave waits for: number, title and status of the one waited for,
    `blocked_number`, and where both are planned (`rank`, `wave_id`, `blocker_rank`, `blocker_wave_id`)."""
    blocker, blocked = Story, aliased(Story)
    link, blocker_wave, wave = aliased(WaveStory), aliased(Wave), aliased(Wave)
    return (
        select(
            blocker.number, blocker.title, blocker.status, blocked.number.label("blocked_number"), wave.rank,
            wave.id.label("wave_id"), blocker_wave.rank.label("blocker_rank"),
            blocker_wave.id.label("blocker_wave_id"),
        )
        .select_from(StoryDependency)
        .join(blocked, blocked.id == StoryDependency.blocked_id)
        .join(WaveStory, WaveStory.story_id == blocked.id)
        .join(wave, wave.id == WaveStory.wave_id)
        .join(blocker, blocker.id == StoryDependency.blocker_id)
        .outerjoin(link, link.story_id == blocker.id)
        .outerjoin(blocker_wave, blocker_wave.id == link.wave_id)
        .where(
            WaveStory.wave_id == wave_id, StoryDependency.kind == "blocks", blocked.archived_at.is_(None),
            blocked.status != "dropped", blocker.archived_at.is_(None), blocker.status != "dropped",
        )
        .order_by(blocked.rank, blocked.id, blocker.rank, blocker.id)
    )  # fmt: skip


def load_of_wave(*, wave_id: int | None) -> Rows:
    """One row (points, capacity_points): what the wave carries, and what it can carry."""
    carried = (
        select(func.coalesce(func.sum(Story.points), 0))
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, COUNTED)
        .scalar_subquery()
    )
    return select(carried.label("points"), Wave.capacity_points).where(Wave.id == wave_id)


def obstacles_to_check(*, wave_id: int | None, severities: Iterable[str]) -> Rows:
    """Rows (title, resolved_at) of obstacles of these severities that hold up stories of the wave, each once."""
    held = (
        select(StoryObstacle.obstacle_id)
        .join(WaveStory, WaveStory.story_id == StoryObstacle.story_id)
        .where(WaveStory.wave_id == wave_id)
    )
    return (
        select(Obstacle.title, Obstacle.resolved_at)
        .where(Obstacle.id.in_(held), Obstacle.archived_at.is_(None), Obstacle.severity.in_(list(severities)))
        .order_by(Obstacle.id)
    )


def reviews_of_wave(*, wave_id: int | None) -> Rows:
    """Rows (number, title, area, verdict) of the reviews asked for stories of the wave."""
    return (
        select(Story.number, Story.title, Area.name.label("area"), AreaReview.verdict)
        .join(AreaReview, AreaReview.story_id == Story.id)
        .join(Area, Area.id == AreaReview.area_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, COUNTED, AreaReview.archived_at.is_(None))
        .order_by(Story.rank, Story.id, AreaReview.id)
    )


def user_tests_of_wave(*, wave_id: int | None) -> Rows:
    """Rows (number, title, area, signed_at) of the user tests of the wave's stories."""
    return (
        select(Story.number, Story.title, Area.name.label("area"), UserTest.signed_at)
        .join(UserTest, UserTest.story_id == Story.id)
        .outerjoin(Area, Area.id == UserTest.area_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, COUNTED, UserTest.archived_at.is_(None))
        .order_by(Story.rank, Story.id, UserTest.id)
    )
