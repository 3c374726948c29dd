"""Pages of action items: the list, one of them, and saying what came of it."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.models import ActionItem
from implementor.governance.services import actions as services
from implementor.governance.views.routing import (
    blueprint,
    reason_form,
    record_context,
    record_or_404,
    record_to_change,
)
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PEOPLE = (ActionItem.owner, ActionItem.opened_by, ActionItem.done_by)
RESULT = say("What came of it?")


@blueprint.get("/actions")
@allow(permissions.ACTION_VIEW)
def actions() -> Response:
    """Action items; every one unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("action_item"), present_scope(), asked)
    mine = asked.get("owner_id", [""])[0]
    return draw("governance/actions.html", page=page, done=asked.get("done_at", [""])[0], mine=mine)


@blueprint.get("/actions/new")
@allow(permissions.ACTION_EDIT)
def new_action() -> ResponseReturnValue:
    """Write down what is to be done."""
    return redirect(url_for("lists.new", kind="action_item"), 303)


@blueprint.get("/actions/<int:number>")
@allow(permissions.ACTION_VIEW)
def action(number: int) -> Response:
    """Everything about one action item."""
    return _draw_action(record_or_404(ActionItem, number, *PEOPLE), reason_form("result", RESULT))


@blueprint.post("/actions/<int:number>/finish")
@allow(permissions.ACTION_EDIT)
def finish_action(number: int) -> ResponseReturnValue:
    """Say what came of it."""
    found, form = record_to_change(ActionItem, number, *PEOPLE), reason_form("result", RESULT)
    try:
        services.finish_action(session(), found, result=form.result.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_action(found, form, 422)
    tell_done(say("%(title)s is done.", title=found.title))
    return redirect(url_for("governance.action", number=number), 303)


@blueprint.post("/actions/<int:number>/resume")
@allow(permissions.ACTION_EDIT)
def resume_action(number: int) -> ResponseReturnValue:
    """It is to be done after all."""
    found = record_to_change(ActionItem, number)
    services.resume_action(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is open again.", title=found.title))
    return redirect(url_for("governance.action", number=number), 303)


def _draw_action(found: ActionItem, form: Form, status: int = 200) -> Response:
    is_late = found.is_open and found.due_on is not None and found.due_on < now().date()
    context = record_context(found, "governance.action")
    return draw("governance/action.html", status, form=form, is_late=is_late, **context)
