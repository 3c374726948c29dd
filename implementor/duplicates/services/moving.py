"""Giving the rows of one record to another, table by table, and giving them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from implementor.duplicates.own_references import OwnReference, link_anew, own_references_to, records_to_move
from implementor.duplicates.references import Reference, references_to, rows_to_move
from implementor.duplicates.sameness import Sameness
from implementor.foundation.permissions import Actor

AT_ONCE = 500
RowIds = dict[str, list[int]]


def give_everything(session: Session, declared: Sameness, *, giver_id: int, taker_id: int) -> RowIds:
    """Let whatever points at the giver point at the taker; returns the ids of the rows that could, by reference."""
    moved: RowIds = {}
    for one in everything_to(declared):
        pair = {"loser_id": giver_id, "survivor_id": taker_id}
        own = isinstance(one, OwnReference)
        wanted = records_to_move(one, declared, **pair) if own else rows_to_move(one, declared, **pair)
        ids = list(session.connection().execute(wanted).scalars())
        repoint(session, one, ids, giver_id=giver_id, taker_id=taker_id)
        if ids:
            moved[one.name] = ids
    return moved


def everything_to(declared: Sameness) -> list[Reference]:
    """Whatever may point at records of a kind: columns of the program, and links of one's own."""
    return [*references_to(declared), *own_references_to(declared)]


def repoint(session: Session, reference: Reference, ids: list[int], *, giver_id: int, taker_id: int) -> None:
    """Point these rows at the taker, those that still point at the giver."""
    for part in _parts(reference, ids):
        if isinstance(reference, OwnReference):
            link_anew(session, reference, and_(reference.to(giver_id), part), to=taker_id)
            continue
        values = {reference.column.name: taker_id, **_next_version(reference)}
        session.connection().execute(update(reference.table).where(reference.to(giver_id), part).values(**values))


def still_pointing(session: Session, reference: Reference, ids: list[int], record_id: int) -> list[int]:
    """Those of the rows that still point at the record."""
    found: list[int] = []
    for part in _parts(reference, ids):
        still = select(reference.table.c.id).where(reference.to(record_id), part)
        found += session.connection().execute(still).scalars()
    return found


def put_away_rest(session: Session, declared: Sameness, *, record_id: int, at: datetime) -> RowIds:
    """Put away what still belongs to a record, because the other one has the like; the ids of the rows by reference."""
    left: RowIds = {}
    for one in _put_away_with(declared):
        rest = select(one.table.c.id).where(one.to(record_id), one.table.c.archived_at.is_(None))
        ids = list(session.connection().execute(rest).scalars())
        _set_archived(session, one, ids, at)
        if ids:
            left[one.name] = ids
    return left


def bring_back_rest(session: Session, declared: Sameness, left: RowIds, *, record_id: int) -> None:
    """Bring back what was put away with a record, as far as it still belongs to it."""
    for one in _put_away_with(declared):
        _set_archived(session, one, still_pointing(session, one, left.get(one.name, []), record_id), None)


def _put_away_with(declared: Sameness) -> list[Reference]:
    own = declared.model.__table__
    return [one for one in references_to(declared) if one.table is not own and "archived_at" in one.table.c]


def _set_archived(session: Session, reference: Reference, ids: list[int], at: datetime | None) -> None:
    for part in _parts(reference, ids):
        values = {"archived_at": at, **_next_version(reference)}
        session.connection().execute(update(reference.table).where(part).values(**values))


def mend(session: Session, declared: Sameness, record: Any, *, by: Actor, at: datetime) -> None:
    """Let the package put in order what rows that came or went have changed about a record."""
    if declared.mend is not None:
        declared.mend(session, record, by, at)


def _parts(reference: Reference, ids: list[int]) -> list[Any]:
    return [reference.table.c.id.in_(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]


def _next_version(reference: Reference) -> dict[str, Any]:
    """An edit begun before must not overwrite the move."""
    return {"version": reference.table.c.version + 1} if "version" in reference.table.c else {}
