"""Pages of obstacles: the list, one obstacle, and what can be done with it."""

from __future__ import annotations

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.words import say
from implementor.governance import permissions, queries, services
from implementor.governance.models import Obstacle
from implementor.governance.views.routing import blueprint
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

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
    return _draw_obstacle(_obstacle(number), ResolveForm())


@blueprint.post("/obstacles/<int:number>/resolve")
@allow(permissions.OBSTACLE_RESOLVE)
def resolve(number: int) -> ResponseReturnValue:
    """Say how it was got out of the way."""
    found, form = _obstacle(number), ResolveForm()
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
    found = _obstacle(number)
    services.reopen_obstacle(session(), found, by=actor(), at=now())
    tell_done(say("%(title)s is open again.", title=found.title))
    return redirect(url_for("governance.obstacle", number=number), 303)


def _obstacle(number: int) -> Obstacle:
    statement = queries.obstacle_with_people(project_id=g.project.id, number=number)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound("obstacle")
    return found


def _draw_obstacle(found: Obstacle, form: ResolveForm, status: int = 200) -> Response:
    scope = present_scope()
    page = record_page(session(), sheet_of("obstacle"), scope, found.id)
    timeline = timeline_of(session(), "obstacle", found.id, scope, at=now(), after=request.args.get("after"))
    older = url_for("governance.obstacle", number=found.number, after=timeline.next) if timeline.next else None
    return draw(
        "governance/obstacle.html",
        status,
        page=page,
        shown=found,
        form=form,
        timeline=timeline,
        timeline_next_url=older,
        panels=panels_of(session(), "obstacle.show", Place(actor(), now(), g.project, found)),
        may_edit=actor().may(permissions.OBSTACLE_RAISE) and not found.is_archived,
        may_resolve=actor().may(permissions.OBSTACLE_RESOLVE) and not found.is_archived,
    )
