"""Who is there: marked by the trainer or by a code on the screen, closed, and from then on corrected with a reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.training.models import (
    ATTENDED,
    NO_SHOW,
    THERE,
    WAITING,
    AttendanceCorrection,
    Course,
    Enrolment,
    TrainingSession,
)
from implementor.training.results import settle

CODE_LASTS = timedelta(minutes=10)
EARLY, LATE = timedelta(minutes=30), timedelta(hours=1)
"""So long before a session begins and after it ends a code is shown and taken."""
CODE_LETTERS = 8


class NotYet(Refusal):
    """The session has not begun."""


class WrongCode(Refusal):
    """It is not what the screen shows now, or the session is not held now."""


class ReasonIsNeeded(InvalidInput):
    """Attendance of a closed session is corrected with a reason alone."""


def code_of(secret: bytes, held: TrainingSession, at: datetime) -> str:
    """What the screen shows at this moment: eight letters and digits that are others every ten minutes."""
    turn = int(at.timestamp() // CODE_LASTS.total_seconds())
    made = hmac.new(secret, f"attendance:{held.id}:{turn}".encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:CODE_LETTERS]


def is_held_now(held: TrainingSession, course: Course, at: datetime) -> bool:
    """Whether people may say that they are there."""
    ends = held.ends_at(course.minutes)
    return not held.is_closed and held.state == "open" and held.starts_at - EARLY <= at <= ends + LATE


def check_in(
    session: Session, held: TrainingSession, part: Enrolment, typed: str, *, secret: bytes, at: datetime
) -> None:
    """Somebody with a seat is there, by the code on the screen now or ten minutes ago. Raises WrongCode."""
    course = session.get_one(Course, held.course_id)
    given = "".join(typed.split()).upper().encode()
    fits = any(
        hmac.compare_digest(given, code_of(secret, held, at - ago).encode()) for ago in (timedelta(0), CODE_LASTS)
    )
    if not fits or not is_held_now(held, course, at):
        raise WrongCode(say("This is not the code on the screen. It changes every ten minutes; look again."))
    if part.state in WAITING:
        name_action(
            session, say("Came to a session"), verb="training_session.check_in", project_id=held.project_id
        )  # fmt: skip
        part.state = ATTENDED
        settle(session, held, course, [part])


def mark(
    session: Session, held: TrainingSession, there: Mapping[int, bool], *, reason: str, by: Actor, at: datetime
) -> int:
    """Say of parts (by id) whether somebody was there; how many changed.

    In a closed session each change is a correction that keeps what it was, and why. Raises NotYet, ReasonIsNeeded.
    """
    if held.starts_at - EARLY > at:
        raise NotYet(say("The session has not begun."))
    rows = session.scalars(
        select(Enrolment).where(Enrolment.session_id == held.id, Enrolment.id.in_(list(there)))
    ).all()
    changed = [row for row in rows if (row.state in THERE) != there[row.id] or row.state in WAITING]
    if not changed:
        return 0
    if held.is_closed and not reason.strip():
        raise ReasonIsNeeded({"reason": say("Say why the attendance of a closed session changes.")})
    name_action(
        session, say("Corrected attendance") if held.is_closed else say("Marked who is there"),
        verb="training_session.attendance", project_id=held.project_id,
    )  # fmt: skip
    for row in changed:
        was, row.state = row.state, ATTENDED if there[row.id] else NO_SHOW
        if not there[row.id]:
            row.trained_on = None
        if held.is_closed:
            session.add(AttendanceCorrection(
                project_id=held.project_id, enrolment_id=row.id, was=was, became=row.state, reason=reason.strip()
            ))  # fmt: skip
    settle(session, held, session.get_one(Course, held.course_id), changed)
    return len(changed)


def close(session: Session, held: TrainingSession, *, by: Actor, at: datetime) -> int:
    """Settle attendance: who has not come did not come; how many. Raises NotYet."""
    if held.starts_at > at:
        raise NotYet(say("The session has not begun."))
    if held.is_closed:
        return 0
    name_action(session, say("Closed a session"), verb="training_session.close", project_id=held.project_id)
    waiting = session.scalars(
        select(Enrolment).where(Enrolment.session_id == held.id, Enrolment.state.in_(WAITING))
    ).all()
    for row in waiting:
        row.state = NO_SHOW
    held.closed_at, held.state = at, "closed"
    session.flush()
    return len(waiting)
