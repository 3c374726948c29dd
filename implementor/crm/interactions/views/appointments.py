"""The pages of appointments: what every record has, making one beside a record, how it ended, and its calendar file."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.crm.interactions import permissions, queries
from implementor.crm.interactions.forms import EndForm, appointment_form
from implementor.crm.interactions.models import Appointment
from implementor.crm.interactions.services import appointments as services
from implementor.crm.records.concerning import subject_of
from implementor.crm.records.pages import record_pages
from implementor.crm.records.subjects import subject_page
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.invitation import Guest, Invitation, calendar_file
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.lists.record_page import RecordPage, loaded, present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.forms import CatalogueForm
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


def _context(page: RecordPage) -> dict[str, Any]:
    """What the appointment is about, as far as the reader sees it."""
    row = session().execute(queries.pointers_of(Appointment, page.id)).one()
    is_planned = row.done_at is None and row.cancelled_at is None
    about = subject_of(session(), actor(), row.about_kind, row.about_id)
    return {"about": about, "is_planned": is_planned, "form": EndForm()}


blueprint = record_pages(
    "appointment", "appointments", permissions.APPOINTMENT_VIEW, template="crm/appointments/show.html", context=_context
)


@blueprint.get("/about/<kind>/<int:subject_id>")
@allow(permissions.APPOINTMENT_EDIT)
def make_page(kind: str, subject_id: int) -> Response:
    """The form of an appointment with or about a record."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    return _draw_form(subject, appointment_form(kind, subject.scope, session(), request.args))


@blueprint.post("/about/<kind>/<int:subject_id>")
@allow(permissions.APPOINTMENT_EDIT)
def make(kind: str, subject_id: int) -> ResponseReturnValue:
    """Make an appointment and show the record again."""
    subject = subject_page(session(), present_scope(), kind, subject_id)
    form = appointment_form(kind, subject.scope, session(), {})
    if not form.validate():
        return _draw_form(subject, form, 422)
    about = RecordRef(kind, subject.id)
    try:
        made = services.make_appointment(session(), form.values(), by=actor(), at=now(), about=about)
        session().flush()  # constraints answer before the person is told that it is made
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_form(subject, form, 422)
    tell_done(say("%(title)s is in the calendar.", title=made.title))
    return redirect(subject.url, 303)


@blueprint.post("/<int:record_id>/hold")
@allow(permissions.APPOINTMENT_EDIT)
def hold(record_id: int) -> ResponseReturnValue:
    """It took place."""
    appointment = _appointment(record_id)
    services.hold(session(), appointment, note=request.form.get("note", ""), by=actor(), at=now())
    return _told(say("%(title)s was held.", title=appointment.title), record_id)


@blueprint.post("/<int:record_id>/call-off")
@allow(permissions.APPOINTMENT_EDIT)
def call_off(record_id: int) -> ResponseReturnValue:
    """It does not take place."""
    appointment = _appointment(record_id)
    services.call_off(session(), appointment, note=request.form.get("note", ""), by=actor(), at=now())
    return _told(say("%(title)s is called off.", title=appointment.title), record_id)


@blueprint.post("/<int:record_id>/plan")
@allow(permissions.APPOINTMENT_EDIT)
def plan(record_id: int) -> ResponseReturnValue:
    """It is still to come after all."""
    appointment = _appointment(record_id)
    services.plan_again(session(), appointment, by=actor())
    return _told(say("%(title)s is planned again.", title=appointment.title), record_id)


@blueprint.get("/<int:record_id>/calendar-file")
@allow(permissions.APPOINTMENT_VIEW)
def invitation(record_id: int) -> Response:
    """The appointment for any calendar program."""
    statement = queries.appointment_with_owner(record_id, actor())
    row = session().execute(statement).one_or_none()
    if row is None:
        raise NotFound("appointment")
    guests = [Guest(each.name, each.email) for each in session().execute(queries.attendees_of(record_id))]
    answer = make_response(calendar_file(_invitation(row, guests)))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=appointment-{record_id}.ics"
    return answer


def _invitation(row: Any, guests: list[Guest]) -> Invitation:
    return Invitation(
        uid=f"appointment-{row.id}@{request.host}",
        revision=row.version,
        made_at=row.updated_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=row.title,
        place=row.place if _is_shown("place") else None,
        notes=row.notes if _is_shown("notes") else None,
        url=url_for("appointments.show", record_id=row.id, _external=True),
        is_cancelled=row.cancelled_at is not None,
        organiser=Guest(row.who, row.who_email) if row.who else None,
        guests=guests,
    )


def _is_shown(name: str) -> bool:
    """Whether the reader sees a field of appointments."""
    return sheet_of("appointment").entity.fields[name].is_visible_to(actor())


def _appointment(record_id: int) -> Appointment:
    found: Appointment = loaded(session(), sheet_of("appointment"), present_scope(), record_id)
    return found


def _told(sentence: Phrase, record_id: int) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("appointments.show", record_id=record_id), 303)


def _draw_form(subject: RecordPage, form: CatalogueForm, status: int = 200) -> Response:
    return draw("crm/appointments/beside.html", status, subject=subject, form=form)
