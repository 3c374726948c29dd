"""Records that are saved while a job moves their kind: they move with what is saved, and the release knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from implementor.foundation import live
from implementor.foundation.extensible import EXT, Extensible, own_fields_of, with_values
from implementor.foundation.extension import is_key
from implementor.foundation.fields import Field, entities
from implementor.foundation.moving import Moving, moving_of
from implementor.foundation.returning import Ways, held_before, returning_of
from implementor.releases.kinds.holders import instead
from implementor.releases.move_models import MOVING, ReleaseMove
from implementor.releases.release_models import ReleaseOperation, ReleaseRow

Move = tuple[str, str, Any, Any]
"""(attribute, word that goes, what was held, what is held now); several words are held as a list."""


def install() -> None:
    """Watch every session of the process, once; before history does, so that it sees what moved."""
    if not event.contains(Session, "before_flush", move_what_is_saved):
        event.listen(Session, "before_flush", move_what_is_saved, insert=True)


def move_what_is_saved(session: Session, _context: Any, _instances: Any) -> None:
    """Let new and changed records hold what their old words read as by now."""
    if live.present().returning:
        _keep_what_is_chosen(session)
    if not live.present().moving:
        return
    for record in list(session.new):
        for name, ways in moving_of(type(record)).items():
            held = getattr(record, name)
            if held in ways:
                setattr(record, name, ways[held])
        _move_own(record)
    for record in [one for one in session.dirty if session.is_modified(one, include_collections=False)]:
        moved = [*_move_columns(session, record), *_move_own(record)]
        _log(session, record, moved)


def _move_columns(session: Session, record: Any) -> Iterable[Move]:
    """What a changed record still held in the database, and nobody gave another value."""
    state = inspect(record)
    moving = moving_of(type(record))
    if not moving:
        return
    table = state.mapper.local_table
    columns = [state.mapper.column_attrs[name].columns[0].label(name) for name in moving]
    kept = session.connection().execute(select(*columns).where(table.c.id == state.identity[0])).mappings().one()
    for name, ways in moving.items():
        if kept[name] in ways and not state.attrs[name].history.has_changes():
            set_committed_value(record, name, kept[name])
            setattr(record, name, ways[kept[name]])
            yield name, kept[name], kept[name], ways[kept[name]]
        elif getattr(record, name) in ways:
            setattr(record, name, ways[getattr(record, name)])


def _move_own(record: Any) -> Iterable[Move]:
    """The same of fields of one's own."""
    moving: Mapping[str, Moving] = live.present().moving
    moved: list[Move] = []
    if not isinstance(record, Extensible) or not record.ext:
        return ()
    for key, field in own_fields_of(type(record)).items():
        ways, held = moving.get(field.picklist or "", {}), record.ext.get(key)
        if isinstance(held, str) and held in ways:
            moved.append((key, held, held, ways[held]))
        elif isinstance(held, list):
            moved += _steps(field, held, ways)
    if moved:
        record.ext = with_values(record.ext, {key: after for key, _word, _before, after in moved})
    return moved


def _steps(field: Field, held: list[str], ways: Moving) -> Iterable[Move]:
    """What several words become, word by word, so that each release can take its own back."""
    for word in [one for one in held if one in ways]:
        after = instead(field, held, word, ways[word])
        yield field.name, word, held, after
        held = after


def _keep_what_is_chosen(session: Session) -> None:
    """Let records whose fields somebody changes while they are on their way back keep what is saved."""
    for record in [one for one in session.dirty if returning_of(type(one))]:
        for name, ways in returning_of(type(record)).items():
            if _is_chosen(record, name, ways):
                kept = update(ReleaseRow).where(
                    ReleaseRow.operation_id.in_([way.operation_id for way in ways]), ReleaseRow.kind == ways[0].kind,
                    ReleaseRow.field == ways[0].field, ReleaseRow.record_id == record.id,
                )  # fmt: skip
                session.connection().execute(kept.values(is_kept=True))


def _is_chosen(record: Any, name: str, ways: Ways) -> bool:
    """Whether a field is given another value than it reads as."""
    own = is_key(name)
    changed = inspect(record).attrs[EXT if own else name].history
    if not changed.has_changes():
        return False
    if not own:
        return True
    before, after = ((given[0] if given else None) or {} for given in (changed.deleted, changed.added))
    held, value = before.get(name), after.get(name)
    return value not in (held, held_before(record, held, ways))


def _log(session: Session, record: Any, moved: Iterable[Move]) -> None:
    """Write down what moved with a save, so that the release takes it back as if its job had moved it."""
    kind = getattr(type(record), "__record_kind__", "")
    for attribute, word, before, after in moved:
        field = _field_of(kind, attribute)
        operation = session.connection().execute(_operation(kind, field, word)).one_or_none()
        if operation is not None:
            row = {
                "project_id": operation.project_id, "operation_id": operation.id, "kind": kind,
                "record_id": record.id, "field": field, "held": {"before": before, "after": after},
            }  # fmt: skip
            session.connection().execute(insert(ReleaseRow), [row])


def _field_of(kind: str, attribute: str) -> str:
    found = entities[kind].by_attribute(attribute) if kind in entities else None
    return attribute if found is None else found.name


def _operation(kind: str, field: str, before: str) -> Any:
    return (
        select(ReleaseOperation.id, ReleaseOperation.project_id)
        .join(ReleaseMove, ReleaseMove.operation_id == ReleaseOperation.id)
        .where(
            ReleaseMove.kind == kind, ReleaseMove.field == field, ReleaseMove.before == before,
            ReleaseMove.state == MOVING,
        )
        .limit(1)
    )  # fmt: skip
