"""How the plan of a wave is read: who may come in, what is in, and what waits for what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, User
from implementor.foundation.fields import Scope
from implementor.foundation.filters import Filters
from implementor.foundation.model import Asked, Rows
from implementor.foundation.pages import SortKey
from implementor.foundation.statements import kept
from implementor.stages.models import Gate
from implementor.stories.catalogue import STORY
from implementor.stories.models import Criterion, Story, StoryDependency, StoryEffort, StoryFact
from implementor.stories.queries import is_criterion_met
from implementor.stories.statuses import OVER
from implementor.waves.models import Wave, WaveStory

BY_RANK = (SortKey(Story.rank), SortKey(Story.id))
"""The order of the backlog, as pages by key go through it."""
NAMED = 200
"""Profiles that are offered to choose from."""


def story_rows() -> Rows:
    """Stories as a plan shows them: rows (id, version, number, title, status, points, value, moscow, score, rank,
    owner_id, owner, area)."""
    return (
        select(
            Story.id, Story.version, Story.number, Story.title, Story.status, Story.points, Story.value, Story.moscow,
            Story.score, Story.rank, Story.owner_id, func.coalesce(User.name, Story.owner_text).label("owner"),
            Area.name.label("area"),
        )
        .outerjoin(User, User.id == Story.owner_id)
        .outerjoin(Area, Area.id == Story.area_id)
    )  # fmt: skip


def carried_rows(*, wave_id: int) -> Rows:
    """The stories of a wave in the order of the backlog, dropped ones left out."""
    return (
        story_rows()
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(WaveStory.wave_id == wave_id, Story.archived_at.is_(None), Story.status != "dropped")
        .order_by(Story.rank, Story.id)
    )


def candidates(scope: Scope, filters: Filters, *, profile: str = "") -> Rows:
    """Stories that are in no wave and not over, as far as a filter leaves them; unordered, for pages by `BY_RANK`.

    `profile` leaves those that need hours of it, whatever its capitals.
    """
    planned = select(WaveStory.story_id).where(WaveStory.project_id == scope.project_id)
    found = story_rows().where(
        Story.project_id == scope.project_id,
        Story.archived_at.is_(None),
        Story.status.not_in(OVER),
        Story.id.not_in(planned),
        filters.condition(STORY, scope),
    )
    return found.where(Story.id.in_(_needing(scope, profile))) if profile.strip() else found


def _needing(scope: Scope, profile: str) -> Select[int]:
    return select(StoryEffort.story_id).where(
        StoryEffort.project_id == scope.project_id,
        StoryEffort.archived_at.is_(None),
        func.lower(func.trim(StoryEffort.profile)) == profile.strip().lower(),
    )


def profiles_of(*, project_id: int) -> Rows:
    """The profiles that stories of a project need, as they are written."""
    return (
        select(func.min(StoryEffort.profile))
        .where(StoryEffort.project_id == project_id, StoryEffort.archived_at.is_(None))
        .group_by(func.lower(func.trim(StoryEffort.profile)))
        .order_by(func.lower(func.trim(StoryEffort.profile)))
        .limit(NAMED)
    )


def efforts_of_wave(*, wave_id: int) -> Rows:
    """Hours that the stories of a wave need: rows (profile, hours, stories)."""
    return (
        select(
            StoryEffort.profile,
            func.sum(StoryEffort.hours).label("hours"),
            func.count(StoryEffort.story_id.distinct()).label("stories"),
        )
        .join(Story, Story.id == StoryEffort.story_id)
        .join(WaveStory, WaveStory.story_id == Story.id)
        .where(
            WaveStory.wave_id == wave_id, StoryEffort.archived_at.is_(None), Story.archived_at.is_(None),
            Story.status != "dropped",
        )
        .group_by(StoryEffort.profile)
        .order_by(StoryEffort.profile)
    )  # fmt: skip


def criteria_of_wave(*, wave_id: int) -> Rows:
    """One row a story of a wave that has criteria before release: (story_id, total, met)."""
    met = is_criterion_met()
    return (
        select(Criterion.story_id, func.count().label("total"), func.count().filter(met).label("met"))
        .join(WaveStory, WaveStory.story_id == Criterion.story_id)
        .where(WaveStory.wave_id == wave_id, Criterion.archived_at.is_(None), Criterion.phase == "release")
        .group_by(Criterion.story_id)
    )


def links_touching(*, project_id: int, story_ids: Collection[int]) -> Asked:
    """Dependencies of which either story is one of these: rows with id, number, title, status and wave of both."""
    return _links_touching(), {"project_id": project_id, "ids": list(story_ids)}


@kept
def _links_touching() -> Rows:
    blocked, blocker = aliased(Story, name="blocked"), aliased(Story, name="blocker")
    ends = [(blocked, *_placed("blocked")), (blocker, *_placed("blocker"))]
    columns: list[Any] = []
    for prefix, (story, _link, wave) in zip(("blocked", "blocker"), ends, strict=True):
        columns += [getattr(story, name).label(f"{prefix}_{name}") for name in ("id", "number", "title", "status")]
        columns += [getattr(wave, name).label(f"{prefix}_wave_{name}") for name in ("id", "number", "name", "rank")]
    found = select(*columns).select_from(StoryDependency)
    for (story, link, wave), column in zip(ends, (StoryDependency.blocked_id, StoryDependency.blocker_id), strict=True):
        found = found.join(story, story.id == column)
        found = found.outerjoin(link, link.story_id == story.id).outerjoin(wave, wave.id == link.wave_id)
        found = found.where(story.archived_at.is_(None), story.status != "dropped")
    ids: Any = bindparam("ids", expanding=True)
    return found.where(
        StoryDependency.project_id == bindparam("project_id"),
        StoryDependency.kind == "blocks",
        or_(StoryDependency.blocked_id.in_(ids), StoryDependency.blocker_id.in_(ids)),
    ).order_by(blocked.number, blocker.number)


def _placed(name: str) -> tuple[Any, Any]:
    return aliased(WaveStory, name=f"{name}_place"), aliased(Wave, name=f"{name}_wave")


def gates_of_wave(*, project_id: int, wave_id: int) -> Rows:
    """The gates of a wave that have a day, as rows (title, review_on), the earliest first."""
    return (
        select(Gate.title, Gate.review_on)
        .where(Gate.project_id == project_id, Gate.wave_id == wave_id, Gate.review_on.is_not(None))
        .order_by(Gate.review_on, Gate.id)
    )


def moves_since(*, project_id: int, story_ids: Sequence[int]) -> Rows:
    """The latest time each of these stories changed its wave: rows (story_id, at, by_name)."""
    later = aliased(StoryFact)
    newer = select(later.id).where(
        later.story_id == StoryFact.story_id,
        later.kind == "wave",
        or_(later.at > StoryFact.at, and_(later.at == StoryFact.at, later.id > StoryFact.id)),
    )
    return (
        select(StoryFact.story_id, StoryFact.at, User.name.label("by_name"))
        .outerjoin(User, User.id == StoryFact.by_id)
        .where(
            StoryFact.project_id == project_id, StoryFact.story_id.in_(list(story_ids)), StoryFact.kind == "wave",
            ~newer.exists(),
        )
    )  # fmt: skip
