"""Hearing what happens to records of the CRM, and letting rules follow before it is committed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from implementor.crm.automation.happening import add_many, add_moved, forget_rolled_back, note_states
from implementor.crm.automation.watching import follow_rules
from implementor.crm.records.kinds import crm_kinds
from implementor.exchange.events import RecordsWritten
from implementor.foundation.events import listens_to
from implementor.history.events import RecordsMoved


@listens_to(RecordsWritten)
def note_imported(session: Session, told: RecordsWritten) -> None:
    """What a file brought is passed over by all rules but those that ask for it."""
    if told.kind in crm_kinds:
        add_many(session, told.kind, told.ids, told.at)


@listens_to(RecordsMoved)
def note_moved(session: Session, told: RecordsMoved) -> None:
    """What the job of a release moves begins the same rules as what a release moves at once."""
    if told.kind in crm_kinds:
        add_moved(session, told.kind, told.ids, told.attribute, told.at)


LISTENERS: tuple[tuple[str, Any], ...] = (
    ("after_flush", note_states), ("before_commit", follow_rules), ("after_soft_rollback", forget_rolled_back),
)  # fmt: skip
for _name, _listener in LISTENERS:
    if not event.contains(Session, _name, _listener):
        event.listen(Session, _name, _listener)
