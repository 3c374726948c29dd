"""The worker's look at the clocks: what is overdue is marked, what is nearly due is told of."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.services.clocks import notice_near, notice_overdue
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.web.database import db, writing_session

AT_ONCE = 200
LOOK_EVERY = 15.0  # seconds
log = logging.getLogger("implementor.calendars")


def watch_clocks(app: Flask) -> int:
    """Mark and tell of what is due, a transaction for each batch; returns how many clocks that were."""
    total = 0
    for do, find in ((notice_overdue, queries.overdue), (notice_near, queries.nearly_due)):
        last = AT_ONCE
        while last == AT_ONCE and _any_waits(app, find(datetime.now(UTC))):
            with writing_session(app) as session:
                at = datetime.now(UTC)
                with noting(session, by=SYSTEM, at=at, source="job"):
                    last = do(session, at=at, limit=AT_ONCE)
                session.commit()
            total += last
    if total:
        log.info("noticed %s clocks", total)
    return total


def _any_waits(app: Flask, statement: queries.Clocks) -> bool:
    """Ask without a lock first: a worker with nothing to do must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return session.execute(statement.limit(1)).first() is not None
