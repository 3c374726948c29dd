"""Watching a job, and calling it off."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.words import Phrase, say, speech
from implementor.jobs import queries
from implementor.jobs.models import Job
from implementor.jobs.permissions import WATCH_ALL_JOBS, WATCH_JOBS
from implementor.jobs.services import cancel_job
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("jobs", __name__)

STATES: dict[str, tuple[Phrase, str]] = {
    "waiting": (say("Waiting"), "neutral"),
    "running": (say("Running"), "review"),
    "done": (say("Done"), "ok"),
    "failed": (say("Did not work"), "off"),
    "cancelled": (say("Cancelled"), "neutral"),
}


@blueprint.get("/jobs/<int:job_id>")
@allow(WATCH_JOBS)
def show(job_id: int) -> Response:
    """The job as it stands."""
    return _draw(_visible(job_id))


@blueprint.get("/jobs/<int:job_id>/progress")
@allow(WATCH_JOBS)
def fragment(job_id: int) -> ResponseReturnValue:
    """The job for the page that asks each second: 204 while nothing is new."""
    job = _visible(job_id)
    if not job.is_over and request.if_none_match.contains(_version(job)):
        return Response(status=204)
    return _draw(job)


@blueprint.post("/jobs/<int:job_id>/cancel")
@allow(WATCH_JOBS)
def cancel(job_id: int) -> ResponseReturnValue:
    """Call the job off."""
    job = _visible(job_id)
    cancel_job(job, by=actor(), at=now())
    tell(say("%(title)s is called off.", title=job.title_phrase))
    return redirect(url_for("jobs.show", job_id=job_id), 303)


def _visible(job_id: int) -> Job:
    job = session().scalars(queries.job_visible_to(actor(), job_id=job_id)).one_or_none()
    if job is None:
        raise NotFound
    return job


def _version(job: Job) -> str:
    """What the page looks like now, in short."""
    return hashlib.blake2b(f"{job.signature}-{speech().language}".encode(), digest_size=8).hexdigest()


def _draw(job: Job) -> Response:
    return draw("jobs/show.html", job=job, version=_version(job), states=STATES, watch_all=WATCH_ALL_JOBS)
