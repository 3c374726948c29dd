"""The hook that writes history: it sees every flush, and nothing of a recorded class gets past it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, event, func, insert, inspect, select, update
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.base import LoaderCallableStatus

from implementor.foundation.events import publish
from implementor.foundation.extensible import EXT, parted
from implementor.foundation.model import Record
from implementor.history.encoding import encoded, encoded_values
from implementor.history.events import RecordChanged
from implementor.history.models import Action, Change, Verb
from implementor.history.note import KEY, Note, note_of

ACTIONS: Table = Action.__table__  # type: ignore[assignment]  # declared tables are tables
CHANGES: Table = Change.__table__  # type: ignore[assignment]
BOOKKEEPING = frozenset({"id", "version", "created_at", "created_by_id", "updated_at", "updated_by_id"})
EARLIER = "history_earlier"


@dataclass(frozen=True)
class Difference:
    """What a flush does to one record, in typed values."""

    record: Any
    verb: Verb
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def project_id(self) -> int | None:
        """The project the record is of; a model may say it itself by `history_project_id`."""
        own: int | None = getattr(self.record, "history_project_id", None)
        return own if own is not None else inspect(self.record).dict.get("project_id")


def is_recorded(record: Any) -> bool:
    """Whether changes of this record are history."""
    return hasattr(type(record), "__record_kind__")


def recorded_names(record: Any) -> list[str]:
    """Attributes of a record whose changes are kept, by the order of its columns."""
    return [
        attribute.key
        for attribute in inspect(record).mapper.column_attrs
        if attribute.key not in BOOKKEEPING and _is_kept(attribute.columns[0])
    ]


def _is_kept(column: Any) -> bool:
    """Columns of the table whose changes say something; what a model only reads from elsewhere changes there."""
    return isinstance(column, Column) and column.info.get("history", True) is not False


# --- before the flush: stamps, and values that were overwritten without being read -----------------------------------


def stamp(session: Session, _context: Any, _instances: Any) -> None:
    """Say who made and who last changed each record."""
    for record in session.new:
        if isinstance(record, Record):
            _stamp_new(record, session)
    for record in session.dirty:
        if session.is_modified(record, include_collections=False):
            _stamp_changed(record, session)
    for record in session.deleted:
        if is_recorded(record):
            _look_up(session, inspect(record), [n for n in recorded_names(record) if n not in inspect(record).dict])


def _stamp_new(record: Record, session: Session) -> None:
    # typed as always set, which holds from this flush on
    if inspect(record).dict.get("created_at") is None:
        note = note_of(session)
        record.created_at, record.created_by_id = note.at, note.actor.user_id
    if inspect(record).dict.get("updated_at") is None:
        record.updated_at, record.updated_by_id = record.created_at, record.created_by_id


def _stamp_changed(record: Any, session: Session) -> None:
    if isinstance(record, Record):
        note = note_of(session)
        record.updated_at, record.updated_by_id = note.at, note.actor.user_id
    if is_recorded(record):
        state = inspect(record)
        _look_up(session, state, _overwritten_unread(state))


def _overwritten_unread(state: InstanceState[Any]) -> list[str]:
    """Attributes that were set before they were loaded, so that nothing here knows what they were."""
    return [
        name
        for name, value in state.committed_state.items()
        if value is LoaderCallableStatus.NO_VALUE and name in state.mapper.column_attrs
    ]


def _look_up(session: Session, state: InstanceState[Any], names: list[str]) -> None:
    """Read what the database still holds in these attributes."""
    if not names or state.identity is None:
        return
    table = state.mapper.local_table
    columns = [state.mapper.column_attrs[name].columns[0] for name in names]
    row = session.connection().execute(select(*columns).where(table.c.id == state.identity[0])).one()
    session.info.setdefault(EARLIER, {})[state] = dict(zip(names, row, strict=True))


# --- after the flush: differences, one action, one change each --------------------------------------------------------


def record_flush(session: Session, _context: Any) -> None:
    """Write the changes of this flush in its own transaction, then tell whoever listens."""
    earlier = session.info.pop(EARLIER, {})
    differences = [
        *(_created(record) for record in session.new if is_recorded(record)),
        *(_changed(record, earlier) for record in _in_order(session.dirty)),
        *(_removed(record, earlier) for record in _in_order(session.deleted)),
    ]
    differences = [one for one in differences if one.before or one.after]
    if not differences:
        return
    note = note_of(session)
    action_id = open_action(session, note, differences)
    session.connection().execute(insert(CHANGES), [_row(one, action_id, note) for one in differences])
    for one in differences:
        kind = type(one.record).__record_kind__
        told = RecordChanged(kind, one.record, one.verb, one.before, one.after, note.actor, note.at, action_id)
        publish(session, told)


def _in_order(records: Iterable[Any]) -> list[Any]:
    """Sets of the session have no order; history has one."""
    kept = [record for record in records if is_recorded(record)]
    return sorted(kept, key=lambda record: (type(record).__record_kind__, inspect(record).identity or ()))


def _created(record: Any) -> Difference:
    return Difference(record, "created", {}, _present(record, {}))


def _removed(record: Any, earlier: Mapping[Any, Mapping[str, Any]]) -> Difference:
    return Difference(record, "removed", _present(record, earlier.get(inspect(record), {})), {})


def _present(record: Any, looked_up: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record that are set, without asking the database for any."""
    held = {**inspect(record).dict, **looked_up}
    present = {name: held[name] for name in recorded_names(record) if held.get(name) is not None}
    return parted(record, present)


