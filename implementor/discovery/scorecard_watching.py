"""The worker's look at published scorecards that areas have not taken note of."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from implementor.discovery.scorecard_news import remind_of_scorecard
from implementor.discovery.scorecard_queries import editions_to_remind_of
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.web.database import db, writing_session

LOOK_EVERY = 3600.0  # seconds
PATIENCE = timedelta(days=7)
log = logging.getLogger("implementor.discovery")


def watch_scorecards(app: Flask, at: datetime | None = None) -> int:
    """Remind areas that took no note for a week; returns how many people were told."""
    moment = at or datetime.now(UTC)
    due = editions_to_remind_of(before=moment - PATIENCE)
    with app.app_context(), Session(db.engine) as reading:
        if reading.scalars(due.limit(1)).first() is None:
            return 0
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=moment, source="job"):
            told = sum(remind_of_scorecard(session, one, at=moment) for one in session.scalars(due).all())
        session.commit()
    log.info("reminded %s people of scorecards", told)
    return told
