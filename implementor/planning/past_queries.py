"""How the past of a plan is found: what was touched since a moment, what it was, and the moments that have names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, union

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.history.models import Change
from implementor.planning.past import FACTS
from implementor.planning.snapshot_models import PlanSnapshot
from implementor.stories.models import Story, StoryFact
from implementor.waves.models import Wave, WaveStory

MOST_TOLD = 2000
MOST_SNAPSHOTS = 100


def touched_since(*, project_id: int, at: datetime) -> Rows:
    """Stories that anything happened to since, as they are now: rows for `past.differences`, `number` beside."""
    facts = select(StoryFact.story_id).where(
        StoryFact.project_id == project_id, StoryFact.at > at, StoryFact.kind.in_(FACTS)
    )
    changes = select(Change.record_id).where(
        Change.project_id == project_id, Change.record_kind == "story", Change.at > at
    )
    new = select(Story.id).where(Story.project_id == project_id, Story.created_at > at)
    touched = union(facts, changes, new).subquery()
    return (
        select(
            Story.id, Story.number, Story.title, Story.status, Story.points, Story.rank, Story.value, Story.moscow,
            Story.urgency, Story.risk_reduction, Story.created_at, Story.archived_at, WaveStory.wave_id.label("wave"),
        )
        .outerjoin(WaveStory, WaveStory.story_id == Story.id)
        .where(Story.project_id == project_id, Story.id.in_(select(touched.c[0])))
        .order_by(Story.rank, Story.id)
        .limit(MOST_TOLD)
    )  # fmt: skip


def facts_since(*, project_id: int, at: datetime) -> Rows:
    """What facts say of the time since: rows (story_id, kind, before), the earliest first."""
    return (
        select(StoryFact.story_id, StoryFact.kind, StoryFact.before)
        .where(StoryFact.project_id == project_id, StoryFact.at > at, StoryFact.kind.in_(FACTS))
        .order_by(StoryFact.at, StoryFact.id)
    )


def changes_since(*, project_id: int, at: datetime) -> Rows:
    """What the history of stories says of the time since: rows (record_id, before), the earliest first."""
    return (
        select(Change.record_id, Change.before)
        .where(Change.project_id == project_id, Change.record_kind == "story", Change.at > at, Change.verb == "changed")
        .order_by(Change.id)
    )


def names_of_waves(*, project_id: int) -> Rows:
    """Rows (id, name) of every wave, put away or not."""
    return select(Wave.id, Wave.name).where(Wave.project_id == project_id)


def snapshots_of(*, project_id: int) -> Rows:
    """The named moments, the latest first: rows (id, name, at, by_name)."""
    return (
        select(PlanSnapshot.id, PlanSnapshot.name, PlanSnapshot.at, User.name.label("by_name"))
        .outerjoin(User, User.id == PlanSnapshot.by_id)
        .where(PlanSnapshot.project_id == project_id)
        .order_by(PlanSnapshot.at.desc(), PlanSnapshot.id.desc())
        .limit(MOST_SNAPSHOTS)
    )


def snapshot_of(*, project_id: int, snapshot_id: int) -> Select[PlanSnapshot]:
    """One named moment."""
    return select(PlanSnapshot).where(PlanSnapshot.project_id == project_id, PlanSnapshot.id == snapshot_id)


def snapshot_named(*, project_id: int, name_key: str) -> Select[PlanSnapshot]:
    """The moment of that name."""
    return select(PlanSnapshot).where(PlanSnapshot.project_id == project_id, PlanSnapshot.name_key == name_key)
