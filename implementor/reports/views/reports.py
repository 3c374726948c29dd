"""The list of kept reports, one of them as it is today, and pinning it to one's first page."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import Refusal
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.parting import NOBODY
from implementor.foundation.words import Phrase, say
from implementor.history.latest import latest_changes
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.metrics.patience import soon
from implementor.reports import permissions, queries, services
from implementor.reports.tables import Table, table_of
from implementor.reports.views.drawing import drawn_of_records
from implementor.reports.views.routing import Opened, blueprint, may_change, opened, report_or_404
from implementor.reports.wording import figure_label, value_text
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("")
@allow(permissions.VIEW)
def index() -> Response:
    """The reports that the reader may open."""
    page = list_page(session(), sheet_of("saved_report"), present_scope(), request.args.to_dict(flat=False))
    return draw("reports/index.html", page=page)


@blueprint.get("/<int:report_id>")
@allow(permissions.VIEW)
def show(report_id: int) -> Response:
    """A report as it is today, of the records that the reader sees."""
    found = opened(report_id)
    report, scope = found.report, present_scope()
    table, rows, refusal = None, None, found.refusal
    if refusal is None and found.plan is not None:
        try:
            if found.plan.is_of_records:
                rows = drawn_of_records(found.plan, found.as_of)
            else:
                table = _table(found)
        except Refusal as why:
            refusal = why.reason
    return draw(
        "reports/show.html", report=report, plan=found.plan, sentence=found.sentence, refusal=refusal, table=table,
        behind=rows, is_pinned=session().scalars(queries.pin_of(actor().user_id, report.id)).one_or_none() is not None,
        may_change=may_change(report), figure_label=figure_label, value_text=value_text, as_of=found.as_of,
        records_url=lambda key, figure=0: records_url(report.id, key, figure),
        here=lambda **more: url_for("reports.show", report_id=report.id, **more),
        panels=panels_of(session(), "report.page", Place(actor(), now(), None, report)),
        timeline=latest_changes(session(), {"saved_report": [report.id]}, by=actor(), at=now()),
        scope=scope,
    )  # fmt: skip


@blueprint.post("/<int:report_id>/pin")
@allow(permissions.VIEW)
def pin(report_id: int) -> ResponseReturnValue:
    """Show the report on one's first page, or no more."""
    report = report_or_404(report_id)
    pinned = request.form.get("pinned") == "1"
    services.pin_report(session(), report, pinned=pinned, by=actor(), at=now())
    tell_done(_told(report.label, pinned))
    return redirect(url_for("reports.show", report_id=report_id), 303)


def _told(name: Any, pinned: bool) -> Phrase:
    if pinned:
        return say("%(name)s is on your first page now.", name=name)
    return say("%(name)s is on your first page no more.", name=name)


def _table(found: Opened) -> Table:
    plan = found.plan
    assert plan is not None
    return soon(session(), lambda: table_of(session(), plan, found.as_of, present_scope()))


def records_url(report_id: int, key: tuple[Any, ...], figure: int) -> str:
    """The records behind a figure of one part, or of the whole (no key)."""
    texts = [NOBODY if one is None else str(one) for one in key]
    return url_for("reports.records", report_id=report_id, figure=figure or None, of=texts or None)
