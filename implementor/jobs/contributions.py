"""What every worker does besides jobs: sealing the history that grew since the last time; and whether one works."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask

from implementor.history.sealing import AT_ONCE, key_from, seal_changes
from implementor.jobs import queries
from implementor.jobs.worker import chore
from implementor.settings import Settings
from implementor.web.database import db, writing_session
from implementor.web.doctor import FAULT, GOOD, looks_at

SEAL_EVERY = 60.0  # seconds
LONG = timedelta(minutes=5)
"""A job that waits longer waits for a worker that is not there, or for one that has very much to do."""
log = logging.getLogger("implementor.history")


def contribute(_app: Flask) -> None:
    """Called once by the factory."""
    chore("history.seal", every=SEAL_EVERY)(seal)


def seal(app: Flask) -> int:
    """Seal new changes; returns how many."""
    settings: Settings = app.extensions["implementor_settings"]
    total, last = 0, AT_ONCE
    while last == AT_ONCE:
        # a transaction for each batch, so that others can write in between
        with writing_session(app) as session:
            last = seal_changes(session, key=key_from(settings.secret_key), at=datetime.now(UTC))
            session.commit()
        total += last
    if total:
        log.info("sealed %s changes", total)
    return total


@looks_at("jobs")
def look_at_jobs(_app: Flask, at: datetime) -> tuple[str, str]:
    """Somebody takes the jobs that wait."""
    if db.session.scalar(queries.waiting_job_id(at - LONG)) is None:
        return GOOD, "no job waits for a worker"
    return FAULT, "a job has waited for more than five minutes: start `implementor worker`, or one more of them"
