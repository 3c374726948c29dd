"""Bringing sales to the stage that they read as standing in, with the facts of it, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Select,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.crm.opportunities.stage_facts import WRITTEN, facts_of
from implementor.crm.opportunities.standing import FOLLOWS, Ways, is_on_way, standing_on, way_from
from implementor.foundation import live
from implementor.foundation.pipelines import StageWay
from implementor.foundation.words import say
from implementor.history.note import Note, note_of, put_note
from implementor.history.services import note_many

ARRIVED = "opportunity.arrive"
SALES: Any = Opportunity.__table__
KEPT = [SALES.c[name] for name in ("id", "version", "status", "archived_at", *FOLLOWS)]
BULK = {"synchronize_session": False}


def arrive(session: Session, way: StageWay, after: int, limit: int) -> list[int]:
    """Let the next sales of a way after an id stand where they read as standing, as history; returns their ids."""
    here = select(*KEPT).where(is_on_way(Opportunity, way), Opportunity.id > after).limit(limit)
    return _arrived(session, way, here)


def arrive_these(session: Session, ids: Sequence[int]) -> None:
    """The same of sales of these ids, before their rows are read to be changed."""
    for way in live.present().ways:
        _arrived(session, way, select(*KEPT).where(is_on_way(Opportunity, way), Opportunity.id.in_(ids)))


def _arrived(session: Session, way: StageWay, here: Select[Any]) -> list[int]:
    rows = session.execute(here.order_by(Opportunity.id).with_for_update()).all()
    ids = [row.id for row in rows]
    if not rows:
        return []
    note = note_of(session)
    _keep_facts(session, way, ids)
    given = {**standing_on(way), "updated_at": note.at, "updated_by_id": note.actor.user_id}
    moved = update(Opportunity).where(Opportunity.id.in_(ids)).values(**given, version=Opportunity.version + 1)
    session.execute(moved, execution_options=BULK)
    note_many(session, Opportunity.__record_kind__, [_noted(row, way) for row in rows])
    return ids


def _keep_facts(session: Session, way: StageWay, ids: Sequence[int]) -> None:
    """Write that these came into the stage at the moment of the way, as everybody reads it already."""
    facts = facts_of(way, note_of(session).actor.user_id).where(Opportunity.id.in_(ids))
    session.execute(insert(StageEvent).from_select(WRITTEN, facts), execution_options=BULK)


def _noted(row: Any, way: StageWay) -> tuple[int, int, Any, dict[str, Any], dict[str, Any]]:
    before = {name: row._mapping[name] for name in FOLLOWS}
    return row.id, row.version + 1, "changed", before, standing_on(way)


# --- sales that are saved meanwhile -----------------------------------------------------------------------------------


def arrive_with_save(session: Session, _context: Any, _instances: Any) -> None:
    """Let a sale that somebody changes stand first where they saw it, so that what they change is kept from then on."""
    ways = live.present().ways
    for record in list(session.dirty) if ways else ():
        if isinstance(record, Opportunity) and session.is_modified(record, include_collections=False):
            _arrive_alone(session, record, ways)


def _arrive_alone(session: Session, record: Opportunity, ways: Ways) -> None:
    row = session.connection().execute(select(*KEPT).where(SALES.c.id == record.id)).one()
    way = way_from(ways, row._mapping)
    if way is None:
        return
    _keep_facts(session, way, [record.id])
    stands = standing_on(way)
    given = update(SALES).where(SALES.c.id == record.id).values(**stands, version=SALES.c.version + 1)
    session.connection().execute(given)
    _note_alone(session, row, way)
    set_committed_value(record, "version", record.version + 1)
    for name, value in stands.items():
        if not inspect(record).attrs[name].history.has_changes():
            set_committed_value(record, name, value)


def _note_alone(session: Session, row: Any, way: StageWay) -> None:
    """A piece of history of its own: who takes back what was changed does not send the sale back with it."""
    outer = note_of(session)
    put_note(session, Note(outer.actor, outer.at, outer.source, verb=ARRIVED, summary=say("Moved with its stage")))
    try:
        note_many(session, Opportunity.__record_kind__, [_noted(row, way)])
    finally:
        put_note(session, outer)


def install() -> None:
    """Watch every session of the process, once; before history does."""
    if not event.contains(Session, "before_flush", arrive_with_save):
        event.listen(Session, "before_flush", arrive_with_save, insert=True)
