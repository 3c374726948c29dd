"""My training: what one is to learn, seats on sessions to take and give back, and saying that one is there."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.audiences.models import AffectedPerson
from implementor.foundation.errors import NotFound
from implementor.foundation.words import say, speech
from implementor.training import attendance, booking, permissions
from implementor.training import session_queries as queries
from implementor.training.models import WAITING, Course, Enrolment, TrainingSession
from implementor.training.moments import differs, moment_there
from implementor.training.views.result_routing import states
from implementor.training.views.routing import own
from implementor.training.views.sessions import file_for_calendars, secret
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session, today

SHOWN_BACK = timedelta(days=1)


@own.get("/")
@allow(permissions.OWN)
def mine() -> Response:
    """One's seats, the courses one is to take with the sessions to choose from, and the way to the certificates."""
    user_id = actor().user_id or 0
    seats = session().execute(queries.own_seats(user_id=user_id, since=now() - SHOWN_BACK)).all()
    courses = session().execute(queries.own_courses(user_id=user_id, today=today())).all()
    return draw(
        "training/mine.html", seats=seats, courses=courses, sessions=_open_sessions([row.Course for row in courses]),
        seated={row.Enrolment.course_id for row in seats if row.Enrolment.state in WAITING}, language=speech().language,
        held_now={row.TrainingSession.id for row in seats
                  if attendance.is_held_now(row.TrainingSession, row.Course, now())},
        elsewhere=_elsewhere, states=states(), waiting=WAITING, now=now(),
    )  # fmt: skip


@own.post("/sessions/<int:session_id>/book")
@allow(permissions.OWN)
def book(session_id: int) -> ResponseReturnValue:
    """Take a seat."""
    held, _course, person, _key = _found(session_id)
    booking.book(session(), held, person, way="self", by=actor(), at=now())
    tell_done(say("You have a seat. The hour and the place come by mail, too."))
    return redirect(url_for("own_training.mine"), 303)


@own.post("/sessions/<int:session_id>/give-back")
@allow(permissions.OWN)
def give_back(session_id: int) -> ResponseReturnValue:
    """Give one's seat back."""
    held, _course, person, _key = _found(session_id)
    booking.give_back(session(), _part(held, person), by=actor(), at=now())
    tell_done(say("The seat is free again; the invitation to the course stays."))
    return redirect(url_for("own_training.mine"), 303)


@own.post("/sessions/<int:session_id>/here")
@allow(permissions.OWN)
def here(session_id: int) -> ResponseReturnValue:
    """Say that one is there, by the code on the screen."""
    held, _course, person, _key = _found(session_id)
    typed = request.form.get("code", "")
    attendance.check_in(session(), held, _part(held, person), typed, secret=secret(), at=now())
    tell_done(say("You are marked as present."))
    return redirect(url_for("own_training.mine"), 303)


@own.get("/sessions/<int:session_id>/calendar-file")
@allow(permissions.OWN)
def calendar(session_id: int) -> Response:
    """One's session for any calendar program."""
    held, course, person, key = _found(session_id)
    _part(held, person)
    return file_for_calendars(held, course, key)


def _found(session_id: int) -> tuple[TrainingSession, Course, AffectedPerson, str]:
    """A session of a project that affects the reader; for others there is none."""
    row = session().execute(queries.session_by_id(session_id=session_id)).one_or_none()
    if row is None:
        raise NotFound("training_session")
    mine = {"project_id": row.TrainingSession.project_id, "user_id": actor().user_id or 0}
    person = session().scalars(queries.person_with_login(**mine)).first()
    if person is None:
        raise NotFound("training_session")
    return row.TrainingSession, row.Course, person, row.project_key


def _part(held: TrainingSession, person: AffectedPerson) -> Enrolment:
    found = session().scalars(queries.seat_of(session_id=held.id, person_id=person.id)).one_or_none()
    if found is None:
        raise NotFound("enrolment")
    return found


def _open_sessions(courses: list[Course]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if courses:
        for row in session().execute(queries.open_sessions(course_ids=[one.id for one in courses], at=now())):
            found[row.TrainingSession.course_id].append(row)
    return found


def _elsewhere(held: TrainingSession) -> str:
    """The hour on the clocks of the place, where they show another one than the reader's."""
    return moment_there(held.starts_at, held.zone) if differs(held.starts_at, held.zone, speech().zone) else ""
