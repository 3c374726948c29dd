"""What projects of a programme wait for from each other: the drawing, the list beside it, and one of them."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import loaded, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.portfolio.dependency_picture import dependency_picture
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects import dependencies as services
from implementor.projects.dependency_queries import dependencies_in_use, projects_of_dependency
from implementor.projects.models import ProjectDependency
from implementor.projects.permissions import LINK
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

KIND = "project_dependency"


@blueprint.get("/portfolio/dependencies")
@allow(LINK)
def dependencies() -> Response:
    """Every dependency between projects in use, drawn and as a list, the next that is needed first."""
    found = session().scalars(dependencies_in_use()).all()
    picture = dependency_picture(found, today()) if found else None
    page = list_page(session(), sheet_of(KIND), present_scope(), request.args.to_dict(flat=False))
    return draw("portfolio/dependencies.html", page=page, picture=picture, tabs=tabs())


@blueprint.get("/portfolio/dependencies/<int:dependency_id>")
@allow(LINK)
def dependency(dependency_id: int) -> Response:
    """One of them, with what happened to it."""
    scope = present_scope()
    page = record_page(session(), sheet_of(KIND), scope, dependency_id)
    timeline = timeline_of(session(), KIND, dependency_id, scope, at=now(), after=request.args.get("after"))
    older = timeline.next and url_for("portfolio.dependency", dependency_id=dependency_id, after=timeline.next)
    found = session().scalars(projects_of_dependency(dependency_id)).one()
    return draw("portfolio/dependency.html", page=page, found=found, timeline=timeline, timeline_next_url=older)


@blueprint.post("/portfolio/dependencies/<int:dependency_id>/delivered")
@allow(LINK)
def deliver_dependency(dependency_id: int) -> ResponseReturnValue:
    """It is there since today."""
    found: ProjectDependency = loaded(session(), sheet_of(KIND), present_scope(), dependency_id)
    services.deliver(session(), found, on=today(), by=actor(), at=now())
    tell_done(say("%(what)s is delivered.", what=found.what))
    return redirect(url_for("portfolio.dependency", dependency_id=dependency_id), 303)
