"""The methods of the installation as administrators see them, and moving a project to a newer version."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import ROLE_LABELS
from implementor.foundation.words import say
from implementor.stages import gate_queries, method_services, permissions
from implementor.stages.checks import checks
from implementor.stages.gate_finding import method_of_project
from implementor.stages.method_store import method_of, newest_method, newest_methods
from implementor.stages.methods import changes_between
from implementor.stages.views.routing import blueprint, may, project_here
from implementor.web.forms import Form
from implementor.web.guard import actor, allow
from implementor.web.messages import present_action, tell, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/methods")
@allow(permissions.SEE_METHODS)
def list_methods() -> ResponseReturnValue:
    """Every method with its newest version, its draft and the projects that follow it."""
    drafts = {one.key: one for one in session().scalars(gate_queries.method_versions()) if one.published_at is None}
    used: dict[str, list[Any]] = {}
    for row in session().execute(gate_queries.projects_by_method()):
        used.setdefault(row.method_key, []).append(row)
    return draw(
        "stages/methods.html",
        methods=newest_methods(session()),
        drafts=drafts,
        used=used,
        may_edit=actor().may(permissions.EDIT_METHODS),
    )


@blueprint.get("/settings/methods/<method_key>/<int:version>")
@allow(permissions.SEE_METHODS)
def show_method(method_key: str, version: int) -> ResponseReturnValue:
    """One version: its stages, their lines, who signs."""
    method = method_of(session(), method_key, version)
    if method is None:
        raise NotFound("method")
    return draw("stages/method.html", method=method, draft=None, roles=ROLE_LABELS, checks=checks, form=None)


@blueprint.post("/settings/methods/<method_key>/draft")
@allow(permissions.EDIT_METHODS)
def begin_draft(method_key: str) -> ResponseReturnValue:
    """Begin a version of our own, or go on with the one begun."""
    method_services.begin_draft(session(), method_key, by=actor(), at=now())
    return redirect(url_for("stages.show_draft", method_key=method_key), 303)


@blueprint.post("/settings/methods/<method_key>/publish")
@allow(permissions.EDIT_METHODS)
def publish(method_key: str) -> ResponseReturnValue:
    """Let projects use the draft."""
    draft = session().scalars(gate_queries.draft_of(key=method_key)).one_or_none()
    if draft is None:
        raise NotFound("draft")
    method_services.publish(session(), draft, by=actor(), at=now())
    tell_done(say("Version %(number)s is published. Projects move to it one by one.", number=draft.number))
    return redirect(url_for("stages.list_methods"), 303)


@blueprint.get("/projects/<project_key>/method")
@allow(permissions.VIEW)
def project_method() -> ResponseReturnValue:
    """Which version the project follows, and what a newer one would change."""
    project = project_here()
    method = method_of_project(session(), project)
    newest = newest_method(session(), project.method_key) or method
    return draw(
        "stages/project_method.html",
        method=method,
        newest=newest,
        changes=changes_between(method, newest),
        roles=ROLE_LABELS,
        form=Form(),
        may_move=may(permissions.CHANGE_METHOD),
    )


@blueprint.post("/projects/<project_key>/method")
@allow(permissions.CHANGE_METHOD)
def move_project() -> ResponseReturnValue:
    """Move the project to the newest version."""
    method = method_services.move_project(session(), project_here(), by=actor(), at=now())
    tell(say("The project follows version %(number)s now.", number=method.version), undo=present_action())
    return redirect(url_for("stages.index"), 303)
