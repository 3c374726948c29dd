"""The dated line of each area beside the waves, and the sending of planned messages."""

from __future__ import annotations

from typing import Any

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences import permissions
from implementor.audiences.catalogue.transition import STEP_KINDS
from implementor.audiences.models import PlannedMessage
from implementor.audiences.pages import record_to_change
from implementor.audiences.queries.impacts import waves_of_grid
from implementor.audiences.queries.transition import people_to_reach, steps_of_project
from implementor.audiences.services.messages import send_message
from implementor.audiences.transition import by_area, dated
from implementor.audiences.views.routing import blueprint, tabs_at
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


@blueprint.get("/transition")
@allow(permissions.VIEW)
def transition(project_key: str) -> Response:
    """One dated line of communication, training, go-live and support for each area."""
    rows = session().execute(steps_of_project(project_id=g.project.id)).all()
    return draw(
        "audiences/transition.html", tabs=tabs_at("audiences.transition"), areas=by_area(dated(rows, today=today())),
        kinds={one.key: one for one in STEP_KINDS}, may_edit=actor().may(permissions.EDIT),
        waves=session().execute(waves_of_grid(project_id=g.project.id)).all(),
    )  # fmt: skip


def parts_of_message(message: PlannedMessage) -> dict[str, Any]:
    """Whether it can be sent, and to how many."""
    place = {"project_id": g.project.id, "audience_id": message.audience_id}
    by_mail = message.channel == "mail" and not message.is_sent
    return {
        "reachable": len(session().scalars(people_to_reach(**place, today=today())).all()) if by_mail else 0,
        "may_send": actor().may(permissions.SEND) and not message.is_sent and not message.is_archived,
        "is_due": not message.is_sent and message.due_on <= today(),
    }


@blueprint.post("/messages/<int:record_id>/send")
@allow(permissions.SEND)
def send(project_key: str, record_id: int) -> ResponseReturnValue:
    """Send it by mail, or write down that it was said."""
    message = record_to_change(PlannedMessage, record_id)
    reached = whole_number(request.form.get("reached", "").strip())
    count = send_message(session(), message, today=today(), reached=reached, by=actor(), at=now())
    tell(say("%(name)s is sent to %(count)s people.", name=message.name, count=count))
    return redirect(url_for("audiences.planned_message", record_id=record_id), 303)
