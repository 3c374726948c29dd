"""Pages of retrospectives: the list, the table of one with its phases, and what leading through it needs."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope
from implementor.lists.sheets import sheet_of
from implementor.retrospectives import permissions
from implementor.retrospectives.models import CLOSED
from implementor.retrospectives.services import retrospectives as services
from implementor.retrospectives.views.routing import back_to, blueprint, retrospective_or_404
from implementor.retrospectives.views.table import table_context
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/retrospectives")
@allow(permissions.VIEW)
def index(project_key: str) -> Response:
    """The retrospectives of the project."""
    page = list_page(session(), sheet_of("retrospective"), present_scope(), request.args.to_dict(flat=False))
    return draw("retrospectives/index.html", page=page)


@blueprint.get("/retrospectives/new")
@allow(permissions.RUN)
def new(project_key: str) -> ResponseReturnValue:
    """Set one up."""
    return redirect(url_for("lists.new", kind="retrospective"), 303)


@blueprint.get("/retrospectives/<int:retrospective_id>")
@allow(permissions.VIEW)
def show(project_key: str, retrospective_id: int) -> Response:
    """The table of one retrospective, with what comes of it."""
    return draw("retrospectives/show.html", **table_context(retrospective_or_404(retrospective_id)))


@blueprint.post("/retrospectives/<int:retrospective_id>/phase")
@allow(permissions.TAKE_PART)
def phase(project_key: str, retrospective_id: int) -> ResponseReturnValue:
    """Lead on to a phase; the last one closes it."""
    found, wanted = retrospective_or_404(retrospective_id), request.form.get("phase", "")
    if wanted == CLOSED:
        services.close_retrospective(session(), found, by=actor(), at=now())
        tell(say("%(title)s is closed. What told people apart is destroyed.", title=found.title))
    elif found.is_closed:
        services.reopen_retrospective(session(), found, by=actor(), at=now())
        tell(say("%(title)s is open again.", title=found.title))
    else:
        services.go_to(session(), found, wanted, by=actor(), at=now())
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/timer")
@allow(permissions.TAKE_PART)
def timer(project_key: str, retrospective_id: int) -> ResponseReturnValue:
    """Let so many minutes run; none takes the time away."""
    found = retrospective_or_404(retrospective_id)
    minutes = request.form.get("minutes", "").strip()
    wanted = (whole_number(minutes) or 0) if minutes else None
    services.set_timer(session(), found, wanted, by=actor(), at=now())
    return back_to(found)


@blueprint.post("/retrospectives/<int:retrospective_id>/lock")
@allow(permissions.TAKE_PART)
def lock(project_key: str, retrospective_id: int) -> ResponseReturnValue:
    """Let nobody write any more, or let them again."""
    found = retrospective_or_404(retrospective_id)
    services.lock(session(), found, locked=request.form.get("locked") == "y", by=actor(), at=now())
    return back_to(found)
