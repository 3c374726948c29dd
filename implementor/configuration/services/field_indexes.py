"""Asking for the index of a field of one's own to be built or dropped, so that it is there when it is useful."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from implementor.configuration.models import CustomField
from implementor.configuration.own_fields import INDEXED
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.jobs.services import enqueue

TASK = "configuration.settle_index"
NONE, BUILDING, READY = "none", "building", "ready"


def wants_index(row: CustomField) -> bool:
    """Whether lists are narrowed and ordered by the field."""
    return row.is_filterable and not row.is_archived and row.field_kind in INDEXED


def settle_index(session: Session, row: CustomField, *, by: Actor, at: datetime) -> None:
    """Let a job build the index that is missing, or drop one that is useless; until then all answers are right."""
    if wants_index(row) == (row.index_state in (BUILDING, READY)):
        return
    ask_for_index(session, row, by=by, at=at)


def ask_for_index(session: Session, row: CustomField, *, by: Actor, at: datetime) -> None:
    """Let a job see to it, whatever was done before."""
    note_index(session, row, BUILDING if wants_index(row) else NONE)
    title = say("Make %(field)s quick to filter and sort by", field=row.label)
    if not wants_index(row):
        title = say("Remove the index of %(field)s", field=row.label)
    enqueue(session, TASK, arguments={"key": row.key}, title=title, by=by, at=at)


def note_index(session: Session, row: CustomField, state: str) -> None:
    """Keep how far the index is; nobody did that, so it is no history and no new version."""
    noted = update(CustomField).where(CustomField.id == row.id).values(index_state=state)
    session.execute(noted, execution_options={"synchronize_session": False})
    session.expire(row, ["index_state"])
