"""The worker's look at obstacles whose time on their rung is over: a batch at a time, each in its own transaction."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM
from implementor.governance.escalation_news import pass_on
from implementor.governance.queries.escalations import climbing
from implementor.governance.services.escalations import wind_clock
from implementor.history.services import noting
from implementor.web.database import db, writing_session

AT_ONCE = 50
log = logging.getLogger("implementor.governance")


def watch_obstacles(app: Flask, at: datetime | None = None) -> int:
    """Pass on whatever stood too long on its rung, one rung for each look; returns how many."""
    moment, total = at or datetime.now(UTC), 0
    after: int | None = 0 if _any_waits(app, moment) else None
    while after is not None:
        with writing_session(app) as session:
            passed, after = _pass_batch(session, moment, after)
            session.commit()
        total += passed
    if total:
        log.info("passed %s obstacles on", total)
    return total


def _pass_batch(session: Session, at: datetime, after: int) -> tuple[int, int | None]:
    found = session.scalars(climbing(by=at, after=after, limit=AT_ONCE)).all()
    passed = 0
    for obstacle in found:
        with noting(session, by=SYSTEM, at=at, source="job"):
            if obstacle.escalates_at is None:
                wind_clock(session, obstacle)
                session.flush()
            else:
                pass_on(session, obstacle, by=SYSTEM, at=at)
                passed += 1
    return passed, found[-1].id if len(found) == AT_ONCE else None


def _any_waits(app: Flask, at: datetime) -> bool:
    """Ask without a lock first: a worker with nothing to do must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return session.scalars(climbing(by=at, after=0, limit=1)).first() is not None
