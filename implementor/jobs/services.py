"""Asking for work, calling it off, and the steps a worker takes a job through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.jobs import queries
from implementor.jobs.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job

SILENCE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


class JobIsOver(Refusal):
    """The job cannot be cancelled any more."""


def enqueue(
    session: Session,
    kind: str,
    *,
    arguments: Mapping[str, Any],
    title: Phrase,
    by: Actor,
    at: datetime,
    project_id: int | None = None,
    not_before: datetime | None = None,
) -> Job:
    """Ask for a task by its name; it begins once this session's transaction is committed, and never if it is not."""
    job = Job(
        kind=kind,
        arguments=dict(arguments),
        title=title.as_json(),
        owner_id=by.user_id,
        project_id=project_id,
        created_at=at,
        not_before=not_before or at,
    )
    session.add(job)
    session.flush()
    return job


def cancel_job(job: Job, *, by: Actor, at: datetime) -> None:
    """Call a job off: at once while it waits, at its next safe point while it runs."""
    if job.is_over:
        raise JobIsOver(say("This job has ended already."))
    job.cancel_asked_at, job.cancel_asked_by_id = at, by.user_id
    if job.state == WAITING:
        job.state, job.finished_at = CANCELLED, at


# --- the worker's steps; each is one short transaction of its own --------------------------------------------------


def take_job(session: Session, *, at: datetime, job_id: int | None = None) -> Job | None:
    """Begin the job that waits longest (or the named one, which must wait); None when there is none."""
    chosen = job_id if job_id is not None else session.scalar(queries.next_job_id(at))
    if chosen is None:
        return None
    taken = (
        update(Job)
        .where(Job.id == chosen, Job.state == WAITING)
        .values(state=RUNNING, started_at=at, heartbeat_at=at, attempts=Job.attempts + 1, progress_done=0, message=None)
        .returning(Job)
    )
    return session.scalars(taken, execution_options={"synchronize_session": False}).one_or_none()


def finish_job(session: Session, job: Job, *, at: datetime, **outcome: Any) -> bool:
    """End this attempt with the columns of its outcome; False when the job was meanwhile given to somebody else."""
    return _update_attempt(session, job, {"finished_at": at, **outcome})


def give_back_job(session: Session, job: Job) -> bool:
    """Let a job that was begun wait again, as if this attempt had not been."""
    return _update_attempt(session, job, {"state": WAITING, "attempts": Job.attempts - 1, "heartbeat_at": None})


def _update_attempt(session: Session, job: Job, values: dict[str, Any]) -> bool:
    statement = (
        update(Job)
        .where(Job.id == job.id, Job.state == RUNNING, Job.attempts == job.attempts)
        .values(**values)
        .returning(Job.id)
    )
    return session.execute(statement, execution_options={"synchronize_session": False}).one_or_none() is not None


def beat(session: Session, job_ids: list[int], *, at: datetime) -> None:
    """Say that these jobs are still being worked on."""
    session.execute(update(Job).where(Job.id.in_(job_ids), Job.state == RUNNING).values(heartbeat_at=at))


def report_progress(
    session: Session, job: Job, *, done: int, total: int | None, message: Phrase | None, at: datetime
) -> bool:
    """Say how far the job is; True when this attempt should end: called off, or given to somebody else meanwhile."""
    values: dict[str, Any] = {"progress_done": done, "progress_total": total, "heartbeat_at": at}
    if message is not None:
        values["message"] = message.as_json()
    if not _update_attempt(session, job, values):
        return True
    return session.scalar(select(Job.cancel_asked_at).where(Job.id == job.id)) is not None


def rescue_jobs(session: Session, *, at: datetime, mine: frozenset[int] = frozenset()) -> int:
    """Let jobs wait again whose worker fell silent, or give them up after three attempts; returns how many.

    `mine` are jobs that the caller itself is busy with.
    """
    silent = [job for job in session.scalars(queries.silent_since(at - SILENCE)) if job.id not in mine]
    for job in silent:
        if job.cancel_asked_at is not None:
            job.state, job.finished_at = CANCELLED, at
        elif job.attempts >= MOST_ATTEMPTS:
            job.state, job.finished_at = FAILED, at
            job.message = say("The job stopped three times without a word and was given up.").as_json()
        else:
            job.state, job.heartbeat_at = WAITING, None
    return len(silent)


def outcome_of_refusal(reason: Phrase) -> dict[str, Any]:
    """Columns of a job that was refused by a rule."""
    return {"state": FAILED, "message": reason.as_json()}


def outcome_of_surprise(trace: str) -> dict[str, Any]:
    """Columns of a job that broke."""
    reason = say("Something broke on our side. What the job had not finished was taken back.")
    return {"state": FAILED, "message": reason.as_json(), "error": trace}


def outcome_of_success(result: Mapping[str, Any] | None) -> dict[str, Any]:
    """Columns of a job that did its work."""
    return {"state": DONE, "result": dict(result or {})}
