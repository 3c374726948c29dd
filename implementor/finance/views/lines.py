"""The lines of the budget as a list, and the page of one: what stands in it and every amount that ever did."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.comments.panel import panel_of
from implementor.finance import permissions
from implementor.finance.catalogue import AMOUNT_KINDS
from implementor.finance.queries import lines as queries
from implementor.finance.queries.sums import baseline_by_line
from implementor.finance.views.routing import blueprint, line_or_404, month_name
from implementor.foundation.records import RecordRef
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/lines")
@allow(permissions.VIEW)
def lines(project_key: str) -> Response:
    """The lines of the budget."""
    page = list_page(session(), sheet_of("budget_line"), present_scope(), request.args.to_dict(flat=False))
    return draw("finance/lines.html", page=page)


@blueprint.get("/lines/new")
@allow(permissions.EDIT)
def new_line(project_key: str) -> ResponseReturnValue:
    """A further line."""
    return redirect(url_for("lists.new", kind="budget_line"), 303)


@blueprint.get("/lines/<int:line_id>")
@allow(permissions.VIEW)
def line(project_key: str, line_id: int) -> Response:
    """Everything about one line."""
    found, scope = line_or_404(line_id), present_scope()
    amounts = session().scalars(queries.amounts_of_lines(project_id=g.project.id, line_ids=[found.id])).all()
    approved = [row for row in session().execute(baseline_by_line(project_id=g.project.id)) if row.line_id == found.id]
    facts = session().execute(queries.facts_of_line(project_id=g.project.id, line_id=found.id)).all()
    timeline = timeline_of(session(), "budget_line", found.id, scope, at=now(), after=request.args.get("after"))
    months = sorted({one.month for one in amounts if one.amount is not None} | {row.month for row in approved})
    return draw(
        "finance/line.html",
        line=found,
        page=record_page(session(), sheet_of("budget_line"), scope, found.id),
        kinds=AMOUNT_KINDS,
        kind_of={one.key: one.label for one in AMOUNT_KINDS},
        months=months,
        month_name=month_name,
        cells={(one.kind, one.month): one.amount for one in amounts if one.amount is not None},
        approved={row.month: row.amount for row in approved},
        facts=facts,
        talk=panel_of(session(), RecordRef("budget_line", found.id), actor=actor()),
        timeline=timeline,
        timeline_next_url=timeline.next and url_for("finance.line", line_id=found.id, after=timeline.next),
        may_edit=actor().may(permissions.EDIT) and not found.is_archived,
    )
