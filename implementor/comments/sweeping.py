"""Removing files that no row needs: their request was refused or died between the disk and the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

from flask import Flask
from sqlalchemy.orm import Session

from implementor.comments import queries
from implementor.comments.storage import FileStore
from implementor.web.database import db
from implementor.web.language import settings

EVERY = 3600.0  # seconds
PATIENCE = timedelta(days=1)
_BATCH = 500


def file_store() -> FileStore:
    """The store of the running application."""
    return FileStore(settings().var_dir / "files")


def sweep_files(session: Session, store: FileStore, *, at: datetime) -> int:
    """Remove files older than a day that no row names; returns how many."""
    keys, removed = store.older_than(at - PATIENCE), 0
    while batch := list(islice(keys, _BATCH)):
        needed = set(session.scalars(queries.keys_in_use(batch)))
        for key in set(batch) - needed:
            store.remove(key)
            removed += 1
    return removed


def sweep(app: Flask) -> None:
    """The worker's chore; it only reads the database."""
    with app.app_context(), Session(db.engine) as session:
        sweep_files(session, file_store(), at=datetime.now(UTC))
