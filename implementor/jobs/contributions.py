"""What every worker does besides jobs: sealing the history that grew since the last time."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask

from implementor.history.sealing import AT_ONCE, key_from, seal_changes
from implementor.jobs.worker import chore
from implementor.settings import Settings
from implementor.web.database import writing_session

SEAL_EVERY = 60.0  # seconds
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
