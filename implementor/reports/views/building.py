"""Putting a report together with what it finds beside it, and keeping it under a name."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.auth.queries import teams_of_person
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import present_scope
from implementor.metrics.patience import soon
from implementor.reports import permissions, queries, services
from implementor.reports.checking import check_plan
from implementor.reports.draft import PlanDraft, address_of_plan, form_of_plan, read_plan_draft
from implementor.reports.forms import ReportForm
from implementor.reports.models import SavedReport
from implementor.reports.plans import Plan, checked_plan, plan_from
from implementor.reports.tables import table_of
from implementor.reports.views.drawing import drawn_of_records
from implementor.reports.views.routing import as_of_now, blueprint, may_change, report_or_404, sentence_of
from implementor.reports.wording import figure_label, value_text
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

LONGEST = 4000
IN_PREVIEW = 20


@blueprint.get("/new")
@allow(permissions.EDIT)
def new() -> Response:
    """A report that is not kept yet, as the address says."""
    return _draw(None, request.args.to_dict(flat=False), ReportForm(formdata=None))


@blueprint.post("/new")
@allow(permissions.EDIT)
def add() -> ResponseReturnValue:
    """Keep it under a name."""
    form, asked = ReportForm(), _sent()
    try:
        plan = _plan(asked)
        services.check_sharing(form.wish(plan), None, actor())
        report = services.add_report(session(), plan.kind, form.wish(plan), by=actor(), at=now())
    except (InvalidInput, Refusal) as why:
        return _refused(None, asked, form, why)
    tell_done(say("The report %(name)s is kept.", name=report.label))
    return redirect(url_for("reports.show", report_id=report.id), 303)


@blueprint.get("/<int:report_id>/edit")
@allow(permissions.EDIT)
def edit(report_id: int) -> Response:
    """A kept report, as it is or as the address says."""
    report = _to_change(report_id)
    asked = request.args.to_dict(flat=False)
    if "shown" not in asked:
        asked = address_of_plan(plan_from(report.plan))
    team = str(report.team_id or "")
    return _draw(report, asked, ReportForm(formdata=None, obj=report, data={"team": team}))


@blueprint.post("/<int:report_id>/edit")
@allow(permissions.EDIT)
def change(report_id: int) -> ResponseReturnValue:
    """Let it be as it is put together now."""
    report, form, asked = _to_change(report_id), ReportForm(), _sent()
    if form.is_newer(report):
        return _draw(report, asked, form, status=422)
    try:
        wish = form.wish(_plan(asked))
        services.check_sharing(wish, report, actor())
        services.change_report(session(), report, wish, by=actor(), at=now())
    except (InvalidInput, Refusal) as why:
        return _refused(report, asked, form, why)
    tell_done(say("The report %(name)s is changed.", name=report.label))
    return redirect(url_for("reports.show", report_id=report_id), 303)


def _to_change(report_id: int) -> SavedReport:
    """A report that who asks may change. Raises Refusal."""
    report = report_or_404(report_id)
    if not may_change(report):
        raise services.NotYours(
            say("Only who keeps %(name)s changes it. Keep one of your own instead.", name=report.label)
        )
    return report


def _sent() -> dict[str, list[str]]:
    return parse_qs(request.form.get("address", "")[:LONGEST], keep_blank_values=True)


def _plan(asked: dict[str, list[str]]) -> Plan:
    """What was put together, if it means something. Raises Refusal."""
    draft = read_plan_draft(asked, present_scope())
    if draft is None:
        raise Refusal(say("You see no records of the CRM yet."))
    plan = checked_plan(draft.plan)
    check_plan(plan, as_of_now(), actor())
    return plan


def _refused(
    report: SavedReport | None, asked: dict[str, list[str]], form: ReportForm, why: InvalidInput | Refusal
) -> Response:
    if isinstance(why, InvalidInput):
        form.refuse(why)
        return _draw(report, asked, form, status=422)
    return _draw(report, asked, form, why.reason, 409)


def _draw(
    report: SavedReport | None, asked: dict[str, list[str]], form: ReportForm, refusal: Phrase | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    draft = read_plan_draft(asked, present_scope())
    if draft is None:
        raise Refusal(say("You see no records of the CRM yet."))
    form.offer(session().execute(_teams(actor())), may_share=actor().may(permissions.SHARE))
    form.address.data = urlencode(asked, doseq=True)
    return draw(
        "reports/build.html", status, report=report, draft=draft, form=form, refusal=refusal,
        inputs=form_of_plan(session(), draft, present_scope()), figure_label=figure_label, value_text=value_text,
        target=url_for("reports.edit", report_id=report.id) if report else url_for("reports.new"), **_preview(draft),
    )  # fmt: skip


def _teams(person: Actor) -> Any:
    """The teams with which somebody shares: those they are in, and for who shares with all every one."""
    return queries.teams_to_share_with() if person.may(permissions.SHARE) else teams_of_person(person.user_id or 0)


def _preview(draft: PlanDraft) -> dict[str, Any]:
    """What it finds now, or why it finds nothing."""
    found: dict[str, Any] = {"sentence": None, "why": None, "table": None, "behind": None}
    as_of = as_of_now()
    try:
        plan = checked_plan(draft.plan)
        check_plan(plan, as_of, actor())
        found["sentence"] = sentence_of(plan)
        if plan.is_of_records:
            found["behind"] = drawn_of_records(plan, as_of)
        else:
            found["table"] = soon(session(), lambda: table_of(session(), plan, as_of, present_scope(), most=IN_PREVIEW))
    except Refusal as why:
        found["why"] = why.reason
    return found
