"""The store of uploads of an installation, and the chore that clears away what no import needs any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice

from flask import Flask
from sqlalchemy.orm import Session

from implementor.exchange import queries
from implementor.exchange.storage import UploadStore
from implementor.settings import Settings
from implementor.web.database import db

EVERY = 3600.0  # seconds
ORPHANS_AFTER = timedelta(days=1)
KEPT_FOR = timedelta(days=90)
_BATCH = 500


def upload_store(app: Flask) -> UploadStore:
    """Where this installation keeps uploads."""
    settings: Settings = app.extensions["implementor_settings"]
    return UploadStore(settings.var_dir / "imports")


def sweep(app: Flask) -> None:
    """The worker's chore: files that no run names after a day, and every file after ninety."""
    store, at = upload_store(app), datetime.now(UTC)
    for key in store.older_than(at - KEPT_FOR):
        store.remove(key)
    keys = store.older_than(at - ORPHANS_AFTER)
    with app.app_context(), Session(db.engine) as session:
        while batch := list(islice(keys, _BATCH)):
            needed = set(session.scalars(queries.keys_in_use(batch)))
            for key in set(batch) - needed:
                store.remove(key)
