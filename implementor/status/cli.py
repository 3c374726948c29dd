"""The command that makes the pack of a status report and writes it to a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.auth.command_actor import resolve
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.jobs.running import run_inline
from implementor.jobs.services import enqueue
from implementor.projects.command_project import in_project, project_named
from implementor.status import report_queries as queries
from implementor.status.models import FORMATS, StatusReport
from implementor.status.pack_page import html_of
from implementor.status.permissions import BUILD
from implementor.web.database import begin_write
from implementor.web.unit_of_work import session


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(pack)


@click.group()
def pack() -> None:
    """The packs of issued status reports."""


@pack.command()
@click.argument("project")
@click.option("--format", "form", type=click.Choice(("html", *FORMATS)), default="pdf", help="By default pdf.")
@click.option("--report", "number", type=int, help="The number of a report; the last one issued without it.")
@click.option("-o", "file", type=click.Path(dir_okay=False, path_type=Path), help="By default PROJECT-NUMBER.FORMAT.")
@click.option("--as", "email", metavar="EMAIL", help="Act for the person with this e-mail address.")
@with_appcontext
def build(project: str, form: str, number: int | None, file: Path | None, email: str | None) -> None:
    """Make the pack of a report of PROJECT (its key) and write it to a file; a pack that was made is kept as it is."""
    try:
        by = resolve(session(), email)
        report = _report(by, project, number)
        data = _data_of(report, form, by)
    except Refusal as refusal:
        session().rollback()
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    target = file or Path(f"{project.upper()}-{report.number}.{form}")
    target.write_bytes(data)
    click.echo(f"{target}: {len(data)}")


def _report(by: Actor, key: str, number: int | None) -> StatusReport:
    project = project_named(session(), by, key.upper())
    if by is not SYSTEM and not in_project(session(), by, project).may(BUILD):
        raise Refusal(say("You may not take packs of %(project)s. Name somebody with --as.", project=project.key))
    issued = queries.issued_before(project_id=project.id, number=None)
    wanted = queries.report_numbered(project_id=project.id, number=number) if number is not None else issued.limit(1)
    report = session().scalars(wanted).one_or_none()
    if report is None or not report.is_issued:
        raise Refusal(say("There is no such issued report of %(project)s.", project=project.key))
    return report


def _data_of(report: StatusReport, form: str, by: Actor) -> bytes:
    if form == "html":
        session().refresh(report, ["content"])
        return html_of(report.content or {}, is_alone=True).encode()
    made = queries.file_of_report(report_id=report.id, format=form)
    kept = session().scalars(made).one_or_none()
    if kept is None:
        _make(report, by)
        kept = session().scalars(made).one()
    return kept.data


def _make(report: StatusReport, by: Actor) -> None:
    """Have the files made as the pages do, by the job, but here and now. Raises Refusal with what hindered it."""
    report_id, number, project_id = report.id, report.number, report.project_id
    session().rollback()
    begin_write(session())
    job = enqueue(
        session(), "status.build_files", arguments={"report_id": report_id, "url": ""},
        title=say("Files of status report %(number)s", number=number), by=by, at=datetime.now(UTC),
        project_id=project_id,
    )  # fmt: skip
    session().flush()
    job_id = job.id
    session().commit()  # nothing is read from here on until the job has ended, so that its files are seen then
    ended = run_inline(current_app._get_current_object(), job_id)  # type: ignore[attr-defined]
    if ended.state != "done":
        raise Refusal(say("The files could not be made: %(why)s", why=ended.error or ended.state))
