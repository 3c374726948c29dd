"""The worker's look at money: terms that end, forecasts over their limits."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.finance.money_news import ending_soon, over_limit, tell_of_limits, tell_of_terms
from implementor.finance.queries.contracts import contracts_measured
from implementor.finance.services.licences import measure_licences
from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.web.database import db, writing_session

LOOK_EVERY = 6 * 3600.0  # seconds
COUNT_EVERY = 24 * 3600.0
log = logging.getLogger("implementor.finance")


def watch_money(app: Flask, at: datetime | None = None) -> int:
    """Tell owners, leads and sponsors; returns how many were told."""
    moment = at or datetime.now(UTC)
    if not _is_something_to_tell(app, moment):
        return 0
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=moment, source="job"):
            told = tell_of_terms(session, at=moment) + tell_of_limits(session, at=moment)
        session.commit()
    if told:
        log.info("told %s people of money", told)
    return told


def count_licences_now(app: Flask, at: datetime | None = None) -> int:
    """Write down the licences that something counts by itself; returns how many counts are new."""
    moment = at or datetime.now(UTC)
    with app.app_context(), Session(db.engine) as session:
        if session.scalars(contracts_measured().limit(1)).first() is None:
            return 0
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=moment, source="job"):
            contracts = session.scalars(contracts_measured()).all()
            made = [one for one in contracts if measure_licences(session, one, at=moment) is not None]
        session.commit()
    return len(made)


def _is_something_to_tell(app: Flask, at: datetime) -> bool:
    """Ask without a lock first: a worker with nothing to tell must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return bool(ending_soon(session, at.date()) or over_limit(session, at.date()))
