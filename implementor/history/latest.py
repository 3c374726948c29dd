"""The latest changes of some records, such as settings, as a timeline that can be taken back step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.history import queries
from implementor.history.services import may_undo
from implementor.history.timeline import Entry, Timeline
from implementor.history.wording import sentence_of

SHOWN = 12


def latest_changes(session: Session, records: Mapping[str, Iterable[int]], *, by: Actor, at: datetime) -> Timeline:
    """What was last done to these records (kind -> ids) together, newest first."""
    actions = session.scalars(queries.latest_actions_on(records, limit=SHOWN)).all()
    entries = [
        Entry(
            at=action.at,
            key=f"action-{action.id}",
            who=action.actor_name,
            text=sentence_of(action),
            icon="undo" if action.undoes_id is not None else "edit",
            undo_action_id=action.id if may_undo(action, by=by, at=at) else None,
        )
        for action in actions
    ]
    return Timeline(entries, None)
