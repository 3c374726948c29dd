"""Inviting people to courses and giving them seats on sessions, never more than there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.training import session_queries as queries
from implementor.training.invitations import tell_booked, tell_called_off, tell_invited
from implementor.training.models import BOOKED, INVITED, WAITING, Course, Enrolment, TrainingSession
from implementor.training.moments import moment_there


class SessionIsFull(Refusal):
    """Every seat is taken; the reason names the next session with seats."""


class NoBookings(Refusal):
    """The session has begun, is over, called off or not open yet."""


class BookedAlready(Refusal):
    """The person has a seat in this session, or on another one of the course."""


def invite(
    session: Session, course: Course, people: Iterable[AffectedPerson], *, way: str, by: Actor, at: datetime
) -> int:
    """Invite people to a course who have no part in it that waits, and write to those with an address; how many."""
    count = 0
    for person in people:
        if session.scalars(queries.waiting_part(course_id=course.id, person_id=person.id)).first() is not None:
            continue
        session.add(Enrolment(
            project_id=course.project_id, course_id=course.id, person_id=person.id, state=INVITED, way=way
        ))  # fmt: skip
        tell_invited(session, course, person, at=at)
        count += 1
    if count:
        name_action(session, say("Invited people to a course"), verb="course.invite", project_id=course.project_id)
    session.flush()
    return count


def book(
    session: Session, held: TrainingSession, person: AffectedPerson, *, way: str, by: Actor, at: datetime
) -> Enrolment:
    """Give somebody a seat on a session and write to them. Raises NoBookings, BookedAlready, SessionIsFull."""
    course = session.get_one(Course, held.course_id)
    # whoever books holds the session until the end of the work, so that two cannot take the last seat
    session.execute(select(TrainingSession.id).where(TrainingSession.id == held.id).with_for_update())
    _refuse_closed(held, at)
    if session.scalars(queries.seat_of(session_id=held.id, person_id=person.id)).first() is not None:
        raise BookedAlready(say("%(name)s has a seat in this session already.", name=person.name))
    part = session.scalars(queries.waiting_part(course_id=course.id, person_id=person.id)).one_or_none()
    if part is not None and part.session_id is not None:
        raise BookedAlready(say("%(name)s has a seat in another session of this course.", name=person.name))
    _refuse_full(session, held, at)
    name_action(session, say("Booked a seat on a session"), verb="training_session.book", project_id=held.project_id)
    if part is None:
        part = Enrolment(project_id=held.project_id, course_id=course.id, person_id=person.id, way=way)
        session.add(part)
    take_seat(part, held.id)
    tell_booked(session, course, held, person, at=at)
    session.flush()
    return part


def take_seat(part: Enrolment, session_id: int) -> None:
    """Put a part on a session. Whoever calls this holds the session and has counted its seats."""
    part.session_id, part.state, part.reminded_at = session_id, BOOKED, None


def give_back(session: Session, part: Enrolment, *, by: Actor, at: datetime) -> None:
    """Take somebody off a session before it begins; the invitation stays. Raises NoBookings once it has begun."""
    held = session.get_one(TrainingSession, part.session_id)
    if part.state not in WAITING or held.is_closed or held.starts_at <= at:
        raise NoBookings(say("The session has begun. Mark who is there instead."))
    name_action(session, say("Gave a seat back"), verb="training_session.give_back", project_id=part.project_id)
    part.session_id, part.state, part.reminded_at = None, INVITED, None
    session.flush()


def withdraw(session: Session, part: Enrolment, *, by: Actor, at: datetime) -> None:
    """Take back an invitation that led to no seat yet. Raises NoBookings where it did."""
    if part.state != INVITED or part.session_id is not None:
        raise NoBookings(say("Who has a seat is taken off the session instead."))
    name_action(session, say("Took an invitation back"), verb="course.withdraw", project_id=part.project_id)
    session.delete(part)
    session.flush()


def call_off(session: Session, held: TrainingSession, *, by: Actor, at: datetime) -> int:
    """Call a session off: those with a seat stay invited and are written to; how many. Raises NoBookings."""
    if held.state == "cancelled" or held.is_closed or held.starts_at <= at:
        raise NoBookings(say("The session is over, has begun or is called off already."))
    course = session.get_one(Course, held.course_id)
    name_action(session, say("Called a session off"), verb="training_session.call_off", project_id=held.project_id)
    rows = session.execute(queries.participants(session_id=held.id)).all()
    held.state = "cancelled"
    for part, person in rows:
        if part.state in WAITING:
            part.session_id, part.state, part.reminded_at = None, INVITED, None
            tell_called_off(session, course, held, person, at=at)
    session.flush()
    return len(rows)


def why_closed(held: Any, at: datetime) -> Phrase | None:
    """Why nobody can be booked on a session, given with its columns; None where somebody can."""
    if held.archived_at is not None or held.state == "cancelled":
        return say("The session is called off.")
    if held.state != "open" or held.closed_at is not None:
        return say("The session is not open for booking.")
    return say("The session has begun.") if held.starts_at <= at else None


def why_full(seats: int, other: Any) -> Phrase:
    """That every seat is taken, and the next session of the course that has any; `other` is None where none has."""
    if other is None:
        return say(
            "No seat of %(seats)s is left, and no other session of this course has any. Plan one.", seats=seats
        )  # fmt: skip
    return say(
        "No seat of %(seats)s is left. The next session with seats is %(name)s, %(moment)s.", seats=seats,
        name=other.name, moment=moment_there(other.starts_at, other.zone),
    )  # fmt: skip


def _refuse_closed(held: TrainingSession, at: datetime) -> None:
    reason = why_closed(held, at)
    if reason is not None:
        raise NoBookings(reason)


def _refuse_full(session: Session, held: TrainingSession, at: datetime) -> None:
    if (session.scalar(queries.seats_taken(session_id=held.id)) or 0) < held.seats:
        return
    following = queries.next_with_seats(project_id=held.project_id, course_id=held.course_id, at=at).limit(1)
    raise SessionIsFull(why_full(held.seats, session.scalars(following).first()))
