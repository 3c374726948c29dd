"""Takes imported records back: puts away what was made, gives back what was changed, leaves what people touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Undone
from implementor.exchange.models import ImportedRow
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import decoded_values
from implementor.history.restoring import undoable

Undo = Callable[[Session, Sequence[ImportedRow], Actor, datetime], Undone]


def take_back(session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime) -> Undone:
    """Take back what these facts of one run say, the latest of each record standing for all of them."""
    undone = Undone()
    kinds = dict.fromkeys(fact.kind for fact in facts)
    for kind in kinds:
        _of_kind(session, kind, [fact for fact in facts if fact.kind == kind], by, at, undone)
        session.flush()
    return undone


def _of_kind(
    session: Session, kind: str, facts: Sequence[ImportedRow], by: Actor, at: datetime, undone: Undone
) -> None:
    model = undoable[kind].model
    ids = {fact.record_id for fact in facts}
    records = {one.id: one for one in session.scalars(select(model).where(model.id.in_(ids)))}
    seen = {fact.id for fact in facts}
    for record_id, own in _facts_of_records(session, facts[0].run_id, kind, ids).items():
        record = records.get(record_id)
        if own[0].id not in seen or record is None:
            continue  # an earlier batch of this undo came to it already
        made = any(fact.verb == "created" for fact in own)
        if made and record.archived_at is not None:
            continue
        if record.version != own[0].version:
            undone.kept.append((_title(record), say("It was changed since.")))
        elif made:
            record.archived_at, record.archived_by_id = at, by.user_id
            undone.restored += 1
        else:
            undone.restored += _give_back(session, record, own, by, at, undone)


def _facts_of_records(session: Session, run_id: int, kind: str, ids: Iterable[int]) -> dict[int, list[ImportedRow]]:
    """All facts of the run about these records, the latest first."""
    found: dict[int, list[ImportedRow]] = defaultdict(list)
    statement = select(ImportedRow).where(
        ImportedRow.run_id == run_id, ImportedRow.kind == kind, ImportedRow.record_id.in_(list(ids))
    )
    for fact in session.scalars(statement.order_by(ImportedRow.id.desc())):
        found[fact.record_id].append(fact)
    return found


def _give_back(
    session: Session, record: Any, facts: Sequence[ImportedRow], by: Actor, at: datetime, undone: Undone
) -> int:
    """Give a record the values it had, by the rules of its kind where it has any; 1 where something changed."""
    before: dict[str, Any] = {}
    for fact in facts:  # the earliest comes last and wins
        before |= fact.before or {}
    values, restore = decoded_values(inspect(type(record)), before), undoable[facts[0].kind].restore
    if restore is None or not values:
        for name, value in values.items():
            setattr(record, name, value)
        return bool(values)
    try:
        with session.begin_nested():
            restore(session, record, values, by, at)
    except Refusal as refusal:
        undone.kept.append((_title(record), refusal.reason))
        return 0
    return 1


def _title(record: Any) -> str:
    return str(getattr(record, "name", None) or getattr(record, "title", None) or record.id)[:80]
