"""Measuring the metrics of a project in a worker: reading takes as long as it takes, writing is one short action."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from implementor.foundation.words import say_n
from implementor.history.services import name_action
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task
from implementor.metrics.measuring import Found, find, to_measure, write_down
from implementor.metrics.queries import measured_metrics
from implementor.settings import Settings

AT_ONCE = 20
"""Metrics that are measured before what was found is written down, so that neither reading nor writing holds others."""


@task("metrics.measure")
def measure_many(job: JobContext, *, project_id: int, ids: list[int] | None = None) -> dict[str, Any]:
    """Measure the metrics of a project as of today, all of them or those of these ids."""
    settings: Settings = job.app.extensions["implementor_settings"]
    on = job.now().astimezone(settings.time_zone).date()
    with job.reading() as session:
        turn = to_measure(session, project_id=project_id, ids=ids)
    known: dict[str, Decimal | None] = {}
    written = 0
    for begin in range(0, len(turn), AT_ONCE):
        job.progress(begin, len(turn))
        some = turn[begin : begin + AT_ONCE]
        with job.reading() as session:
            found = find(session, project_id=project_id, on=on, zone=settings.time_zone, ids=some, known=known)
        written += _write(job, project_id, found, on)
    job.progress(len(turn), len(turn))
    return {"measured": len(turn), "written": written, "on": on.isoformat()}


def _write(job: JobContext, project_id: int, found: dict[int, Found], on: date) -> int:
    count, at = 0, job.now()
    with job.writing() as session:
        summary = say_n("Measured %(count)s metric", "Measured %(count)s metrics", len(found))
        name_action(session, summary, verb="metric.measure", project_id=project_id)
        for metric in session.scalars(measured_metrics(project_id=project_id, ids=list(found))):
            count += write_down(session, metric, found[metric.id], on=on, by=job.by, at=at) is not None
    return count
