"""Tells archived records that people put away from those that taking back an import put away."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from implementor.exchange.models import UNDOING, UNDONE, ImportedRow, ImportRun


def was_taken_back(session: Session, kind: str, record_ids: Collection[int]) -> set[int]:
    """Those of these records of which no import is left that was not taken back: a new import makes them anew."""
    if not record_ids:
        return set()
    other, run = aliased(ImportedRow), aliased(ImportRun)
    standing = exists().where(
        other.kind == kind,
        other.record_id == ImportedRow.record_id,
        other.run_id == run.id,
        run.state.not_in((UNDONE, UNDOING)),
    )
    found = session.scalars(
        select(ImportedRow.record_id).where(ImportedRow.kind == kind, ImportedRow.record_id.in_(record_ids), ~standing)
    )
    return set(found)
