"""Pages of obstacles: the list, one obstacle, and what can be done with it."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.governance import permissions, services
from implementor.governance.models import Obstacle
from implementor.governance.views.routing import blueprint, record_context, record_or_404
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PEOPLE = (Obstacle.owner, Obstacle.opened_by, Obstacle.resolved_by)
RESOLUTION = say("How was it resolved?")


class ResolveForm(Form):
    """How an obstacle was got out of the way."""

    resolution = TextAreaField(RESOLUTION)  # type: ignore[arg-type]  # put into words when the page is drawn


@blueprint.get("/obstacles")
@allow(permissions.OBSTACLE_VIEW)
def obstacles() -> Response:
    """The obstacles of the project; the open ones unless the address says otherwise."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("obstacle"), present_scope(), asked)
    return draw("governance/obstacles.html", page=page, resolved=asked.get("resolved_at", [""])[0])


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


def _draw_obstacle(found: Obstacle, form: ResolveForm, status: int = 200) -> Response:
    may_resolve = actor().may(permissions.OBSTACLE_RESOLVE) and not found.is_archived
    context = record_context(found, "governance.obstacle")
    return draw("governance/obstacle.html", status, form=form, may_resolve=may_resolve, **context)
