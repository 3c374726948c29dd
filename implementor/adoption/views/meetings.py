"""An appointment with somebody who needs help: begun from the list, moved and called off on its intervention."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.adoption import help_queries, meeting, permissions, queries, work_queries
from implementor.adoption.forms import ResultForm, meeting_form
from implementor.adoption.helping import SCORE, Reason
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.meeting_mail import file_of, meeting_of
from implementor.adoption.views.help import people_behind
from implementor.adoption.views.interventions import draw_intervention, found_or_404, intervention_to_change
from implementor.adoption.views.routing import blueprint
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say, speech
from implementor.lists.record_page import present_scope
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/help/<int:user_id>/appointment")
@allow(permissions.HELP)
def appointment_page(project_key: str, user_id: int) -> Response:
    """The form of an appointment with somebody on the list."""
    name, reasons = _behind(user_id)
    return _draw_form(user_id, name, reasons, meeting_form(present_scope(), session()))


@blueprint.post("/help/<int:user_id>/appointment")
@allow(permissions.HELP)
def meet_person(project_key: str, user_id: int) -> ResponseReturnValue:
    """Agree on it, on the help under way or on help that begins with it."""
    name, reasons = _behind(user_id)
    form = meeting_form(present_scope(), session())
    if not form.validate():
        return _draw_form(user_id, name, reasons, form, 422)
    person = {
        "person_id": user_id, "action": str(say("Help at an appointment")), "owner_id": None,
        "figure": reasons[0].figure if reasons else SCORE, "why": "; ".join(str(one.sentence) for one in reasons),
    }  # fmt: skip
    try:
        made = meeting.meet_person(
            session(), g.project.id, person, form.values(), zone=str(speech().zone), by=actor(), at=now()
        )  # fmt: skip
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_form(user_id, name, reasons, form, 422)
    return _told(made.id)


@blueprint.post("/interventions/<int:intervention_id>/appointment")
@allow(permissions.HELP)
def meet(project_key: str, intervention_id: int) -> ResponseReturnValue:
    """Agree on an appointment, or move the one to come."""
    found = intervention_to_change(intervention_id)
    form = meeting_form(present_scope(), session())
    if not form.validate():
        return draw_intervention(found, ResultForm(formdata=None), form, 422)
    try:
        meeting.meet(session(), found, form.values(), zone=str(speech().zone), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_intervention(found, ResultForm(formdata=None), form, 422)
    return _told(intervention_id)


@blueprint.post("/interventions/<int:intervention_id>/appointment/call-off")
@allow(permissions.HELP)
def call_off_meeting(project_key: str, intervention_id: int) -> ResponseReturnValue:
    """It does not take place."""
    meeting.call_off(session(), intervention_to_change(intervention_id), by=actor(), at=now())
    tell_done(say("The appointment is called off. The mail takes it out of their calendar."))
    return redirect(url_for("adoption.intervention", intervention_id=intervention_id), 303)


@blueprint.get("/interventions/<int:intervention_id>/calendar-file")
@allow(permissions.HELP_VIEW)
def meeting_file(project_key: str, intervention_id: int) -> Response:
    """The appointment for one's own calendar program."""
    found = found_or_404(intervention_id)
    agreed = meeting_of(found)
    if agreed is None:
        raise NotFound("appointment")
    answer = make_response(file_of(session(), found, agreed))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=help-{intervention_id}.ics"
    return answer


def _behind(user_id: int) -> tuple[str, Sequence[Reason]]:
    """Name of somebody whose use is known, and why they need help, if they do. Raises NotFound for others."""
    known = session().scalars(work_queries.newest_fact_day()).one_or_none()
    name = session().scalars(queries.name_of(user_id)).one_or_none()
    if known is None or name is None:
        raise NotFound("person")
    if session().scalars(help_queries.person_on(known.day, user_id)).one_or_none() is None:
        raise NotFound("person")
    found = people_behind(known, help_queries.one_behind(known.day, user_id))
    return name, found[0].reasons if found else ()


def _told(intervention_id: int) -> ResponseReturnValue:
    tell_done(say("The appointment is agreed. A mail with it for their calendar is on its way."))
    return redirect(url_for("adoption.intervention", intervention_id=intervention_id), 303)


def _draw_form(user_id: int, name: str, reasons: Sequence[Reason], form: CatalogueForm, status: int = 200) -> Response:
    under_way: Sequence[Intervention] = session().scalars(help_queries.open_with(g.project.id, user_id)).all()
    return draw("adoption/appointment.html", status, user_id=user_id, name=name, reasons=reasons, form=form,
                under_way=under_way)  # fmt: skip
