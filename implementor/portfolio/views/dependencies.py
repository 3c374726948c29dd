"""What projects of a programme wait for from each other: the drawing, the list beside it, and writing it down."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Scope
from implementor.foundation.words import say
from implementor.history.services import StaleEdit, reconcile
from implementor.portfolio.dependency_picture import dependency_picture
from implementor.portfolio.present import today
from implementor.portfolio.views.routing import blueprint, tabs
from implementor.projects import dependencies as services
from implementor.projects.dependency_catalogue import PROJECT_DEPENDENCY
from implementor.projects.dependency_queries import dependencies_in_use, dependency_of_id
from implementor.projects.models import ProjectDependency
from implementor.projects.permissions import LINK
from implementor.web.forms import CatalogueForm, filled_form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

FIELDS = ("what", "supplier_id", "receiver_id", "needed_on", "promised_on")


@blueprint.get("/portfolio/dependencies")
@allow(LINK)
def dependencies() -> Response:
    """Every dependency between projects in use, the next that is needed first."""
    found = session().scalars(dependencies_in_use()).all()
    picture = dependency_picture(found, today()) if found else None
    return draw("portfolio/dependencies.html", found=found, picture=picture, tabs=tabs(), today=today())


@blueprint.get("/portfolio/dependencies/new")
@allow(LINK)
def new_dependency() -> Response:
    """Write down what a project waits for."""
    return _draw(_form(None), None)


@blueprint.post("/portfolio/dependencies")
@allow(LINK)
def add_dependency() -> ResponseReturnValue:
    """Keep it, unless projects would wait for each other."""
    form = _form(None)
    if not form.validate():
        return _draw(form, None, 422)
    try:
        made = services.add_dependency(session(), form.values(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, None, 422)
    tell_done(say("%(what)s is written down.", what=made.what))
    return redirect(url_for("portfolio.dependencies"), 303)


@blueprint.get("/portfolio/dependencies/<int:dependency_id>/edit")
@allow(LINK)
def edit_dependency(dependency_id: int) -> Response:
    """Its present values, ready to be changed."""
    found = _found(dependency_id)
    return _draw(_form(found), found)


@blueprint.post("/portfolio/dependencies/<int:dependency_id>")
@allow(LINK)
def change_dependency(dependency_id: int) -> ResponseReturnValue:
    """Save it; what others changed meanwhile stays unless it is the same field."""
    found = _found(dependency_id)
    form = _form(found)
    if not form.validate():
        return _draw(form, found, 422)
    version = str(form.version.data or "")
    try:
        known = int(version) if version.isdecimal() else found.version
        values = reconcile(session(), found, version=known, values=form.values())
        services.change_dependency(session(), found, values, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, found, 422)
    except StaleEdit:
        form.refuse(InvalidInput({"what": say("Somebody changed this meanwhile. Read it anew and change it again.")}))
        return _draw(form, found, 409)
    tell_done(say("%(what)s is saved.", what=found.what))
    return redirect(url_for("portfolio.dependencies"), 303)


@blueprint.post("/portfolio/dependencies/<int:dependency_id>/delivered")
@allow(LINK)
def deliver_dependency(dependency_id: int) -> ResponseReturnValue:
    """It is there since today."""
    found = _found(dependency_id)
    services.deliver(session(), found, on=today(), by=actor(), at=now())
    tell_done(say("%(what)s is delivered.", what=found.what))
    return redirect(url_for("portfolio.dependencies"), 303)


@blueprint.post("/portfolio/dependencies/<int:dependency_id>/archive")
@allow(LINK)
def archive_dependency(dependency_id: int) -> ResponseReturnValue:
    """Nobody waits for it any more."""
    found = _found(dependency_id)
    services.put_away(session(), found, by=actor(), at=now())
    tell_done(say("%(what)s is put away.", what=found.what))
    return redirect(url_for("portfolio.dependencies"), 303)


def _found(dependency_id: int) -> ProjectDependency:
    found = session().scalars(dependency_of_id(dependency_id)).one_or_none()
    if found is None:
        raise NotFound("project_dependency")
    return found


def _form(record: ProjectDependency | None) -> CatalogueForm:
    return filled_form(PROJECT_DEPENDENCY, FIELDS, record, Scope(None, actor()), session())


def _draw(form: Any, found: ProjectDependency | None, status: int = 200) -> Response:
    title = found.what if found is not None and request.method == "GET" else None
    return draw("portfolio/dependency.html", status, form=form, found=found, title=title, fields=FIELDS)