def _changed(record: Any, earlier: Mapping[Any, Mapping[str, Any]]) -> Difference:
    state = inspect(record)
    before, after = {}, {}
    for name in recorded_names(record):
        history = state.attrs[name].history
        if not history.added and not history.deleted:
            continue
        old = history.deleted[0] if history.deleted else earlier.get(state, {}).get(name)
        new = history.added[0] if history.added else None
        if encoded(old) != encoded(new):
            before[name], after[name] = old, new
    if EXT in before:
        before, after = _field_by_field(record, before, after)
    return Difference(record, "changed", before, after)


def _field_by_field(
    record: Any, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A change of what a record holds in fields of one's own, as one difference for each field."""
    earlier, later = parted(record, before), parted(record, after)
    changed = [name for name in {**earlier, **later} if encoded(earlier.get(name)) != encoded(later.get(name))]
    return {name: earlier.get(name) for name in changed}, {name: later.get(name) for name in changed}


def _row(one: Difference, action_id: int, note: Note) -> dict[str, Any]:
    return {
        "action_id": action_id,
        "project_id": one.project_id,
        "record_kind": type(one.record).__record_kind__,
        "record_id": inspect(one.record).dict["id"],
        "verb": one.verb,
        "version": inspect(one.record).dict.get("version", 1),
        "before": encoded_values(one.before),
        "after": encoded_values(one.after),
        "at": note.at,
    }


def open_action(session: Session, note: Note, differences: list[Difference]) -> int:
    """The action of this piece of work: written with its first change, counted up with later ones."""
    project_id = next((one.project_id for one in differences if one.project_id is not None), None)
    verbs = {one.verb for one in differences}
    return count_in_action(session, note, len(differences), verbs.pop() if len(verbs) == 1 else "changed", project_id)


def count_in_action(session: Session, note: Note, count: int, verb: str, project_id: int | None) -> int:
    """Count records into the note's action, writing the action first where there is none yet."""
    connection = session.connection()
    if note.action_id is not None:
        values: dict[str, Any] = {"record_count": ACTIONS.c.record_count + count}
        if project_id is not None:
            # what begins outside a project, such as the making of one, belongs to the first it touches
            values["project_id"] = func.coalesce(ACTIONS.c.project_id, project_id)
        connection.execute(update(ACTIONS).where(ACTIONS.c.id == note.action_id).values(**values))
        return note.action_id
    written = connection.execute(
        insert(ACTIONS),
        {
            "project_id": note.project_id if note.project_id is not None else project_id,
            "actor_id": note.actor.user_id,
            "actor_name": note.actor.name,
            "at": note.at,
            "verb": note.verb or verb,
            "summary": note.summary and note.summary.as_json(),
            "record_count": count,
            "source": note.source,
            "request_id": note.request_id,
            "undoes_id": note.undoes_id,
        },
    )
    assert written.inserted_primary_key is not None
    note.began(written.inserted_primary_key[0], session.get_nested_transaction())
    return int(written.inserted_primary_key[0])


def forget_action(session: Session, ended: SessionTransaction) -> None:
    """A transaction that was taken back took its action with it."""
    session.info.pop(EARLIER, None)
    note: Note | None = session.info.get(KEY)
    if note is None or note.action_id is None:
        return
    place: SessionTransaction | None = note.started_in
    while place is not None and place is not ended:
        place = place.parent
    if place is ended or not ended.nested:
        note.vanished()


def install() -> None:
    """Watch every session of the process, once."""
    if not event.contains(Session, "after_flush", record_flush):
        event.listen(Session, "before_flush", stamp)
        event.listen(Session, "after_flush", record_flush)
        event.listen(Session, "after_soft_rollback", forget_action)
