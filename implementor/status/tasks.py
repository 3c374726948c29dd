"""What a worker does for status reports: makes the files of one, each stored as soon as it is there."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import undefer

from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import Result, task
from implementor.status import report_queries as queries
from implementor.status.models import PackFile, StatusReport
from implementor.status.packing import MAKERS


@task("status.build_files")
def build_files(job: JobContext, *, report_id: int, url: str) -> Result:
    """Make the files that are not there; a second attempt goes on where the first one ended."""
    with job.reading() as session:
        report = session.get_one(StatusReport, report_id, options=[undefer(StatusReport.content)])
        content, project_id = report.content or {}, report.project_id
        there = {file.format for file in session.scalars(queries.files_of_report(report_id=report_id))}
    missing = [format for format in MAKERS if format not in there]
    for done, format in enumerate(missing):
        job.progress(done, len(missing), say("Making the %(format)s", format=format.upper()), at_once=True)
        with job.app.app_context():
            data = MAKERS[format](content)
        with job.writing() as session:
            session.get_one(StatusReport, report_id, with_for_update=True)  # one after the other
            if format in {file.format for file in session.scalars(queries.files_of_report(report_id=report_id))}:
                continue  # another job, or the command, was quicker; what it made stays
            session.add(
                PackFile(
                    project_id=project_id, report_id=report_id, format=format, data=data, size=len(data),
                    sha256=hashlib.sha256(data).hexdigest(), made_at=job.now(),
                )
            )  # fmt: skip
    job.progress(len(missing), len(missing))
    return {"url": url}
