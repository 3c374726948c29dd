"""What a project says of itself: everything but its key and its method can be changed."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.countries import region_choices
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.words import say
from implementor.history.services import StaleEdit, reconcile
from implementor.lists.record_page import record_page
from implementor.lists.sheets import sheet_of
from implementor.projects import queries
from implementor.projects.forms import scope_form
from implementor.projects.models import Project
from implementor.projects.permissions import ARCHIVE, EDIT
from implementor.projects.services import edit_project
from implementor.projects.views.routing import blueprint, here
from implementor.web.forms import shown_value
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

FIELDS = ("name", "purpose", "programme_id", "status", "starts_on", "ends_on", "country", "region", "deployment")


@blueprint.get("/projects/<project_key>/settings")
@allow(EDIT)
def settings() -> Response:
    """The present settings, ready to be changed."""
    project = _project()
    return _draw(_form(project), project)


@blueprint.post("/projects/<project_key>/settings")
@allow(EDIT)
def update() -> ResponseReturnValue:
    """Save the settings; what others changed meanwhile merges or is shown."""
    project = _project()
    form = _form(project)
    if not form.validate():
        return _draw(form, project, 422)
    if _asks_region(form):
        return _draw(form, project, 422, asks_region=True)
    values = form.values()
    version = str(form.version.data or "")  # a number where the form was sent without it
    try:
        wanted = reconcile(
            session(), project, version=int(version) if version.isdecimal() else project.version, values=values
        )
        changed = {name: value for name, value in wanted.items() if getattr(project, name) != (value or "")}
        edit_project(session(), project, changed, _areas(form), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, project, 422)
    except StaleEdit as stale:
        page = record_page(session(), sheet_of("project"), Scope(project.id, actor()), project.id)
        return draw("history/conflict.html", 409, page=page, conflicts=stale.conflicts, form=form, stale=stale)
    tell_done(say("%(project)s is saved.", project=project.name))
    return redirect(url_for("projects.show", project_key=project.key), 303)


def _project() -> Project:
    return session().scalars(queries.project_with_programme(project_id=here().id)).one()


def _form(project: Project) -> Any:
    scope = Scope(project.id, actor())
    ticked = [str(row.id) for row in session().execute(queries.areas_of_project(project_id=project.id))]
    offered = session().execute(queries.areas_offered(kept=[int(number) for number in ticked]))
    country = request.form.get("country") or project.country
    made = scope_form(FIELDS, [(str(row.id), row.name) for row in offered], country, scope, session())
    shown = {name: shown_value(made.catalogue[name], getattr(project, name)) for name in made.catalogue}
    return made(data={**shown, "areas": ticked, "version": project.version})


def _asks_region(form: Any) -> bool:
    """Whether the country is another one than the regions on the page were of (the page of crossed edits has none)."""
    country = form.country.data
    return bool(region_choices(country)) and request.form.get("regions_of", country) != country


def _areas(form: Any) -> set[int]:
    """The areas as they are now with what this person ticked and unticked, so that nobody else's tick is lost."""
    before = {int(text) for text in request.form.getlist("areas_before") if text.isdecimal()}
    after = {int(text) for text in form.areas.data or ()}
    present = {row.id for row in session().execute(queries.areas_of_project(project_id=here().id))}
    return (present | (after - before)) - (before - after)


def _draw(form: Any, project: Project, status: int = 200, *, asks_region: bool = False) -> Response:
    # a form that comes back keeps what it was drawn from, or a tick that somebody else made would count as unticked
    before = request.form.getlist("areas_before") if form.is_submitted() else form.areas.object_data
    return draw(
        "projects/settings.html",
        status,
        form=form,
        shown=project,
        regions_of=form.country.data,
        asks_region=asks_region,
        may_archive=actor().may(ARCHIVE),
        areas_before=before,
    )
