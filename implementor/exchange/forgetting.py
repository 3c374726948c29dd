"""What imports kept of a record that is erased on request."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from implementor.exchange.models import ExternalId, ImportedRow


def forget_record(session: Session, kind: str, record_id: int) -> None:
    """Drop what imports keep of a record: values an undo would put back, and its names in other systems.

    Taking such an import back leaves the record alone from then on.
    """
    session.execute(delete(ImportedRow).where(ImportedRow.kind == kind, ImportedRow.record_id == record_id))
    session.execute(delete(ExternalId).where(ExternalId.record_kind == kind, ExternalId.record_id == record_id))
