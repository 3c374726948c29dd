"""The limits between the colours of a project: showing them, and setting them."""

from __future__ import annotations

from flask import Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.status import permissions
from implementor.status.forms import LimitForm
from implementor.status.limiting import limits_of_projects, set_limits
from implementor.status.limits import USUAL
from implementor.status.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

PLACE = "/projects/<project_key>/colours/limits"


@blueprint.get(PLACE)
@allow(permissions.LIMITS)
def limits(project_key: str) -> Response:
    """The limits as they stand, ready to be changed."""
    present = limits_of_projects(session(), [g.project.id]).get(g.project.id, USUAL)
    return _draw(LimitForm(formdata=None, data=present.values))


@blueprint.post(PLACE)
@allow(permissions.LIMITS)
def change_limits(project_key: str) -> ResponseReturnValue:
    """Let other limits hold from now on."""
    form = LimitForm()
    try:
        set_limits(session(), project_id=g.project.id, values=form.data, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, 422)
    tell(say("The limits of the colours hold from now on. Issued reports keep the ones they were made with."))
    return redirect(url_for("status.colours"), 303)


def _draw(form: LimitForm, status: int = 200) -> Response:
    return draw("status/limits.html", status, form=form, usual=USUAL.values)
