"""Asking for measurements: of one metric now, of every metric once a day."""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.jobs.models import Job
from implementor.jobs.queries import unfinished_jobs
from implementor.jobs.services import enqueue
from implementor.metrics.models import Metric
from implementor.metrics.queries import metrics_due
from implementor.settings import Settings
from implementor.web.database import db, writing_session

LOOK_EVERY = 300.0  # seconds
TASK = "metrics.measure"
log = logging.getLogger("implementor.metrics")


def measure_now(session: Session, metric: Metric, *, by: Actor, at: datetime) -> Job:
    """Let a worker measure a metric, and the formulas' metrics as they are."""
    return enqueue(
        session, TASK, arguments={"project_id": metric.project_id, "ids": [metric.id]},
        title=say("Measure %(name)s", name=metric.name), by=by, at=at, project_id=metric.project_id,
    )  # fmt: skip


def ask_for_due(app: Flask, at: datetime | None = None) -> int:
    """Ask for a job for each project with metrics that nobody tried today; returns how many were asked for."""
    moment = at or datetime.now(UTC)
    settings: Settings = app.extensions["implementor_settings"]
    today = moment.astimezone(settings.time_zone).date()
    due: dict[int, list[int]] = defaultdict(list)
    with app.app_context(), Session(db.engine) as session:
        for project_id, metric_id in session.execute(metrics_due(before=today)):
            due[project_id].append(metric_id)
        busy = set(session.scalars(unfinished_jobs(TASK))) if due else set()
    wanted = {project_id: ids for project_id, ids in due.items() if project_id not in busy}
    if wanted:
        _ask(app, wanted, moment)
    return len(wanted)


def _ask(app: Flask, wanted: dict[int, list[int]], at: datetime) -> None:
    with writing_session(app) as session:
        for project_id, ids in wanted.items():
            enqueue(
                session, TASK, arguments={"project_id": project_id, "ids": ids},
                title=say("Measure the metrics of a project"), by=SYSTEM, at=at, project_id=project_id,
            )  # fmt: skip
        session.commit()
    log.info("asked for the metrics of %s projects", len(wanted))
