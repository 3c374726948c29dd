"""Writing under a note, naming what was done, taking it back, and joining edits that crossed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, inspect, update
from sqlalchemy.orm import Session

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.history import queries
from implementor.history.conflict import FieldChange, FieldConflict, merge
from implementor.history.encoding import decoded_values, encoded_values
from implementor.history.models import Action, Change, Source, Verb
from implementor.history.note import KEY, Note, note_of, put_note
from implementor.history.permissions import UNDO_OF_OTHERS
from implementor.history.recorder import ACTIONS, CHANGES, count_in_action
from implementor.history.restoring import Kept, load_records, places, restore_change, undone_elsewhere

UNDO_WITHIN = timedelta(days=30)


class CannotUndo(Refusal):
    """The action stays as it is."""


class StaleEdit(Refusal):
    """Two people gave one field different values; `conflicts` names them, `merged` is what nobody contradicts."""

    def __init__(self, conflicts: list[FieldConflict], merged: dict[str, Any]) -> None:
        super().__init__(say("Somebody else changed this while you were editing. Choose what to keep."))
        self.conflicts = conflicts
        self.merged = merged


# --- notes ------------------------------------------------------------------------------------------------------------


@contextmanager
def noting(
    session: Session,
    *,
    by: Actor,
    at: datetime,
    source: Source = "cli",
    project_id: int | None = None,
    verb: str | None = None,
    summary: Phrase | None = None,
    request_id: str = "",
) -> Iterator[Note]:
    """Record everything written in this block as one action of this person; flushes at its end, never commits."""
    outer = session.info.get(KEY)
    note = Note(by, at, source, request_id, project_id, verb, summary)
    put_note(session, note)
    try:
        yield note
        session.flush()
    finally:
        if outer is None:
            session.info.pop(KEY)
        else:
            put_note(session, outer)


def name_action(session: Session, summary: Phrase, *, verb: str | None = None, project_id: int | None = None) -> None:
    """Say what the present piece of work is. The first name stays: an outer service names before it calls others."""
    note = note_of(session)
    if note.summary is not None:
        return
    note.summary = summary
    note.verb = note.verb or verb
    note.project_id = note.project_id if note.project_id is not None else project_id
    if note.action_id is not None:
        known = {"verb": note.verb, "project_id": note.project_id}
        values = {"summary": summary.as_json(), **{name: value for name, value in known.items() if value is not None}}
        session.connection().execute(update(ACTIONS).where(ACTIONS.c.id == note.action_id).values(**values))


def present_action_id(session: Session) -> int | None:
    """The action of the present piece of work, after writing what is still pending; None when nothing changed."""
    session.flush()
    return note_of(session).action_id


def note_many(
    session: Session,
    kind: str,
    rows: Iterable[tuple[int, int, Verb, Mapping[str, Any], Mapping[str, Any]]],
    *,
    project_id: int | None = None,
) -> int | None:
    """Record what a bulk statement did: (record id, version after, verb, before, after) with typed values.

    Returns the action, None for no rows. Publishes nothing.
    """
    note = note_of(session)
    common: dict[str, Any] = {"record_kind": kind, "project_id": project_id, "at": note.at}
    packed: list[dict[str, Any]] = [
        {
            **common,
            "record_id": record_id,
            "version": version,
            "verb": verb,
            "before": encoded_values(before),
            "after": encoded_values(after),
        }
        for record_id, version, verb, before, after in rows
    ]
    if not packed:
        return None
    action_id = count_in_action(session, note, len(packed), packed[0]["verb"], project_id)
    session.connection().execute(insert(CHANGES), [{**row, "action_id": action_id} for row in packed])
    return action_id


# --- taking back ------------------------------------------------------------------------------------------------------


@dataclass
class UndoReport:
    """How many changes were put back, and what was not."""

    restored: int = 0
    kept: list[Kept] = field(default_factory=list)

    def note(self, kept: list[Kept]) -> None:
        """Count one reversed change."""
        self.restored += 0 if any(one.field is None for one in kept) else 1
        self.kept += kept


def visible_action(session: Session, action_id: int, *, by: Actor) -> tuple[Action, Actor]:
    """An action this person may know of, and the person with the roles they hold at its place. Raises NotFound."""
    action = session.get(Action, action_id)
    if action is None:
        raise NotFound
    if action.project_id is None:
        if action.actor_id != by.user_id and not by.may(UNDO_OF_OTHERS):
            raise NotFound
        return action, by
    roles = places.roles_in_project(session, by, action.project_id)
    if roles is None:
        raise NotFound
    return action, by.with_roles(roles)


def may_undo(action: Action, *, by: Actor, at: datetime) -> bool:
    """Whether this person, with the roles they hold at the action's place, could take it back now."""
    mine = by.user_id is not None and action.actor_id == by.user_id
    is_possible = not action.is_undone and action.verb not in undone_elsewhere and at - action.at <= UNDO_WITHIN
    return is_possible and (mine or by.may(UNDO_OF_OTHERS))


