"""Imports that were made: the list, how one is doing and how it ended, its refused rows, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from implementor.exchange import queries, services
from implementor.exchange.kinds import reason_from_json
from implementor.exchange.models import DONE, WROTE, ImportRun
from implementor.exchange.views.routing import (
    STATES,
    about,
    emptied_lines,
    imports_page,
    job_of,
    place_id,
    run_or_404,
    standing_of,
)
from implementor.exchange.writers import csv_lines, xlsx_file
from implementor.foundation.errors import NotFound
from implementor.foundation.words import phrase_from_json, say
from implementor.web.guard import actor
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_LISTED = 100
SHOWN_REFUSED = 100
FORMATS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@imports_page("", "GET")
def index() -> Response:
    """Every import of the project, outside projects those that one may know of, the latest first."""
    rows = session().execute(queries.runs_of_project(actor(), project_id=place_id(), limit=MOST_LISTED)).all()
    return draw("exchange/index.html", rows=rows, states=STATES, begun=WROTE)


@imports_page("/<int:run_id>", "GET")
def show(run_id: int) -> ResponseReturnValue:
    """How it is doing, or how it ended."""
    run = run_or_404(run_id)
    if run.started_at is None:
        return redirect(url_for("exchange.check", run_id=run_id), 303)
    return _draw(run)


@imports_page("/<int:run_id>/progress", "GET")
def progress(run_id: int) -> ResponseReturnValue:
    """The same for the page that asks each second: 204 while nothing is new."""
    run = run_or_404(run_id)
    shown = about(run)
    if request.if_none_match.contains(shown["version"]) and shown["job"] and not shown["job"].is_over:
        return Response(status=204)
    return _draw(run)


def _draw(run: ImportRun) -> Response:
    shown = about(run)
    refused = session().scalars(queries.refused_of_run(run_id=run.id, limit=SHOWN_REFUSED)).all()
    lines = [(row.row, reason_from_json(reason)) for row in refused for reason in row.reasons]
    report = run.undo_report or {}
    kept = [(title, phrase_from_json(reason)) for title, reason in report.get("kept", ())]
    result_url = shown["kind"].result_url(run) if run.created_count or run.updated_count else None
    return draw(
        "exchange/show.html",
        refused=lines,
        emptied=emptied_lines(run),
        left=kept,
        report=report,
        result_url=result_url,
        **shown,
    )


@imports_page("/<int:run_id>/cancel", "POST")
def cancel(run_id: int) -> ResponseReturnValue:
    """Call it off at its next safe point."""
    run = run_or_404(run_id)
    services.cancel_run(session(), run, by=actor(), at=now())
    tell(say("%(file)s is called off.", file=run.file_name))
    return redirect(url_for("exchange.show", run_id=run_id), 303)


@imports_page("/<int:run_id>/undo", "POST")
def undo(run_id: int) -> ResponseReturnValue:
    """Take it back."""
    run = run_or_404(run_id)
    run.state = standing_of(run, job_of(run)) if run.state != DONE else DONE
    services.ask_undo(session(), run, by=actor(), at=now())
    tell(say("The import of %(file)s is being taken back.", file=run.file_name))
    return redirect(url_for("exchange.show", run_id=run_id), 303)


@imports_page("/<int:run_id>/refused.<format>", "GET")
def refused(run_id: int, format: str) -> ResponseReturnValue:
    """The refused rows as a sheet: the file's own columns and the reason, to be put right and imported again."""
    run = run_or_404(run_id)
    if format not in FORMATS:
        raise NotFound(format)
    header = [*(str(head["name"]) for head in run.columns), str(say("Reason"))]
    about_it = [str(say("Rows of %(file)s that were not taken", file=run.file_name))]
    name = f"{run.file_name.rpartition('.')[0] or run.file_name}-refused.{format}"
    if format == "xlsx":
        sheet = xlsx_file(about_it, header, _refused_rows(run, len(header)))
        return send_file(sheet, FORMATS[format], as_attachment=True, download_name=name)
    response = Response("".join(csv_lines(about_it, header, _refused_rows(run, len(header)))), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _refused_rows(run: ImportRun, width: int) -> Iterator[Sequence[Any]]:
    for row in session().scalars(queries.refused_of_run(run_id=run.id).execution_options(yield_per=500)):
        cells = [*row.cells, *[None] * (width - 1 - len(row.cells))][: width - 1]
        reasons = [reason_from_json(reason) for reason in row.reasons]
        told = "; ".join(f"{one.column}: {one.message}" if one.column else str(one.message) for one in reasons)
        yield [*cells, told]
