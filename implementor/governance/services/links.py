"""Saying what a record of governance affects, came from or became, each link once."""

from __future__ import annotations

from typing import Literal

from sqlalchemy.orm import Session

from implementor.foundation.records import RecordRef
from implementor.governance.models import RecordLink
from implementor.governance.queries.links import link_between

Relation = Literal["affects", "came_from", "became"]


def link_records(
    session: Session, *, project_id: int, record: RecordRef, relation: Relation, other: RecordRef
) -> RecordLink | None:
    """Say it; None where it was said already. The caller has seen both records."""
    if session.scalar(link_between(record, relation, other)) is not None:
        return None
    made = RecordLink(
        project_id=project_id,
        record_kind=record.kind,
        record_id=record.id,
        relation=relation,
        other_kind=other.kind,
        other_id=other.id,
    )
    session.add(made)
    session.flush()
    return made
