"""Giving the rows of one record to another, table by table, and giving them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.duplicates.references import Reference, references_to, rows_to_move
from implementor.duplicates.sameness import Sameness
from implementor.foundation.permissions import Actor

AT_ONCE = 500
RowIds = dict[str, list[int]]


def give_everything(session: Session, declared: Sameness, *, giver_id: int, taker_id: int) -> RowIds:
    """Let whatever points at the giver point at the taker; returns the ids of the rows that could, by reference."""
    moved: RowIds = {}
    for one in references_to(declared):
        wanted = rows_to_move(one, declared, loser_id=giver_id, survivor_id=taker_id)
        ids = list(session.connection().execute(wanted).scalars())
        repoint(session, one, ids, giver_id=giver_id, taker_id=taker_id)
        if ids:
            moved[one.name] = ids
    return moved


def repoint(session: Session, reference: Reference, ids: list[int], *, giver_id: int, taker_id: int) -> None:
    """Point these rows at the taker, those that still point at the giver."""
    for part in _parts(reference, ids):
        values = {reference.column.name: taker_id, **_next_version(reference)}
        session.connection().execute(update(reference.table).where(reference.to(giver_id), part).values(**values))


def still_pointing(session: Session, reference: Reference, ids: list[int], record_id: int) -> list[int]:
    """Those of the rows that still point at the record."""
    found: list[int] = []
    for part in _parts(reference, ids):
        still = select(reference.table.c.id).where(reference.to(record_id), part)
        found += session.connection().execute(still).scalars()
    return found


def lower_flags(session: Session, declared: Sameness, *, record_id: int) -> RowIds:
    """Let no row of a record be the first of its kind any more; the ids of those that were, by table and column."""
    lowered: RowIds = {}
    for reference, flag in _flags(declared):
        raised = select(reference.table.c.id).where(reference.to(record_id), reference.table.c[flag].is_(True))
        ids = list(session.connection().execute(raised).scalars())
        _set_flag(session, reference, flag, ids, value=False)
        if ids:
            lowered[f"{reference.table.name}.{flag}"] = ids
    return lowered


def clear_flags(session: Session, declared: Sameness, reference: Reference, ids: list[int]) -> None:
    """Let none of these rows be the first of its kind, before they join others."""
    for one, flag in _flags(declared):
        if one.name == reference.name:
            _set_flag(session, reference, flag, ids, value=False)


def raise_flags(session: Session, declared: Sameness, flags: RowIds, *, record_id: int) -> None:
    """Let the rows that were the first of their kind be so again, those that belong to the record."""
    lower_flags(session, declared, record_id=record_id)
    for reference, flag in _flags(declared):
        ids = flags.get(f"{reference.table.name}.{flag}", [])
        _set_flag(session, reference, flag, still_pointing(session, reference, ids, record_id), value=True)


def mend(session: Session, declared: Sameness, record: Any, *, by: Actor, at: datetime) -> None:
    """Let the package put in order what rows that came or went have changed about a record."""
    if declared.mend is not None:
        declared.mend(session, record, by, at)


def _flags(declared: Sameness) -> list[tuple[Reference, str]]:
    return [
        (reference, flag)
        for reference in references_to(declared)
        if reference.column.name == declared.flag_owner
        for flag in declared.flags.get(reference.table.name, ())
    ]


def _set_flag(session: Session, reference: Reference, flag: str, ids: list[int], *, value: bool) -> None:
    for part in _parts(reference, ids):
        values = {flag: value, **_next_version(reference)}
        session.connection().execute(update(reference.table).where(part).values(**values))


def _parts(reference: Reference, ids: list[int]) -> list[Any]:
    return [reference.table.c.id.in_(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE)]


def _next_version(reference: Reference) -> dict[str, Any]:
    """An edit begun before must not overwrite the move."""
    return {"version": reference.table.c.version + 1} if "version" in reference.table.c else {}
