"""Counting open periods by themselves, a few times a day."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.incentives import queries
from implementor.incentives.reading import people_of
from implementor.incentives.services import count_period
from implementor.settings import Settings
from implementor.web.database import db, writing_session

LOOK_EVERY = 3600.0  # seconds
FRESH_FOR = timedelta(hours=6)
log = logging.getLogger("implementor.incentives")


def count_open(app: Flask, at: datetime | None = None) -> int:
    """The worker's look: count what is older than six hours; answers how many periods were counted."""
    moment = at or datetime.now(UTC)
    settings: Settings = app.extensions["implementor_settings"]
    today = moment.astimezone(settings.time_zone).date()
    with app.app_context(), Session(db.engine) as session:
        periods = session.scalars(queries.periods_to_count(today)).all()
        due = [one.id for one in periods if _is_due(session.scalar(queries.newest_count([one.id])), moment)]
    for period_id in due:
        with writing_session(app) as session:
            with noting(session, by=SYSTEM, at=moment, source="job"):
                for one in session.scalars(queries.periods_to_count(today)):
                    if one.id == period_id:
                        count_period(session, one, people_of(session, one, settings.time_zone), at=moment)
            session.commit()
    if due:
        log.info("counted %s periods of incentives", len(due))
    return len(due)


def _is_due(counted: datetime | None, at: datetime) -> bool:
    return counted is None or counted < at - FRESH_FOR
