"""Pages of requests for change: the list, one request, and answering it by a decision."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.forms import AnswerForm
from implementor.governance.models import ChangeRequest
from implementor.governance.queries.decisions import decision_by_id
from implementor.governance.services import changes as services
from implementor.governance.views.routing import blueprint, record_context, record_or_404, record_to_change
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PEOPLE = (ChangeRequest.owner, ChangeRequest.opened_by)


@blueprint.get("/changes")
@allow(permissions.CHANGE_VIEW)
def changes() -> Response:
    """Requests for change; every one unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("change_request"), present_scope(), asked)
    return draw("governance/changes.html", page=page, answer=asked.get("answer", [""])[0])


@blueprint.get("/changes/new")
@allow(permissions.CHANGE_ASK)
def new_change() -> ResponseReturnValue:
    """Ask for a change."""
    return redirect(url_for("lists.new", kind="change_request"), 303)


@blueprint.get("/changes/<int:number>")
@allow(permissions.CHANGE_VIEW)
def change(number: int) -> Response:
    """Everything about one request."""
    return _draw_change(record_or_404(ChangeRequest, number, *PEOPLE), AnswerForm())


@blueprint.post("/changes/<int:number>/answer")
@allow(permissions.CHANGE_DECIDE)
def answer_change(number: int) -> ResponseReturnValue:
    """Approve it, refuse it, or put it off."""
    found, form = record_to_change(ChangeRequest, number, *PEOPLE), AnswerForm()
    answer, reason = form.answer.data or "", form.reason.data or ""
    try:
        made = services.answer_change(session(), found, answer=answer, reason=reason, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_change(found, form, 422)
    tell_done(say("%(title)s is decided: decision %(number)s.", title=found.title, number=made.number))
    return redirect(url_for("governance.change", number=number), 303)


def _draw_change(found: ChangeRequest, form: AnswerForm, status: int = 200) -> Response:
    decision = None
    if found.decision_id is not None:
        place = decision_by_id(project_id=found.project_id, decision_id=found.decision_id)
        decision = session().scalars(place).first()
    may_answer = actor().may(permissions.CHANGE_DECIDE) and found.is_open and not found.is_archived
    context = record_context(found, "governance.change")
    return draw("governance/change.html", status, form=form, decision=decision, may_answer=may_answer, **context)
