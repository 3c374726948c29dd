"""The page of a session: seats given and taken back, who is there, its code, its file for calendars, its end."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.models import AffectedPerson
from implementor.audiences.pages import record_or_404, record_to_change
from implementor.auth.models import User
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.invitation import Guest, Invitation, calendar_file
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech
from implementor.training import attendance, booking, permissions
from implementor.training import session_queries as queries
from implementor.training.models import THERE, Course, TrainingSession
from implementor.training.moments import differs, moment_there
from implementor.training.views.result_routing import states
from implementor.training.views.routing import blueprint, may_mark, part_or_404, session_to_mark
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today


def parts_of_session(held: TrainingSession) -> dict[str, Any]:
    """Seats, and people by name for those who say who is there."""
    course = session().get_one(Course, held.course_id)
    marks, may_enrol = may_mark(held), actor().may(permissions.ENROL) and not held.is_archived
    waits = may_enrol and held.state == "open" and held.starts_at > now()
    offered = queries.people_without(project_id=held.project_id, course_id=held.course_id, today=today())
    invited = queries.invited_to(project_id=held.project_id, course_id=held.course_id)
    return {
        "course": course,
        "course_title": course.title_in(speech().language),
        "taken": session().scalar(queries.seats_taken(session_id=held.id)) or 0,
        "people": session().execute(queries.participants(session_id=held.id)).all() if marks else [],
        "may_mark": marks and held.starts_at - attendance.EARLY <= now() and held.state != "cancelled",
        "may_name": marks,
        "may_book": waits,
        "invited": session().execute(invited).all() if waits else [],
        "offered": session().scalars(offered).all() if waits else [],
        "is_now": marks and attendance.is_held_now(held, course, now()),
        "there": moment_there(held.starts_at, held.zone) if differs(held.starts_at, held.zone, speech().zone) else "",
        "states": states(),
        "present": THERE,
        "has_begun": held.starts_at <= now(),
    }


@blueprint.post("/sessions/<int:record_id>/book")
@allow(permissions.ENROL)
def book(project_key: str, record_id: int) -> ResponseReturnValue:
    """Give somebody a seat."""
    held: TrainingSession = record_to_change(TrainingSession, record_id)
    person = record_or_404(AffectedPerson, whole_number(request.form.get("person_id", "")) or 0)
    booking.book(session(), held, person, way="hand", by=actor(), at=now())
    tell_done(say("%(name)s has a seat.", name=person.name))
    return _back(record_id)


@blueprint.post("/sessions/<int:record_id>/seats/<int:enrolment_id>/give-back")
@allow(permissions.ENROL)
def give_back(project_key: str, record_id: int, enrolment_id: int) -> ResponseReturnValue:
    """Take somebody off the session."""
    booking.give_back(session(), part_or_404(record_id, enrolment_id), by=actor(), at=now())
    tell_done(say("The seat is free again; the invitation to the course stays."))
    return _back(record_id)


@blueprint.post("/sessions/<int:record_id>/call-off")
@allow(permissions.EDIT)
def call_off(project_key: str, record_id: int) -> ResponseReturnValue:
    """The session does not take place."""
    count = booking.call_off(session(), record_to_change(TrainingSession, record_id), by=actor(), at=now())
    tell_done(say("The session is called off. People who stay invited: %(count)s.", count=count))
    return _back(record_id)


@blueprint.post("/sessions/<int:record_id>/attendance")
@allow(permissions.VIEW)
def mark(project_key: str, record_id: int) -> ResponseReturnValue:
    """Keep who is there, for the change lead and the trainer."""
    held = session_to_mark(record_id)
    rows = session().execute(queries.participants(session_id=held.id)).all()
    typed = {part.id: request.form.get(f"part_{part.id}") for part, _person in rows}
    there = {part_id: word == "yes" for part_id, word in typed.items() if word in ("yes", "no")}
    try:
        count = attendance.mark(
            session(), held, there, reason=request.form.get("reason", ""), by=actor(), at=now()
        )  # fmt: skip
        if "close" in request.form:
            attendance.close(session(), held, by=actor(), at=now())
    except InvalidInput as fault:
        raise Refusal(fault.reason) from fault
    tell_done(say("Attendance is kept; %(count)s changed.", count=count))
    return _back(record_id)


@blueprint.get("/sessions/<int:record_id>/code")
@allow(permissions.VIEW)
def code(project_key: str, record_id: int) -> ResponseReturnValue:
    """The code in large letters for the screen in front, for the change lead and the trainer."""
    held = session_to_mark(record_id)
    course = session().get_one(Course, held.course_id)
    shown = attendance.code_of(secret(), held, now()) if attendance.is_held_now(held, course, now()) else ""
    page = draw("training/code.html", held=held, course=course, code=shown, language=speech().language)
    page.headers["Refresh"] = "60"  # seconds: the screen stands without anybody at the keys
    return page


@blueprint.get("/sessions/<int:record_id>/calendar-file")
@allow(permissions.VIEW)
def calendar(project_key: str, record_id: int) -> Response:
    """The session for any calendar program."""
    held: TrainingSession = record_or_404(TrainingSession, record_id)
    return file_for_calendars(held, session().get_one(Course, held.course_id), project_key)


def file_for_calendars(held: TrainingSession, course: Course, project_key: str) -> Response:
    """An answer with the session as a calendar file."""
    trainer = session().get(User, held.trainer_id) if held.trainer_id else None
    event = Invitation(
        uid=f"training-session-{held.id}@{request.host}",
        revision=held.version,
        made_at=held.updated_at,
        starts_at=held.starts_at,
        ends_at=held.ends_at(course.minutes),
        title=f"{course.title_in(speech().language)}: {held.name}",
        place=held.place or held.link,
        notes=held.link,
        url=url_for("training.session", project_key=project_key, record_id=held.id, _external=True),
        is_cancelled=held.state == "cancelled",
        organiser=Guest(trainer.name, trainer.email) if trainer is not None else None,
    )
    answer = make_response(calendar_file(event))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f"attachment; filename=training-{held.id}.ics"
    return answer


def secret() -> bytes:
    """What codes on the screen are made with."""
    key = current_app.secret_key or ""
    return key if isinstance(key, bytes) else key.encode()


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("training.session", record_id=record_id), 303)
