"""Keeping documents with the records: written after the same flush, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from implementor.foundation.events import listens_to
from implementor.history.events import RecordChanged
from implementor.search.services import forget_records, index_records
from implementor.search.sources import source_of

_PENDING = "search_pending"
Pending = dict[str, dict[int, tuple[Any, datetime, bool]]]
"""By kind and id: the record, when, and whether it was made by this flush."""


@listens_to(RecordChanged)
def note_change(session: Session, told: RecordChanged) -> None:
    """Remember a record whose text may differ; a card that only moved costs nothing."""
    source = source_of(told.kind)
    if source is None:
        return
    if told.verb == "removed":
        forget_records(session, told.kind, [told.record.id])
        return
    touched = {*told.before, *told.after}
    if told.verb == "created" or source.is_touched_by(touched):
        pending: Pending = session.info.setdefault(_PENDING, defaultdict(dict))
        pending[told.kind][told.record.id] = (told.record, told.at, told.verb == "created")


def write_pending(session: Session, _context: UOWTransaction) -> None:
    """Write what one flush changed, all records of a kind at once."""
    pending: Pending = session.info.pop(_PENDING, {})
    for kind, records in pending.items():
        at = next(iter(records.values()))[1]
        new = {record_id for record_id, (_record, _at, is_new) in records.items() if is_new}
        index_records(session, kind, [record for record, _at, _new in records.values()], at=at, new=new)


def forget_pending(session: Session, _ended: object) -> None:
    """What was taken back is not written."""
    session.info.pop(_PENDING, None)


if not event.contains(Session, "after_flush_postexec", write_pending):
    event.listen(Session, "after_flush_postexec", write_pending)
    event.listen(Session, "after_soft_rollback", forget_pending)
