"""Seeing that the indexes of fields of one's own are there, whatever a restored or rebuilt database has lost."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.configuration import queries
from implementor.configuration.index_building import missing
from implementor.configuration.models import CustomField
from implementor.configuration.services.field_indexes import BUILDING, ask_for_index
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.jobs.worker import chore
from implementor.web.database import db, writing_session
from implementor.web.doctor import GOOD, NOTE, looks_at

EVERY = 3600.0  # seconds


def contribute_care() -> None:
    """Let every worker look now and then."""
    chore("configuration.indexes", every=EVERY)(mend_indexes)


def mend_indexes(app: Flask) -> int:
    """Let jobs build the indexes that are missing; returns how many there were."""
    with app.app_context(), Session(db.engine) as session:
        found = [row.id for row in lacking(session) if row.index_state != BUILDING]
    if not found:
        return 0
    at = datetime.now(UTC)
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=at, source="job"):
            for field_id in found:
                ask_for_index(session, session.get_one(CustomField, field_id), by=SYSTEM, at=at)
        session.commit()
    return len(found)


def lacking(session: Session) -> list[CustomField]:
    """The fields that lists are filtered by and that lack an index."""
    return missing(session.connection(), session.scalars(queries.custom_fields()).all())


@looks_at("indexes")
def look_at_indexes(_app: Flask, _at: datetime) -> tuple[str, str]:
    """Lists that are filtered by fields of one's own are quick."""
    found = lacking(db.session())
    if not found:
        return GOOD, "every field of one's own that lists are filtered by has its index"
    names = ", ".join(row.label_en for row in found[:5])
    return (
        NOTE,
        f"{len(found)} fields lack their index ({names}): lists take longer until `implementor worker` built it",
    )
