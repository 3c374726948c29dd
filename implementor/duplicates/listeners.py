"""Keeping keys with the records: written after the same flush, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from implementor.duplicates.holding import holds_keys
from implementor.duplicates.match_keys import refresh_keys
from implementor.duplicates.proposing import propose_for
from implementor.duplicates.sameness import Source, samenesses, told_by
from implementor.exchange.events import RecordsWritten
from implementor.foundation.events import listens_to
from implementor.history.events import RecordChanged
from implementor.history.note import note_of

_PENDING = "duplicates_pending"
ENTERED_AT_ONCE = 20
"""More are an import, which asks for matches itself before it writes."""
STANDING = frozenset({"archived_at", "merged_into_id"})
Pending = dict[str, set[int]]


@listens_to(RecordChanged)
def note_change(session: Session, told: RecordChanged) -> None:
    """Remember the records whose keys may differ; what tells nobody apart costs nothing."""
    for declared, source, attribute in told_by(told.kind):
        if told.verb == "changed" and watched(source).isdisjoint({*told.before, *told.after}):
            continue
        pending: Pending = session.info.setdefault(_PENDING, defaultdict(set))
        pending[declared.kind].update(_concerned(told, attribute))


@listens_to(RecordsWritten)
def follow_import(session: Session, told: RecordsWritten) -> None:
    """Give what an import wrote by bulk statements its keys, so that the next row of a like person is recognised."""
    if told.kind in samenesses:
        refresh_keys(session, told.kind, told.ids)


def _concerned(told: RecordChanged, attribute: str) -> Iterator[int]:
    """The record itself, or those that the part belonged to before and belongs to now."""
    for record_id in (
        inspect(told.record).dict.get(attribute),
        told.before.get(attribute),
        told.after.get(attribute),
    ):
        if record_id is not None:
            yield record_id


@cache
def watched(source: Source) -> frozenset[str]:
    """The attributes of a source's own table that decide about keys."""
    own: Any = source.record_id
    columns: list[Any] = [column for role in source.roles.values() for column in role]
    mine = {str(column.key) for column in columns if getattr(column, "class_", None) is own.class_}
    return frozenset({*mine, str(own.key), *STANDING})


def write_pending(session: Session, _context: UOWTransaction) -> None:
    """Write what one flush changed, all records of a kind at once."""
    if holds_keys(session):
        return
    pending: Pending = session.info.pop(_PENDING, {})
    for kind, ids in pending.items():
        portraits = refresh_keys(session, kind, ids)
        if portraits and len(portraits) <= ENTERED_AT_ONCE:
            propose_for(session, samenesses[kind], portraits, at=note_of(session).at)


def forget_pending(session: Session, _ended: object) -> None:
    """What was taken back is not written."""
    session.info.pop(_PENDING, None)


if not event.contains(Session, "after_flush_postexec", write_pending):
    event.listen(Session, "after_flush_postexec", write_pending)
    event.listen(Session, "after_soft_rollback", forget_pending)
