"""The list of projects, a project's first page, and putting projects away."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.countries import country_name, region_name
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.panels import panels_of
from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, SIGNED_IN
from implementor.foundation.words import say, speech
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.projects import queries
from implementor.projects.catalogue import PROJECT
from implementor.projects.listing import label_of, rows_of_projects
from implementor.projects.models import Project
from implementor.projects.permissions import ARCHIVE, CREATE, EDIT, PEOPLE, VIEW
from implementor.projects.services import archive_project, restore_project
from implementor.projects.views.routing import blueprint, here, panel_place
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PAGE_SIZE = 50


@blueprint.get("/projects")
@allow(SIGNED_IN)
def index() -> Response:
    """Every project in use that the reader may see."""
    page = list_page(session(), sheet_of("project"), present_scope(), request.args.to_dict(flat=False))
    return draw("projects/index.html", page=page, may_create=actor().may(CREATE))


@blueprint.get("/projects/archived")
@allow(SIGNED_IN)
def archived() -> Response:
    """Projects that were put away."""
    page = page_of(
        session(),
        rows_of_projects(actor(), archived=True),
        order_by=[SortKey(Project.__table__.c.key)],
        limit=PAGE_SIZE,
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return draw("projects/archived.html", page=page, label_of=label_of)


@blueprint.get("/projects/<project_key>/")
@allow(VIEW)
def show() -> Response:
    """Where the project stands, what it is for, who is in it."""
    project = session().scalars(queries.project_with_programme(project_id=here().id)).one()
    people = session().execute(queries.people_in_roles(project_id=project.id)).all()
    return draw(
        "projects/show.html",
        shown=project,
        fields=PROJECT.fields,
        roles=[(ROLE_LABELS[role], [row for row in people if row.role == role]) for role in PROJECT_ROLES],
        areas=session().execute(queries.areas_of_project(project_id=project.id)).all(),
        country=country_name(project.country, speech().language),
        region=region_name(project.country, project.region),
        strips=panels_of(session(), "project.strip", panel_place()),
        panels=panels_of(session(), "project.overview", panel_place()),
        may_edit=actor().may(EDIT) and not project.is_archived,
        may_people=actor().may(PEOPLE) and not project.is_archived,
        may_archive=actor().may(ARCHIVE),
    )


@blueprint.post("/projects/<project_key>/archive")
@allow(ARCHIVE)
def archive() -> ResponseReturnValue:
    """Put the project away."""
    project = session().scalars(queries.project_with_programme(project_id=here().id)).one()
    archive_project(session(), project, by=actor(), at=now())
    tell_done(say("%(project)s is archived.", project=project.name))
    return redirect(url_for("projects.index"), 303)


@blueprint.post("/projects/<project_key>/restore")
@allow(ARCHIVE)
def restore() -> ResponseReturnValue:
    """Bring the project back."""
    project = session().scalars(queries.project_with_programme(project_id=here().id)).one()
    restore_project(session(), project, by=actor(), at=now())
    tell(say("%(project)s is back.", project=project.name))
    return redirect(url_for("projects.show", project_key=project.key), 303)
