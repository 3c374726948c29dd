"""How the facts of a wave are found: what it promised, what happened to every story that was ever in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CompoundSelect, or_, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.stories.models import Story, StoryFact
from implementor.waves.models import Commitment, Wave, WaveStory
from implementor.waves.scope_models import ScopeNote

MOST_CHANGES = 200


def commitments_of(*, wave_id: int) -> Rows:
    """What a wave promised at its start, and where each story is now (wave_id None: in no wave)."""
    return (
        select(Commitment.story_id, Commitment.points, Story.number, Story.title, WaveStory.wave_id, Story.status)
        .join(Story, Story.id == Commitment.story_id)
        .outerjoin(WaveStory, WaveStory.story_id == Commitment.story_id)
        .where(Commitment.wave_id == wave_id)
        .order_by(Story.number)
    )


def ever_in_wave(*, project_id: int, wave_id: int) -> Rows:
    """Ids of the stories that are or once were in a wave."""
    mark = str(wave_id)
    was = select(StoryFact.story_id).where(
        StoryFact.project_id == project_id,
        StoryFact.kind == "wave",
        or_(StoryFact.after == mark, StoryFact.before == mark),
    )
    return was.union(select(WaveStory.story_id).where(WaveStory.wave_id == wave_id)).subquery().select()


def facts_of_wave(*, project_id: int, wave_id: int) -> Rows:
    """Every fact of those stories that a burn-up reads, in the order of time."""
    return (
        select(StoryFact.story_id, StoryFact.kind, StoryFact.before, StoryFact.after, StoryFact.at)
        .join(Story, Story.id == StoryFact.story_id)
        .where(
            StoryFact.story_id.in_(ever_in_wave(project_id=project_id, wave_id=wave_id)),
            StoryFact.kind.in_(("wave", "status", "points")),
            Story.archived_at.is_(None),
        )
        .order_by(StoryFact.at, StoryFact.id)
    )


def present_of_wave(*, project_id: int, wave_id: int) -> Rows:
    """Those stories as they are now."""
    return (
        select(Story.id, Story.number, Story.title, Story.status, Story.points, WaveStory.wave_id)
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .where(Story.id.in_(ever_in_wave(project_id=project_id, wave_id=wave_id)), Story.archived_at.is_(None))
        .order_by(Story.number)
    )


def changes_since_start(wave: Wave) -> Rows:
    """Rows of facts of a wave between its start and its closing, the latest first, with points as they were then."""
    then = aliased(StoryFact)
    points = (
        select(then.after)
        .where(then.story_id == StoryFact.story_id, then.kind == "points", then.at <= StoryFact.at)
        .order_by(then.at.desc(), then.id.desc())
        .limit(1)
        .correlate(StoryFact)
        .scalar_subquery()
    )
    here = str(wave.id)
    moved = (StoryFact.kind == "wave") & or_(StoryFact.after == here, StoryFact.before == here)
    estimated = (StoryFact.kind == "points") & StoryFact.story_id.in_(_carried(wave))
    found = (
        select(
            StoryFact.id, StoryFact.kind, StoryFact.before, StoryFact.after, StoryFact.at, Story.number, Story.title,
            User.name.label("who"), points.label("points"), ScopeNote.reason,
        )
        .join(Story, Story.id == StoryFact.story_id)
        .outerjoin(User, User.id == StoryFact.by_id)
        .outerjoin(ScopeNote, ScopeNote.fact_id == StoryFact.id)
        .where(StoryFact.project_id == wave.project_id, StoryFact.at > wave.started_at, or_(moved, estimated))
        .order_by(StoryFact.at.desc(), StoryFact.id.desc())
        .limit(MOST_CHANGES)
    )  # fmt: skip
    return found if wave.closed_at is None else found.where(StoryFact.at < wave.closed_at)


def _carried(wave: Wave) -> CompoundSelect[Any]:
    """Ids of stories that the wave promised or carries."""
    promised = select(Commitment.story_id).where(Commitment.wave_id == wave.id)
    return promised.union(select(WaveStory.story_id).where(WaveStory.wave_id == wave.id))
