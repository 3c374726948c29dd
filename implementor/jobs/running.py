"""Doing one job from its beginning to its outcome, in a worker or right here."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from threading import Event
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.auth.models import User
from implementor.auth.queries import roles_of
from implementor.foundation import live
from implementor.foundation.conventions import kept
from implementor.foundation.errors import Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.foundation.words import say, speaking
from implementor.jobs import queries, services
from implementor.jobs.context import JobCancelled, JobContext, JobStopped
from implementor.jobs.events import JobBegan
from implementor.jobs.models import CANCELLED, Job
from implementor.jobs.tasks import task_named
from implementor.web.database import db, writing_session
from implementor.web.language import speech_of

log = logging.getLogger("implementor.jobs")


def run_next(app: Flask, stopping: Event, busy_with: set[int]) -> bool:
    """Do the job that waits longest; False when none waits."""
    with live.living(live.present()), kept():  # what a job puts there ends with it
        context = _begin(app, None, stopping) if _one_waits(app) else None
        if context is None:
            return False
        busy_with.add(context.job.id)
        try:
            _carry_out(context)
        finally:
            busy_with.discard(context.job.id)
    return True


def run_inline(app: Flask, job_id: int) -> Job:
    """Do a waiting job here and now, as commands and tests want it; returns the job as it ended."""
    with live.living(live.present()), kept():
        context = _begin(app, job_id, None)
        if context is None:
            raise services.JobIsOver(say("This job is not waiting."))
        _carry_out(context)
    with context.reading() as session:
        ended = session.get_one(Job, job_id)
        session.expunge(ended)
    return ended


def _one_waits(app: Flask) -> bool:
    """Ask without a lock first: a worker with nothing to do must not hinder those who write."""
    with app.app_context(), Session(db.engine) as session:
        return session.scalar(queries.waiting_job_id(datetime.now(UTC))) is not None


def _begin(app: Flask, job_id: int | None, stopping: Event | None) -> JobContext | None:
    with writing_session(app) as session:
        at = datetime.now(UTC)
        job = services.take_job(session, at=at, job_id=job_id)
        by = _owner(session, job)
        if job is not None:
            publish(session, JobBegan(job.kind, by, at))
        session.commit()
    return None if job is None else JobContext(app, job, by, stopping)


def _owner(session: Session, job: Job | None) -> Actor:
    """The person who asked, with the roles of the installation: those say which records they reach.

    What they may do was decided when they asked.
    """
    person = session.get(User, job.owner_id) if job is not None and job.owner_id is not None else None
    if person is None:
        return SYSTEM
    held = (Role(role) for _, role in session.execute(roles_of([person.id])))
    roles = frozenset({Role.SIGNED_IN, *held})
    return Actor(person.id, person.name, person.email, roles, person.language, person.time_zone)


def _carry_out(context: JobContext) -> None:
    log.info("job begins", extra={"job_id": context.job.id, "project_id": context.job.project_id})
    with context.app.app_context(), speaking(speech_of(context.by.language, context.by.time_zone)):
        outcome = _outcome(context)
    with writing_session(context.app) as session:
        if outcome is None:
            services.give_back_job(session, context.job)
        else:
            services.finish_job(session, context.job, at=context.now(), **outcome)
        session.commit()
    log.info("job ends", extra={"job_id": context.job.id, "status": outcome["state"] if outcome else "given back"})


def _outcome(context: JobContext) -> dict[str, Any] | None:
    """Columns of how the task ended; None when it should wait for another worker."""
    try:
        result = task_named(context.job.kind)(context, **context.job.arguments)
    except JobStopped:
        return None
    except JobCancelled:
        return {"state": CANCELLED}
    except Refusal as refusal:
        return services.outcome_of_refusal(refusal.reason)
    except Exception as surprise:  # the worker is the edge: a broken task must not end it
        log.error("job broke", exc_info=surprise, extra={"job_id": context.job.id})
        return services.outcome_of_surprise(traceback.format_exc())
    return services.outcome_of_success(result)
