"""The end of a project: what has to be done before, who keeps what from then on, and taking the project back."""

from __future__ import annotations

from flask import Blueprint, Response, g, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.committees import permissions
from implementor.committees.going_on import ready_committees, shares_of, steps_before
from implementor.committees.handing_forms import BackForm, HandingForm, handing_form
from implementor.committees.queries.handovers import handovers_of, standing_handover
from implementor.committees.services.handovers import hand_on, take_back
from implementor.foundation.errors import InvalidInput
from implementor.foundation.words import say
from implementor.projects.models import Project
from implementor.projects.queries import people_of_project
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

MOST_NAMED = 5
blueprint = Blueprint("standing_body", __name__, url_prefix="/projects/<project_key>/after-the-end")


@blueprint.get("")
@allow(permissions.VIEW)
def show() -> Response:
    """Whether the project is handed on, to whom, and who keeps what."""
    return _draw()


@blueprint.post("")
@allow(permissions.HAND_ON)
def hand() -> ResponseReturnValue:
    """Hand it on, or arrange anew who keeps what."""
    form = _form()
    try:
        hand_on(session(), _project(), form.wanted(), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(form, 422)
    tell_done(say("%(project)s goes on with its keepers.", project=g.project.name))
    return redirect(url_for("standing_body.show"), 303)


@blueprint.post("/back")
@allow(permissions.HAND_ON)
def back() -> ResponseReturnValue:
    """Work on it again."""
    form = BackForm()
    try:
        take_back(session(), _project(), reason=form.reason.data or "", by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(None, 422, form)
    tell_done(say("%(project)s is worked on again.", project=g.project.name))
    return redirect(url_for("standing_body.show"), 303)


def _project() -> Project:
    return session().get_one(Project, g.project.id)


def _form() -> HandingForm:
    known = session().scalars(standing_handover(project_id=g.project.id)).one_or_none()
    return handing_form(shares_of(session(), g.project.id), known)


def _draw(form: HandingForm | None = None, status: int = 200, back_form: BackForm | None = None) -> Response:
    project_id, on = g.project.id, now().date()
    past = session().scalars(handovers_of(project_id=project_id)).all()
    standing = next((one for one in past if one.ended_at is None), None)
    committees = ready_committees(session(), project_id, on=on)
    steps = steps_before(session(), project_id, committees)
    drawn = form or handing_form(shares_of(session(), project_id), standing)
    return draw(
        "committees/handover.html", status, standing=standing, past=[one for one in past if one is not standing],
        steps=steps, on=on, back_form=back_form or BackForm(formdata=None),
        form=drawn.offer(committees, session().execute(people_of_project(project_id=project_id)).all()),
        may_hand=actor().may(permissions.HAND_ON) and not g.project.is_archived,
        most=MOST_NAMED, is_ready=standing is not None or all(step.is_done for step in steps),
    )  # fmt: skip
