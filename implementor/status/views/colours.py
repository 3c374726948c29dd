"""The colours of a project now, computed and set by hand, and setting one."""

from __future__ import annotations

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.finance.permissions import VIEW as SEE_MONEY
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.status import permissions, services
from implementor.status import report_queries as queries
from implementor.status.composing import overrides_of_projects
from implementor.status.figures import health_of_projects
from implementor.status.forms import ColourForm
from implementor.status.health import colour_choice, dimension_choice
from implementor.status.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

PLACE = "/projects/<project_key>/colours"


@blueprint.get(PLACE)
@allow(permissions.VIEW)
def colours(project_key: str) -> Response:
    """The six dimensions with their rules and figures."""
    return _draw(ColourForm(formdata=None))


@blueprint.post(PLACE)
@allow(permissions.OVERRIDE)
def set_colour(project_key: str) -> ResponseReturnValue:
    """Set a colour by hand."""
    form = ColourForm()
    try:
        made = services.set_colour(
            session(), project_id=g.project.id, dimension=form.dimension.data or "", colour=form.colour.data or "",
            reason=form.reason.data or "", expires_on=form.expires_on.data, by=actor(), at=now(), on=today(),
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, 422)
    label = dimension_choice(made.dimension).label
    tell(say("The colour of %(dimension)s is set by hand.", dimension=label))
    return redirect(url_for("status.colours"), 303)


@blueprint.post(f"{PLACE}/<dimension>/end")
@allow(permissions.OVERRIDE)
def end_override(project_key: str, dimension: str) -> ResponseReturnValue:
    """Let the computed colour stand again."""
    found = session().scalars(queries.override_standing(project_id=g.project.id, dimension=dimension)).one_or_none()
    if found is None:
        raise NotFound("colour_override")
    services.end_override(session(), found, by=actor(), at=now())
    tell(say("The computed colour of %(dimension)s stands again.", dimension=dimension_choice(dimension).label))
    return redirect(url_for("status.colours"), 303)


def _draw(form: ColourForm, status: int = 200) -> Response:
    project_id = g.project.id
    return draw(
        "status/colours.html",
        status,
        health=health_of_projects(session(), [project_id], on=today())[project_id],
        by_hand=overrides_of_projects(session(), [project_id], on=today())[project_id],
        colour_of=colour_choice,
        form=form,
        sees_money=actor().may(SEE_MONEY),
        may_limit=actor().may(permissions.LIMITS) and not g.project.is_archived,
        may_override=actor().may(permissions.OVERRIDE) and not g.project.is_archived,
    )