def said(action: Action) -> Phrase:
    """What an action did, where no service named it."""
    count = action.record_count
    match action.verb:
        case "created":
            return say_n("Created %(count)s record", "Created %(count)s records", count)
        case "removed":
            return say_n("Removed %(count)s record", "Removed %(count)s records", count)
    return say_n("Changed %(count)s record", "Changed %(count)s records", count)


def undo_action(session: Session, action: Action, *, by: Actor, at: datetime) -> UndoReport:
    """Put back what an action changed, as far as nobody changed it again; itself an action that can be undone.

    Raises CannotUndo after 30 days, a second time, or for somebody who may not.
    """
    if action.is_undone:
        raise CannotUndo(say("This was taken back already."))
    if action.verb in undone_elsewhere:
        raise CannotUndo(undone_elsewhere[action.verb])
    if at - action.at > UNDO_WITHIN:
        raise CannotUndo(say("Only what was done in the last 30 days can be taken back."))
    if not may_undo(action, by=by, at=at):
        raise CannotUndo(say("Only the person who did it, the project lead or the PMO can take this back."))
    note = note_of(session)
    note.undoes_id, note.verb = action.id, "redone" if action.verb == "undone" else "undone"
    note.summary, note.project_id = action.sentence or said(action), action.project_id
    report = UndoReport()
    changes = session.scalars(queries.changes_of_action(action_id=action.id)).all()
    held = load_records(session, changes)
    for change in reversed(changes):
        report.note(restore_change(session, change, by=by, at=at))
    if not report.restored:
        raise CannotUndo(report.kept[0].reason if report.kept else say("There is nothing to take back."))
    action.undone_at, action.undone_by_id = at, by.user_id
    session.flush()
    del held  # the session forgets records that nobody holds
    return report


# --- edits that crossed -----------------------------------------------------------------------------------------------


def reconcile(
    session: Session,
    record: Any,
    *,
    version: int,
    values: Mapping[str, Any],
    together: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """The values to save for a form that was drawn from an earlier `version` of the record.

    Fields that only the other person changed keep theirs. Raises StaleEdit where both changed one field, or one of two
    that stand `together`.
    """
    if record.version == version:
        return dict(values)
    changes = session.scalars(
        queries.changes_since_version(kind=record.__record_kind__, record_id=record.id, version=version)
    ).all()
    known = {change.version for change in changes}
    complete = set(range(version + 1, record.version + 1)) <= known
    mapper = inspect(type(record))
    merged = merge(
        _field_changes(mapper, list(changes)),
        values,
        {name: getattr(record, name) for name in values},
        complete=complete and version < record.version,
        together=together,
    )
    if merged.conflicts:
        raise StaleEdit(merged.conflicts, merged.merged)
    return merged.merged


def _field_changes(mapper: Any, changes: list[Change]) -> list[FieldChange]:
    """Changes field by field, in typed values."""
    return [
        FieldChange(name, value, change.action.actor_name, change.at)
        for change in changes
        for name, value in decoded_values(mapper, change.before or {}).items()
    ]
