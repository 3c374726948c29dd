"""Finding jobs: for the people who may see them, and for the worker that does them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, or_, select, true

from implementor.foundation.permissions import Actor
from implementor.jobs.models import RUNNING, WAITING, Job
from implementor.jobs.permissions import WATCH_ALL_JOBS


def job_visible_to(actor: Actor, *, job_id: int) -> Select[Job]:
    """The job, for its owner and for those who follow all jobs."""
    theirs = true() if actor.may(WATCH_ALL_JOBS) else Job.owner_id == actor.user_id
    return select(Job).where(Job.id == job_id, theirs)


def next_job_id(at: datetime) -> Select[int]:
    """The job that waits longest and may begin; locked where the database can, so that two workers take two jobs."""
    return (
        select(Job.id)
        .where(Job.state == WAITING, Job.not_before <= at)
        .order_by(Job.not_before, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def silent_since(moment: datetime) -> Select[Job]:
    """Running jobs whose worker has not been heard of since a moment."""
    return select(Job).where(Job.state == RUNNING, or_(Job.heartbeat_at.is_(None), Job.heartbeat_at < moment))


def unfinished_jobs(kind: str) -> Select[int | None]:
    """The projects for which work of a kind waits or runs."""
    return select(Job.project_id).where(Job.kind == kind, Job.state.in_((WAITING, RUNNING)))


def waiting_job_id(at: datetime) -> Select[int]:
    """Any job that may begin, to know cheaply whether taking one is worth a write."""
    return select(Job.id).where(Job.state == WAITING, Job.not_before <= at).limit(1)
