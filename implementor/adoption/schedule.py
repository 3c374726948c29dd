"""Asking for the facts of the day: by themselves once an hour, and when somebody wants them now."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from implementor.adoption import work_queries
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.jobs.models import Job
from implementor.jobs.services import enqueue
from implementor.web.database import db, writing_session

LOOK_EVERY = 600.0  # seconds
FRESH_FOR = timedelta(hours=1)
TASK = "adoption.facts"
TITLE = say("Read from the records how the CRM is used")
log = logging.getLogger("implementor.adoption")


def ask_now(session: Session, *, by: Actor, at: datetime) -> Job:
    """Let a worker write the facts of today; where one is asked to already, that work it is."""
    under_way = session.scalars(work_queries.reading_under_way(TASK)).first()
    return under_way or enqueue(session, TASK, arguments={}, title=TITLE, by=by, at=at)


def ask_if_due(app: Flask, at: datetime | None = None) -> bool:
    """Ask for the facts of today where they are more than an hour old; whether they were asked for."""
    moment = at or datetime.now(UTC)
    with app.app_context(), Session(db.engine) as session:
        newest = session.scalars(work_queries.newest_fact_day()).one_or_none()
        if newest is not None and newest.written_at > moment - FRESH_FOR:
            return False
        if session.scalars(work_queries.reading_under_way(TASK)).first() is not None:
            return False
    with writing_session(app) as session:
        enqueue(session, TASK, arguments={}, title=TITLE, by=SYSTEM, at=moment)
        session.commit()
    log.info("asked for the facts of adoption")
    return True
