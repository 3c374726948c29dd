"""How the links of records are found, from either end."""

from __future__ import annotations

from sqlalchemy import Select, and_, or_, select

from implementor.foundation.records import RecordRef
from implementor.governance.models import RecordLink


def links_around(record: RecordRef, *, project_id: int) -> Select[RecordLink]:
    """What a record has to do with others and others with it, in the order it came about."""
    from_it = and_(RecordLink.record_kind == record.kind, RecordLink.record_id == record.id)
    to_it = and_(RecordLink.other_kind == record.kind, RecordLink.other_id == record.id)
    return select(RecordLink).where(RecordLink.project_id == project_id, or_(from_it, to_it)).order_by(RecordLink.id)


def link_between(record: RecordRef, relation: str, other: RecordRef) -> Select[int]:
    """The id of the link that says this already."""
    return select(RecordLink.id).where(
        RecordLink.record_kind == record.kind,
        RecordLink.record_id == record.id,
        RecordLink.relation == relation,
        RecordLink.other_kind == other.kind,
        RecordLink.other_id == other.id,
    )
