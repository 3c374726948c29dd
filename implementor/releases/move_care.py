"""Seeing that the records of a release arrive, whatever became of the job that moves them."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM
from implementor.history.services import noting
from implementor.jobs.queries import unfinished_jobs
from implementor.jobs.worker import chore
from implementor.releases.move_models import UNDER_WAY, ReleaseMove
from implementor.releases.release_models import ConfigRelease
from implementor.releases.row_moving import TASK, ask_for_moves
from implementor.web.database import db, writing_session

EVERY = 600.0  # seconds


def contribute_care() -> None:
    """Let every worker look now and then."""
    chore("releases.moves", every=EVERY)(go_on_moving)


def go_on_moving(app: Flask) -> int:
    """Let jobs go on with what is under way while no job is at it; returns of how many releases."""
    with app.app_context(), Session(db.engine) as session:
        found = select(ReleaseMove.release_id).where(ReleaseMove.state.in_(UNDER_WAY)).distinct()
        left = [] if session.scalars(unfinished_jobs(TASK)).first() is not None else session.scalars(found).all()
    if not left:
        return 0
    at = datetime.now(UTC)
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=at, source="job"):
            for release_id in left:
                ask_for_moves(session, session.get_one(ConfigRelease, release_id), by=SYSTEM, at=at)
        session.commit()
    return len(left)
