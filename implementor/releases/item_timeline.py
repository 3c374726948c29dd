"""What was done to the settings of a story, as entries of the story's own history."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from implementor.history.models import Change
from implementor.history.services import may_undo
from implementor.history.timeline import Asked, Entry
from implementor.history.wording import sentence_of
from implementor.releases.item_models import ConfigItem


def setting_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source of entries for stories; one statement, none for other records."""
    if asked.record.kind != "story":
        return []
    of_story = select(ConfigItem.id).where(
        ConfigItem.project_id == asked.scope.project_id, ConfigItem.story_id == asked.record.id
    )
    about = (Change.record_kind == ConfigItem.__record_kind__, Change.record_id.in_(of_story))
    latest = select(Change.action_id).where(*about)
    if asked.before is not None:
        latest = latest.where(Change.at < asked.before)
    newest_first = (func.max(Change.at).desc(), Change.action_id.desc())
    latest = latest.group_by(Change.action_id).order_by(*newest_first).limit(asked.limit)
    found = session.scalars(
        select(Change)
        .where(*about, Change.action_id.in_(latest.scalar_subquery()))
        .options(joinedload(Change.action))
        .order_by(Change.action_id, Change.id)
    )
    return [_entry(list(changes), asked) for _action, changes in groupby(found, key=lambda one: one.action_id)]


def _entry(changes: list[Change], asked: Asked) -> Entry:
    action = changes[0].action
    return Entry(
        at=action.at,
        key=f"setting-{action.id}",
        who=action.actor_name,
        text=sentence_of(action),
        icon="undo" if action.undoes_id is not None else "settings",
        undo_action_id=action.id if may_undo(action, by=asked.scope.actor, at=asked.now) else None,
    )
