"""The worker's look at what rests: a batch at a time, so that nobody waits for it who writes."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM
from implementor.governance.queries.silence import resting
from implementor.governance.silence import silent_kinds
from implementor.governance.silence_news import tell_of_silence
from implementor.history.services import noting
from implementor.web.database import db, writing_session

LOOK_EVERY = 3600.0  # seconds
SOONEST = timedelta(days=1)
log = logging.getLogger("implementor.governance")


def watch_silence(app: Flask, at: datetime | None = None) -> int:
    """Tell owners, leads and sponsors of what rests too long; returns how many were told."""
    moment, total = at or datetime.now(UTC), 0
    for kind in sorted(silent_kinds):
        after: int | None = 0 if _any_rests(app, kind, moment) else None
        while after is not None:
            with writing_session(app) as session:
                with noting(session, by=SYSTEM, at=moment, source="job"):
                    told, after = tell_of_silence(session, kind, at=moment, after=after)
                session.commit()
            total += told
    if total:
        log.info("told %s people of what rests", total)
    return total


def _any_rests(app: Flask, kind: str, at: datetime) -> bool:
    """Ask without a lock first: a worker with nothing to tell must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        found = resting(silent_kinds[kind].open_rows(), since=at - SOONEST, limit=1)
        return session.execute(found).first() is not None
