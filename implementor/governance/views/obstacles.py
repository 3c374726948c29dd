"""Pages of obstacles: the list, one obstacle, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance import permissions, services
from implementor.governance.escalation import RUNGS, next_rung
from implementor.governance.escalation_news import pass_on
from implementor.governance.models import Obstacle
from implementor.governance.queries.escalations import steps_of
from implementor.governance.views.routing import blueprint, record_context, record_or_404, record_to_change
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

AGEING = {
    "resolved_at": "none", "sort": "opened_at",
    "columns": "title,kind,severity,owner_id,opened_at,rung,escalates_at,hours_lost",
}  # fmt: skip
"""The address of the list of what stands in the way for longest."""
PEOPLE = (Obstacle.owner, Obstacle.opened_by, Obstacle.resolved_by)
RESOLUTION = say("How was it resolved?")
REASON = say("Why can it not wait?")


class ResolveForm(Form):
    """How an obstacle was got out of the way."""

    resolution = TextAreaField(RESOLUTION)  # type: ignore[arg-type]  # put into words when the page is drawn


class EscalateForm(Form):
    """Why an obstacle cannot wait for its clock."""

    reason = TextAreaField(REASON)  # type: ignore[arg-type]  # put into words when the page is drawn


@blueprint.get("/obstacles")
@allow(permissions.OBSTACLE_VIEW)
def obstacles() -> Response:
    """The obstacles of the project; the open ones unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("obstacle"), present_scope(), asked)
    return draw("governance/obstacles.html", page=page, tab=_tab(asked), ageing=AGEING)


def _tab(asked: Mapping[str, Sequence[str]]) -> str:
    if asked.get("resolved_at", [""])[0] != "none":
        return "all"
    return "ageing" if asked.get("sort") == [AGEING["sort"]] else "open"


@blueprint.get("/obstacles/new")
@allow(permissions.OBSTACLE_RAISE)
def new_obstacle() -> ResponseReturnValue:
    """Tell what stands in the way."""
    return redirect(url_for("lists.new", kind="obstacle"), 303)


@blueprint.get("/obstacles/<int:number>")
@allow(permissions.OBSTACLE_VIEW)
def obstacle(number: int) -> Response:
    """Everything about one obstacle."""
    return _draw_obstacle(record_or_404(Obstacle, number, *PEOPLE), ResolveForm())


@blueprint.post("/obstacles/<int:number>/resolve")
@allow(permissions.OBSTACLE_RESOLVE)
def resolve(number: int) -> ResponseReturnValue:
    """Say how it was got out of the way."""
    found, form = record_or_404(Obstacle, number, *PEOPLE), ResolveForm()
    try:
        services.resolve_obstacle(session(), found, resolution=form.resolution.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_obstacle(found, form, 422)
    tell_done(say("%(title)s is resolved.", title=found.title))
    return redirect(url_for("governance.obstacle", number=number), 303)


@blueprint.post("/obstacles/<int:number>/reopen")
@allow(permissions.OBSTACLE_RESOLVE)
def reopen(number: int) -> ResponseReturnValue:
    """It stands in the way again."""
    found = record_or_404(Obstacle, number, *PEOPLE)
    services.reopen_obstacle(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is open again.", title=found.title))
    return redirect(url_for("governance.obstacle", number=number), 303)


@blueprint.post("/obstacles/<int:number>/escalate")
@allow(permissions.OBSTACLE_RESOLVE)
def escalate(number: int) -> ResponseReturnValue:
    """Make it the matter of whoever is next before its time is over, with a reason."""
    found, form = record_to_change(Obstacle, number, *PEOPLE), EscalateForm()
    try:
        pass_on(session(), found, by=actor(), at=now(), reason=form.reason.data or "")
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_obstacle(found, ResolveForm(formdata=None), 422, escalation=form)
    tell_done(say("%(title)s is passed on to: %(rung)s.", title=found.title, rung=RUNGS[found.rung]))
    return redirect(url_for("governance.obstacle", number=number), 303)


def _draw_obstacle(
    found: Obstacle, form: ResolveForm, status: int = 200, *, escalation: EscalateForm | None = None
) -> Response:
    may_resolve = actor().may(permissions.OBSTACLE_RESOLVE) and not found.is_archived
    context = record_context(found, "governance.obstacle")
    upper = next_rung(found.kind, found.rung) if found.is_open else None
    steps = session().execute(steps_of(project_id=found.project_id, obstacle_id=found.id)).all()
    return draw(
        "governance/obstacle.html", status, form=form, may_resolve=may_resolve, steps=steps, rungs=RUNGS, upper=upper,
        escalation=escalation or EscalateForm(formdata=None), **context,
    )  # fmt: skip
