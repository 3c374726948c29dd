"""Writing documents: of records that were just changed, or of everything anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from implementor.foundation.records import kinds
from implementor.foundation.searchable import Searchable
from implementor.projects.models import Project
from implementor.projects.place import keys_read
from implementor.search.models import SearchDocument
from implementor.search.sources import row_of, source_of

DOCUMENTS: Table = SearchDocument.__table__  # type: ignore[assignment]  # declared tables are tables


def index_records(
    session: Session, kind: str, records: Iterable[Any], *, at: datetime, new: Collection[int] = ()
) -> int:
    """Write the documents of these records anew, by Core statements; returns how many may be found.

    Those whose ids are `new` were made just now and have none yet.
    """
    source = source_of(kind)
    if source is None:
        return 0
    found = list(records)
    if known := [record.id for record in found if record.id not in new]:
        forget_records(session, kind, known)
    keys = _project_keys(session, found)
    rows = [row for record in found if (row := _row(source, record, keys, at)) is not None]
    if rows:
        session.connection().execute(insert(DOCUMENTS), rows)
    return len(rows)


def forget_records(session: Session, kind: str, ids: Collection[int]) -> None:
    """Take documents away."""
    gone = delete(DOCUMENTS).where(DOCUMENTS.c.kind == kind, DOCUMENTS.c.record_id.in_(list(ids)))
    session.connection().execute(gone)


def rebuild_batch(
    session: Session, kind: str, *, at: datetime, after_id: int = 0, project_id: int | None = None, size: int = 500
) -> int | None:
    """Write the documents of the next records of a kind by id; returns the last id, None when there are no more."""
    model = kinds[kind].model
    statement = select(model).where(model.id > after_id).order_by(model.id).limit(size)
    if project_id is not None:
        statement = statement.where(model.project_id == project_id)
    records = session.scalars(statement).all()
    index_records(session, kind, records, at=at)
    return records[-1].id if records else None


def _row(source: Searchable, record: Any, keys: Mapping[int, str], at: datetime) -> dict[str, Any] | None:
    project_id = getattr(record, "project_id", None)
    return row_of(source, record, keys.get(project_id) if project_id is not None else None, at)


def _project_keys(session: Session, records: Iterable[Any]) -> Mapping[int, str]:
    """Keys of the records' projects; they never change, so a session asks once for each."""
    known = keys_read(session)
    wanted = {getattr(record, "project_id", None) for record in records} - {None, *known}
    if wanted:
        statement = select(Project.id, Project.key).where(Project.id.in_(sorted(wanted)))
        known.update({row.id: row.key for row in session.connection().execute(statement)})
    return known
