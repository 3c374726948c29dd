"""Imports as entries of a record's timeline: rows that an import made have no change row of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.exchange import queries
from implementor.exchange.models import ImportRun
from implementor.foundation.words import say
from implementor.history.timeline import Asked, Entry


def imports_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """That a record was made by an import; what an import changed is in the history already."""
    statement = queries.imports_of_record(kind=asked.record.kind, record_id=asked.record.id)
    if asked.before is not None:
        statement = statement.where(ImportRun.started_at < asked.before)
    rows = session.execute(statement.limit(asked.limit)).all()
    return [
        Entry(
            row.at, f"import-{row.id}", row.who or "system", say("imported it from %(file)s.", file=row.file_name),
            icon="upload",
        )
        for row in rows
        if row.verb == "created"
    ]  # fmt: skip
