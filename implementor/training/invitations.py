"""What people are written about their training: invited, booked, called off, and reminded the day before."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import Table, bindparam, update
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.foundation.bulk import write_many
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import Phrase, say
from implementor.history.services import noting
from implementor.notifications.services import send_mail
from implementor.training.models import Course, Enrolment, TrainingSession
from implementor.training.moments import moment_there
from implementor.training.session_queries import seats_to_remind_of
from implementor.web.database import db, writing_session

AHEAD = timedelta(hours=24)
LOOK_EVERY = 3600.0  # seconds
log = logging.getLogger("implementor.training")


def tell_invited(session: Session, course: Course, person: AffectedPerson, *, at: datetime) -> None:
    """Somebody is to take a course and chooses a session."""
    _write(
        session, course, person, say("You are invited to a training course: %(course)s", course=_title(course, person)),
        [say("It takes %(minutes)s minutes.", minutes=course.minutes),
         say("Choose a session under My training, or ask your change lead for a seat.")], at,
    )  # fmt: skip


def tell_booked(
    session: Session, course: Course, held: TrainingSession, person: AffectedPerson, *, at: datetime
) -> None:
    """Somebody has a seat."""
    subject = say("Your seat on a training course: %(course)s", course=_title(course, person))
    _write(session, course, person, subject, _where(course, held), at)


def tell_called_off(
    session: Session, course: Course, held: TrainingSession, person: AffectedPerson, *, at: datetime
) -> None:
    """A session does not take place; the invitation to the course stays."""
    subject = say("A training session is called off: %(course)s", course=_title(course, person))
    lines = [
        say("It was planned for %(moment)s.", moment=moment_there(held.starts_at, held.zone)),
        say("Choose another session under My training, or ask your change lead for a seat."),
    ]
    _write(session, course, person, subject, lines, at)


def remind(app: Flask, at: datetime | None = None) -> int:
    """The worker's look: everybody with a seat hears of it once, in the last day before; how many were told."""
    moment = at or datetime.now(UTC)
    due = seats_to_remind_of(at=moment, ahead=AHEAD)
    with app.app_context(), Session(db.engine) as session:
        if session.execute(due.limit(1)).first() is None:
            return 0
    with writing_session(app) as session:
        with noting(session, by=SYSTEM, at=moment, source="job"):
            # of two workers the second waits here and finds nothing left
            rows = session.execute(due.with_for_update(of=Enrolment)).all()
            _note_reminded(session, [part.id for part, *_ in rows], moment)
            for _part, person, held, course in rows:
                subject = say("Your training course begins soon: %(course)s", course=_title(course, person))
                _write(session, course, person, subject, _where(course, held), moment)
        session.commit()
    log.info("reminded %s people of training", len(rows))
    return len(rows)


def _note_reminded(session: Session, ids: list[int], at: datetime) -> None:
    """Past the history: a reminder changes nothing about a seat, and an import of seats can still be taken back."""
    table: Table = Enrolment.__table__  # type: ignore[assignment]
    noted = update(table).where(table.c.id == bindparam("of_id"))
    write_many(session, noted, [{"of_id": one, "reminded_at": at} for one in ids])


def tell_seat_gone(
    session: Session, course: Course, held: TrainingSession, person: AffectedPerson, *, at: datetime
) -> None:
    """A seat that somebody was told of is theirs no more, though the session takes place."""
    subject = say("Your seat on a training course was taken back: %(course)s", course=_title(course, person))
    lines = [
        say("%(name)s takes place on %(moment)s without you.", name=held.name,
            moment=moment_there(held.starts_at, held.zone)),
        say("Ask your change lead if you did not expect this."),
    ]  # fmt: skip
    _write(session, course, person, subject, lines, at)


def _where(course: Course, held: TrainingSession) -> list[Phrase]:
    lines = [
        say("%(name)s begins on %(moment)s and takes %(minutes)s minutes.", name=held.name,
            moment=moment_there(held.starts_at, held.zone), minutes=course.minutes)
    ]  # fmt: skip
    if held.place:
        lines.append(say("Place: %(place)s", place=held.place))
    if held.link:
        lines.append(say("Link: %(link)s", link=held.link))
    return lines


def _title(course: Course, person: AffectedPerson) -> str:
    return course.title_in(person.language or "en")


def _write(
    session: Session, course: Course, person: AffectedPerson, subject: Phrase, lines: list[Phrase], at: datetime
) -> None:
    if person.email:
        send_mail(session, person.email, subject, lines, language=person.language or "en", at=at,
                  user_id=person.user_id)  # fmt: skip
