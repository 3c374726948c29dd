"""What happened to records in one transaction, kept until it is about to be committed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session, SessionTransaction

from implementor.automation.services.rules import settled_states
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation import live
from implementor.foundation.events import listens_to
from implementor.foundation.fields import entities
from implementor.foundation.live import LiveConfiguration
from implementor.history.events import RecordChanged
from implementor.history.models import Source
from implementor.history.note import Note, note_of

PENDING = "automation_pending"
BULK_VERBS = ("duplicate.", "release.")
"""Verbs of actions that move records for reasons of their own: merges and releases."""


@dataclass
class Happening:
    """What was done to one record: made, or changed in `fields` (attributes). `is_bulk`: by an import or the like."""

    kind: str
    record_id: int
    at: datetime
    action_id: int | None
    configuration: LiveConfiguration
    source: Source = "web"
    is_new: bool = False
    is_bulk: bool = False
    fields: set[str] = field(default_factory=set)
    started_in: SessionTransaction | None = None
    note: Note | None = None
    """Knows the action later, where history has not opened it yet."""


@listens_to(RecordChanged)
def note_change(session: Session, told: RecordChanged) -> None:
    """Remember what happened to a record of the CRM; what is taken back makes no rule begin."""
    note = note_of(session)
    if told.kind not in crm_kinds or told.verb == "removed" or note.undoes_id is not None:
        return
    happened = Happening(
        told.kind, told.record.id, told.at, told.action_id, live.present(), note.source, told.verb == "created",
        _is_bulk(note), {*told.before, *told.after}, session.get_nested_transaction(),
    )  # fmt: skip
    session.info.setdefault(PENDING, []).append(happened)


def note_states(session: Session, _context: Any) -> None:
    """Remember states that followed from what happened, which no history of the record tells; after each flush."""
    for record in session.dirty:
        kind = getattr(type(record), "__record_kind__", "")
        changed = {one for one in _states(kind) if inspect(record).attrs[one].history.has_changes()}
        note = note_of(session) if changed else None
        if note is not None and note.undoes_id is None:
            happened = Happening(
                kind, record.id, note.at, None, live.present(), note.source, is_bulk=_is_bulk(note), fields=changed,
                started_in=session.get_nested_transaction(), note=note,
            )  # fmt: skip
            session.info.setdefault(PENDING, []).append(happened)


def _states(kind: str) -> set[str]:
    return settled_states(entities[kind]) if kind in crm_kinds else set()


def _is_bulk(note: Note) -> bool:
    of_project = note.project_id is not None  # what belongs to a project is its migration
    return note.source == "import" or of_project or str(note.verb or "").startswith(BULK_VERBS)


def forget_rolled_back(session: Session, ended: SessionTransaction) -> None:
    """What was taken back did not happen."""
    if not ended.nested:
        session.info.pop(PENDING, None)
    elif PENDING in session.info:
        session.info[PENDING] = [one for one in session.info[PENDING] if not _is_within(one.started_in, ended)]


def taken(session: Session) -> list[Happening]:
    """What happened since the last time that was asked, one for each record, in the order of the first change."""
    found: dict[tuple[str, int], Happening] = {}
    for one in session.info.pop(PENDING, ()):
        if one.note is not None:
            one.action_id = one.note.action_id
        known = found.setdefault((one.kind, one.record_id), one)
        if known is not one:
            known.is_new, known.is_bulk = known.is_new or one.is_new, known.is_bulk and one.is_bulk
            known.fields |= one.fields
    return list(found.values())


def add_many(session: Session, kind: str, ids: Iterable[int], at: datetime) -> None:
    """Remember records that bulk statements wrote, which no session saw."""
    present = live.present()
    more: list[Any] = [Happening(kind, one, at, None, present, "import", is_bulk=True) for one in ids]
    session.info.setdefault(PENDING, []).extend(more)


def add_moved(session: Session, kind: str, ids: Iterable[int], attribute: str, at: datetime) -> None:
    """Remember records that a release moved by bulk statements, as if each had been moved by itself."""
    present, note = live.present(), note_of(session)
    more: list[Any] = [
        Happening(kind, one, at, None, present, note.source, is_bulk=True, fields={attribute}, note=note) for one in ids
    ]
    session.info.setdefault(PENDING, []).extend(more)


def _is_within(place: SessionTransaction | None, ended: SessionTransaction) -> bool:
    while place is not None and place is not ended:
        place = place.parent
    return place is ended
