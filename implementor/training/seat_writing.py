"""Writes a batch of imported seats and tells people of them; takes a whole file of them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.exchange.kinds import Undone
from implementor.exchange.models import ImportedRow
from implementor.exchange.records.declaring import Writing
from implementor.exchange.records.writing import made
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import encoded_values
from implementor.training.booking import take_seat
from implementor.training.invitations import tell_booked, tell_seat_gone
from implementor.training.models import WAITING, Course, Enrolment, TrainingSession
from implementor.training.result_undoing import take_back_results
from implementor.training.result_writing import is_new, revive, write_people

if TYPE_CHECKING:
    from implementor.training.seat_importing import Seat

KIND = "enrolment"
MOVED = ("session_id", "state")


def write_seats(writing: Writing, project_id: int, seats: Sequence[Seat]) -> None:
    """Write everything that a batch plans, and a mail to everybody with an address; facts are added to the writing."""
    if not seats:
        return
    people = write_people(writing, project_id, {str(one.person): one.draft for one in seats if is_new(one.person)})
    for one in seats:
        one.person = people.get(str(one.person), one.person)
    revive(writing, AffectedPerson, {int(one.person) for one in seats})
    known = {one.id: one for one in _records(writing.session, Enrolment, [one.row.id for one in seats if one.row])}
    written = [_written(writing, project_id, one, known) for one in seats]
    writing.session.flush()
    for seat, part, before in written:
        fact = made(KIND, part.id, source_values=seat.draft.marks)
        if before is not None:
            fact |= {"verb": "updated", "version": part.version, "before": encoded_values(before)}
        writing.facts.append(fact)
    _tell(writing, [part for _seat, part, _before in written])


def _written(
    writing: Writing, project_id: int, seat: Seat, known: dict[int, Enrolment]
) -> tuple[Seat, Enrolment, dict[str, Any] | None]:
    part, before = known.get(seat.row.id) if seat.row is not None else None, None
    if part is None:
        part = Enrolment(
            project_id=project_id, course_id=seat.held.course_id, person_id=int(seat.person), way="import"
        )  # fmt: skip
        writing.session.add(part)
    else:
        before = {name: getattr(part, name) for name in MOVED}
    take_seat(part, seat.held.id)
    return seat, part, before


def _tell(writing: Writing, parts: Sequence[Enrolment]) -> None:
    of, at = writing.session, writing.at
    for part, person, held, course in _with_all(of, parts):
        if part.state in WAITING:
            tell_booked(of, course, held, person, at=at)


def take_back_seats(session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime) -> Undone:
    """Take a file of seats back; whoever loses one that is still to come is written to, since they were told of it."""
    parts = _records(session, Enrolment, [fact.record_id for fact in facts if fact.kind == KIND])
    sat = [row for row in _with_all(session, parts) if row[0].state in WAITING and row[2].starts_at > at]
    told = [(part.id, part.session_id, person, held, course) for part, person, held, course in sat]
    undone = take_back_results(session, facts, by, at, title=say("Seat on a session"))
    session.flush()
    standing = select(Enrolment.id, Enrolment.session_id).where(Enrolment.id.in_([one[0] for one in told]))
    left = {(row.id, row.session_id) for row in session.execute(standing)}
    for part_id, session_id, person, held, course in told:
        if (part_id, session_id) not in left:
            tell_seat_gone(session, course, held, person, at=at)
    return undone


def _records(session: Session, model: Any, ids: Sequence[int]) -> Sequence[Any]:
    return session.scalars(select(model).where(model.id.in_(ids))).all()


def _with_all(session: Session, parts: Sequence[Enrolment]) -> list[tuple[Any, ...]]:
    """Parts with a seat, each with its person, session and course."""
    seated = [part for part in parts if part.session_id is not None]
    people = {one.id: one for one in _records(session, AffectedPerson, [part.person_id for part in seated])}
    held = {one.id: one for one in _records(session, TrainingSession, [part.session_id or 0 for part in seated])}
    courses = {one.id: one for one in _records(session, Course, [part.course_id for part in seated])}
    return [(one, people[one.person_id], held[one.session_id or 0], courses[one.course_id]) for one in seated]
