"""The files of an issued report: asking for them, and taking one."""

from __future__ import annotations

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import say
from implementor.jobs.services import enqueue
from implementor.status import permissions
from implementor.status import report_queries as queries
from implementor.status.models import FORMATS, TYPES, PackFile, StatusReport
from implementor.status.views.routing import ROOT, blueprint, report_or_404
from implementor.web.guard import actor, allow
from implementor.web.unit_of_work import now, session


@blueprint.post(f"{ROOT}/<int:number>/files")
@allow(permissions.BUILD)
def build_files(project_key: str, number: int) -> ResponseReturnValue:
    """Have the files made that are not there yet, in a job with progress."""
    found = report_or_404(number)
    if not found.is_issued:
        raise Refusal(say("Files are made of issued reports. Issue it first."))
    job = enqueue(
        session(),
        "status.build_files",
        arguments={"report_id": found.id, "url": url_for("status.report", number=number)},
        title=say("Files of status report %(number)s", number=number),
        by=actor(),
        at=now(),
        project_id=g.project.id,
    )
    session().flush()  # the answer leads to the job's page
    return redirect(url_for("jobs.show", job_id=job.id), 303)


@blueprint.get(f"{ROOT}/<int:number>/files/<format>")
@allow(permissions.BUILD)
def take_file(project_key: str, number: int, format: str) -> ResponseReturnValue:
    """One file, as it was made."""
    return answer_file(report_or_404(number), format, g.project.key)


def answer_file(report: StatusReport, format: str, project_key: str) -> Response:
    """A file as an answer. Raises NotFound for one that was not made."""
    found: PackFile | None = None
    if format in FORMATS:
        found = session().scalars(queries.file_of_report(report_id=report.id, format=format)).one_or_none()
    if found is None:
        raise NotFound("pack_file")
    answer = Response(found.data, mimetype=TYPES[format])
    name = f"{project_key}-{report.number}.{format}"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.set_etag(found.sha256)
    return answer
