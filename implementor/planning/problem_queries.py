"""What a plan is chosen from, as rows: waves that are still planned, stories that may come in, and what they need."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.jobs.models import RUNNING, WAITING, Job
from implementor.planning.suggestion_models import Suggestion
from implementor.stories.models import Story, StoryDependency, StoryEffort
from implementor.stories.statuses import OVER
from implementor.waves.models import Wave, WaveStory


def planned_waves(*, project_id: int) -> Select[Wave]:
    """Waves that have not started, in their order."""
    return (
        select(Wave)
        .where(Wave.project_id == project_id, Wave.archived_at.is_(None), Wave.started_at.is_(None),
               Wave.closed_at.is_(None))
        .order_by(Wave.rank, Wave.id)
    )  # fmt: skip


def _may_come(project_id: int, wave_ids: Collection[int]) -> ColumnElement[bool]:
    """Stories of the backlog and of these waves; needs WaveStory joined."""
    return and_(
        Story.project_id == project_id,
        Story.archived_at.is_(None),
        Story.status.not_in(OVER),
        or_(WaveStory.id.is_(None), WaveStory.wave_id.in_(list(wave_ids))),
    )


def stories_to_choose(*, project_id: int, wave_ids: Collection[int]) -> Rows:
    """Stories of the backlog and of these waves by rank, with the wave they are in."""
    return (
        select(
            Story.id, Story.number, Story.title, Story.value, Story.points, Story.moscow, Story.status, Story.owner_id,
            User.name.label("owner"), WaveStory.wave_id,
        )
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .outerjoin(User, User.id == Story.owner_id)
        .where(_may_come(project_id, wave_ids))
        .order_by(Story.rank, Story.id)
    )  # fmt: skip


def hours_to_choose(*, project_id: int, wave_ids: Collection[int]) -> Rows:
    """Hours by profile of the same stories: rows (story_id, profile, hours)."""
    return (
        select(StoryEffort.story_id, StoryEffort.profile, StoryEffort.hours)
        .join(Story, Story.id == StoryEffort.story_id)
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .where(StoryEffort.archived_at.is_(None), _may_come(project_id, wave_ids))
        .order_by(StoryEffort.story_id, StoryEffort.id)
    )


def needs_to_choose(*, project_id: int, wave_ids: Collection[int]) -> Rows:
    """What the same stories wait for and is not over: (blocked_id, blocker_id, number) and its wave (wave_id, rank,
    is_started)."""
    blocker, place, wave = aliased(Story), aliased(WaveStory), aliased(Wave)
    return (
        select(
            StoryDependency.blocked_id, StoryDependency.blocker_id, blocker.number, wave.id.label("wave_id"), wave.rank,
            wave.started_at.is_not(None).label("is_started"),
        )
        .select_from(StoryDependency)
        .join(Story, Story.id == StoryDependency.blocked_id)
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .join(blocker, blocker.id == StoryDependency.blocker_id)
        .outerjoin(place, place.story_id == blocker.id)
        .outerjoin(wave, wave.id == place.wave_id)
        .where(
            StoryDependency.kind == "blocks", blocker.archived_at.is_(None), blocker.status.not_in(OVER),
            _may_come(project_id, wave_ids),
        )
        .order_by(StoryDependency.blocked_id, StoryDependency.blocker_id)
    )  # fmt: skip


def latest_suggestion(*, wave_id: int) -> Rows:
    """The last exact answer for a wave with the name of who asked: (Suggestion, asked_by); scenarios have their own."""
    later = aliased(Suggestion)
    newer = exists().where(later.wave_id == wave_id, later.scenario_id.is_(None), later.id > Suggestion.id)
    return (
        select(Suggestion, User.name.label("asked_by"))
        .outerjoin(User, User.id == Suggestion.asked_by_id)
        .where(Suggestion.wave_id == wave_id, Suggestion.scenario_id.is_(None), ~newer)
    )


def suggestions_of_scenarios(*, scenario_ids: Collection[int]) -> Select[Suggestion]:
    """The last exact answer for each of these scenarios."""
    later = aliased(Suggestion)
    newer = exists().where(later.scenario_id == Suggestion.scenario_id, later.id > Suggestion.id)
    return select(Suggestion).where(Suggestion.scenario_id.in_(list(scenario_ids)), ~newer)


def jobs_under_way(*, project_id: int, kind: str) -> Select[Job]:
    """Jobs of a kind that wait or run for a project, the latest first."""
    states: tuple[Any, ...] = (WAITING, RUNNING)
    found = select(Job).where(Job.kind == kind, Job.project_id == project_id, Job.state.in_(states))
    return found.order_by(Job.id.desc()).limit(20)
