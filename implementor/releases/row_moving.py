"""Moving very many records after a release, and back: in batches that each are whole, and go on where they ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, case, insert, inspect, select, update
from sqlalchemy.orm import Session

from implementor.automation.queries import rules_at_work
from implementor.configuration.services.stage_ways import end_way, way_with_uid
from implementor.configuration.services.ways_back import let_records_return, records_returned
from implementor.configuration.services.words import records_moved, still_moves
from implementor.foundation.events import publish
from implementor.foundation.extensible import EXT, with_values
from implementor.foundation.extension import ExtColumn
from implementor.foundation.fields import LISTS, Entity, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.several import holds_word
from implementor.foundation.words import Phrase, say
from implementor.history.events import RecordsMoved
from implementor.history.note import note_of
from implementor.history.services import note_many
from implementor.jobs.services import enqueue
from implementor.releases.item_kinds import Operation, RowMove
from implementor.releases.kinds.holders import instead
from implementor.releases.move_models import DONE, MOVING, RETURNED, RETURNING, ReleaseMove
from implementor.releases.release_models import ConfigRelease, ReleaseOperation, ReleaseRow
from implementor.releases.stage_moving import ATTRIBUTE, FIELD, STAGE, moves_still, next_sales, return_later

TASK = "releases.move_rows"
MOVED = "release.moved"
MOST_AT_ONCE = 2000
"""As many records move in the transaction of their release; they hold its write lock for about half a second."""
BATCH = 1000
"""As many move in one transaction of the job, which holds the lock for a quarter of a second."""
WITH_RULES = 100
"""The same where rules of automation ask for what releases move: they run in that transaction."""
STATES = {
    MOVING: say("being moved"), DONE: say("moved"), RETURNING: say("going back"), RETURNED: say("went back"),
}  # fmt: skip


# --- asking for it ----------------------------------------------------------------------------------------------------


def follow_later(
    session: Session, release: ConfigRelease, operation: ReleaseOperation, moves: Sequence[RowMove]
) -> None:
    """Write down what a job is to move with an operation."""
    for one in moves:
        way = way_with_uid(session, one.before) if one.field == FIELD else None
        session.add(
            ReleaseMove(
                project_id=release.project_id, release_id=release.id, operation_id=operation.id, kind=one.kind,
                field=one.field, before=one.before, after=one.after, total=one.count,
                since=way and way.at,
            )
        )  # fmt: skip
    session.flush()


def ask_for_moves(session: Session, release: ConfigRelease, *, by: Actor, at: datetime) -> None:
    """Let a job do what is under way of a release, if anything is."""
    if session.scalars(under_way(release_id=release.id)).first() is not None:
        title = say("Move the records of release %(number)s", number=release.number)
        enqueue(
            session, TASK, arguments={"release_id": release.id}, title=title, by=by, at=at,
            project_id=release.project_id,
        )  # fmt: skip


def send_back(session: Session, operation: ReleaseOperation, *, at: datetime) -> bool:
    """Let the job take back what it moved with an operation, and move no more of it; whether it moved anything."""
    moves = session.scalars(moves_of(operation_id=operation.id)).all()
    for one in moves:
        one.state, one.total, one.moved, one.last_id, one.ended_at = RETURNING, one.moved, 0, 0, None
        if one.since is not None:
            return_later(session, one.before, one.after, one.since, at=at)
    places = [(one.kind, one.field, one.after) for one in moves if one.since is None]
    if places:
        let_records_return(session, operation.uid, operation.id, places)
    session.flush()
    return bool(moves)


def under_way(*, release_id: int) -> Any:
    """What the job of a release is not through with, in the order in which it is done: the way back from the end."""
    found = select(ReleaseMove).where(ReleaseMove.release_id == release_id)
    order = case((ReleaseMove.state == RETURNING, -ReleaseMove.id), else_=ReleaseMove.id)
    return found.where(ReleaseMove.state.in_((MOVING, RETURNING))).order_by(order)


def still_under_way(session: Session, operation: Operation) -> bool:
    """Whether a job still moves records to or from a word of a list, or a stage, that an operation retires."""
    if operation.kind == STAGE and operation.after is None and moves_still(session, operation.uid):
        return True
    image = operation.before or {}
    if operation.after is not None or "list" not in image:
        return False
    found = select(ReleaseMove).where(ReleaseMove.state.in_((MOVING, RETURNING)))
    return any(
        image.get("key") in (one.before, one.after) and entities[one.kind].fields[one.field].picklist == image["list"]
        for one in session.scalars(found)
        if one.kind in entities and one.field in entities[one.kind].fields
    )


def moves_of_release(*, release_id: int) -> Any:
    """What a job moves, or moved, with a release."""
    return select(ReleaseMove).where(ReleaseMove.release_id == release_id).order_by(ReleaseMove.id)


def moves_of(*, operation_id: int) -> Any:
    """What a job moves, or moved, with an operation."""
    return select(ReleaseMove).where(ReleaseMove.operation_id == operation_id).order_by(ReleaseMove.id)


# --- doing it ---------------------------------------------------------------------------------------------------------


def next_batch(session: Session, move_id: int, *, by: Actor, at: datetime, limit: int = BATCH) -> ReleaseMove | None:
    """Move, or move back, as many records as fit into one transaction; None once it is through.

    Whoever rolls the release back waits for the batch, and the next one then goes the other way.
    """
    move = session.scalars(select(ReleaseMove).where(ReleaseMove.id == move_id).with_for_update()).one()
    if not move.is_under_way:
        return None
    note_of(session).verb = MOVED
    going = move.state == MOVING
    if going and any(rule.in_bulk for rule in session.scalars(rules_at_work([move.kind]))):
        limit = min(limit, WITH_RULES)
    operation = session.get_one(ReleaseOperation, move.operation_id)
    if going and move.since is None and not still_moves(session, operation.uid):
        move.state, move.ended_at = DONE, at  # somebody took the word into use again: what moved has moved
        return None
    if (_move_sales if move.since is not None else _move_on if going else _move_back)(session, move, at, limit):
        return move
    if going and move.last_id:
        move.last_id = 0  # once more from the beginning: somebody may have brought such records in meanwhile
        return move
    move.state, move.ended_at = (DONE if going else RETURNED), at
    session.flush()
    if move.since is not None:
        end_way(session, move.before)
    elif not any(one.is_under_way for one in session.scalars(moves_of(operation_id=operation.id))):
        (records_moved if going else records_returned)(session, operation.uid)
    return None


def _move_on(session: Session, move: ReleaseMove, at: datetime, limit: int) -> int:
    """Records after the last one that hold the old word; how many there were."""
    entity = entities[move.kind]
    field = entity.fields[move.field]
    table, column = _place(entity, move.field)
    holds = holds_word(column, move.before) if field.kind in LISTS else column == move.before
    here = select(table.c.id, column.label("held")).where(holds, table.c.id > move.last_id)
    found = session.execute(here.order_by(table.c.id).limit(limit)).all()
    if not found:
        return 0
    ways = {row.id: (row.held, instead(field, row.held, move.before, move.after)) for row in found}
    moved = _write(session, move, ways)
    rows = [
        {"project_id": move.project_id, "operation_id": move.operation_id, "kind": move.kind, "record_id": one,
         "field": move.field, "held": {"before": ways[one][0], "after": ways[one][1]}}
        for one in moved
    ]  # fmt: skip
    if rows:
        session.execute(insert(ReleaseRow), rows)
        publish(session, RecordsMoved(move.kind, tuple(moved), field.attribute, at))
    move.last_id, move.moved = found[-1].id, move.moved + len(moved)
    _count(session, move, len(moved))
    return len(found)


def _move_sales(session: Session, move: ReleaseMove, at: datetime, limit: int) -> int:
    """Open sales after the last one that are on the way of their stage, there or back; how many there were."""
    moved = next_sales(session, move.kind, move.before, move.last_id, limit)
    if not moved:
        return 0
    move.last_id, move.moved = moved[-1], move.moved + len(moved)
    if move.state == RETURNING:
        operation = session.get_one(ReleaseOperation, move.operation_id)
        operation.returned_count = (operation.returned_count or 0) + len(moved)
        return len(moved)
    rows = [
        {"project_id": move.project_id, "operation_id": move.operation_id, "kind": move.kind, "record_id": one,
         "field": move.field, "held": {"before": move.before, "after": move.after}}
        for one in moved
    ]  # fmt: skip
    session.execute(insert(ReleaseRow), rows)
    publish(session, RecordsMoved(move.kind, tuple(moved), ATTRIBUTE, at))
    _count(session, move, len(moved))
    return len(moved)


def _move_back(session: Session, move: ReleaseMove, at: datetime, limit: int) -> int:
    """The next of the log, from its end, go back where they hold what they were moved to; how many there were."""
    logged = select(ReleaseRow).where(
        ReleaseRow.operation_id == move.operation_id, ReleaseRow.kind == move.kind, ReleaseRow.field == move.field,
        *([ReleaseRow.id < move.last_id] if move.last_id else []),
    )  # fmt: skip
    rows = session.scalars(logged.order_by(ReleaseRow.id.desc()).limit(limit)).all()
    if not rows:
        return 0
    ways = {row.record_id: (row.held["after"], row.held["before"]) for row in reversed(rows) if not row.is_kept}
    back = _write(session, move, ways)
    move.last_id, move.moved = rows[-1].id, move.moved + len(back)
    operation = session.get_one(ReleaseOperation, move.operation_id)
    operation.returned_count = (operation.returned_count or 0) + len(back)
    session.flush()
    return len(rows)


def _write(session: Session, move: ReleaseMove, ways: Mapping[int, tuple[Any, Any]]) -> list[int]:
    """Let records (id -> what they hold, what they are to hold) hold the other, as history; those that did."""
    entity = entities[move.kind]
    table, column = _place(entity, move.field)
    versions = [table.c.version] if "version" in table.c else []
    ext = [table.c[EXT]] if isinstance(column, ExtColumn) else []
    asked = select(table.c.id, column.label("held"), *versions, *ext).where(table.c.id.in_(ways)).with_for_update()
    rows = [row for row in session.execute(asked) if row.held == ways[row.id][0]]
    by_way: dict[str, list[Any]] = {}
    for row in rows:
        by_way.setdefault(repr(ways[row.id][1]), []).append(row)
    for group in by_way.values():
        _give(session, table, column, ways[group[0].id][1], group)
    attribute = entity.fields[move.field].attribute
    noted = [
        (row.id, row.version + 1 if versions else 1, "changed", {attribute: ways[row.id][0]},
         {attribute: ways[row.id][1]})
        for row in rows
    ]  # fmt: skip
    note_many(session, move.kind, noted)  # type: ignore[arg-type]  # "changed" is a verb
    return [row.id for row in rows]


def _give(session: Session, table: Table, column: Any, value: Any, rows: Sequence[Any]) -> None:
    note = note_of(session)
    stamped: dict[str, Any] = {}
    if "version" in table.c:
        stamped = {"version": table.c.version + 1, "updated_at": note.at, "updated_by_id": note.actor.user_id}
    if not isinstance(column, ExtColumn):
        given = update(table).where(table.c.id.in_([row.id for row in rows])).values({column.name: value, **stamped})
        session.connection().execute(given)
        return
    for row in rows:
        given = update(table).where(table.c.id == row.id)
        session.connection().execute(given.values({EXT: with_values(row.ext, {str(column.key): value}), **stamped}))


def _place(entity: Entity, name: str) -> tuple[Table, Any]:
    """The table of a kind and the column of a field as it is stored, whatever it reads as."""
    table: Table = entity.model.__table__
    field = entity.fields[name]
    column: Any = getattr(field.column, "raw", field.column)
    if isinstance(column, ExtColumn):
        return table, column
    return table, inspect(entity.model).column_attrs[field.attribute].columns[0]


def told(move: ReleaseMove) -> Phrase:
    """What a job does, or did, in the words of readers."""
    field = entities[move.kind].fields.get(move.field)
    names = {"kind": entities[move.kind].label_plural, "field": field.label if field is not None else move.field}
    return say("%(kind)s, %(field)s: %(state)s", state=STATES[move.state], **names)


def _count(session: Session, move: ReleaseMove, number: int) -> None:
    for model, row_id in ((ReleaseOperation, move.operation_id), (ConfigRelease, move.release_id)):
        counted: Any = model
        more = update(counted).where(counted.id == row_id).values(row_count=counted.row_count + number)
        session.connection().execute(more)
    session.flush()
