"""What the rows of a file of seats lead to: people by address or key, sessions by name and moment, seats taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.exchange.standing import was_taken_back
from implementor.foundation.text import folded
from implementor.training.booking import why_closed
from implementor.training.models import WAITING, Course, Enrolment, TrainingSession
from implementor.training.moments import moment_there
from implementor.training.result_finding import people_by_key

Person = int | str
"""The id of somebody who is here, or the key of somebody new."""


@dataclass
class Standing:
    """What is here, and what earlier rows take of it.

    `known` leads from keys to ids, `people` from ids to their columns. `taken` counts the seats of sessions, `seats`
    holds the (session, person) pairs that have one, `waiting` the part of (course, person) that waits.
    """

    known: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[int, Any] = field(default_factory=dict)
    revivable: frozenset[int] = frozenset()
    sessions: Sequence[Any] = ()
    taken: dict[int, int] = field(default_factory=dict)
    seats: set[tuple[int, Person]] = field(default_factory=set)
    waiting: dict[tuple[int, Person], Any] = field(default_factory=dict)
    promised: dict[tuple[int, Person], int] = field(default_factory=dict)

    def named(self, session: str, course: str) -> list[Any]:
        """The sessions that a name, or a name with its moment, means; within a course where one is given."""
        name, of = folded(session), folded(course)
        return [
            one
            for one in self.sessions
            if name in (one.name_key, folded(label_of(one)))
            and (not of or of in (one.course_key, folded(one.course_es or "")))
        ]

    def next_with_seats(self, held: Any, at: datetime) -> Any:
        """The first session of the same course on which somebody can still be booked, or None."""
        free = (  # in the order in which they begin
            one
            for one in self.sessions
            if one.course_id == held.course_id and why_closed(one, at) is None and self.taken.get(one.id, 0) < one.seats
        )
        return next(free, None)

    def give(self, held: Any, person: Person) -> None:
        """Count a seat that a row takes."""
        self.taken[held.id] = self.taken.get(held.id, 0) + 1
        self.seats.add((held.id, person))
        self.promised[held.course_id, person] = held.id


def label_of(held: Any) -> str:
    """A session as it is named without doubt: with its moment on the clocks of the place."""
    return f"{held.name}, {moment_there(held.starts_at, held.zone)}"


def find_seats(
    session: Session, project_id: int, system: str, keys: Collection[str], *, locking: bool
) -> Standing:  # fmt: skip
    """What these keys and every session of the project stand for, in a handful of statements.

    `locking` holds the sessions until the end of the work, so that nobody else takes a last seat.
    """
    if locking:
        held = select(TrainingSession.id).where(TrainingSession.project_id == project_id)
        session.execute(held.order_by(TrainingSession.id).with_for_update()).all()
    known, _erased = people_by_key(session, project_id, system, set(keys))
    people = _people(session, known.values())
    away = [row.id for row in people.values() if row.archived_at is not None]
    found = Standing(known, people, frozenset(was_taken_back(session, "affected_person", away)))
    found.sessions = session.execute(_sessions(project_id)).all()
    counted = (
        select(Enrolment.session_id, func.count())
        .where(Enrolment.project_id == project_id, Enrolment.session_id.is_not(None))
        .group_by(Enrolment.session_id)
    )
    found.taken = {session_id: count for session_id, count in session.execute(counted) if session_id is not None}
    _add_parts(session, project_id, found)
    return found


def _people(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    rows = session.execute(
        select(AffectedPerson.id, AffectedPerson.name, AffectedPerson.archived_at, AffectedPerson.erased_at,
               AffectedPerson.left_on)
        .where(AffectedPerson.id.in_(list(ids)))
    ).all()  # fmt: skip
    return {row.id: row for row in rows}


def _sessions(project_id: int) -> Any:
    return (
        select(TrainingSession.id, TrainingSession.course_id, TrainingSession.name, TrainingSession.name_key,
               TrainingSession.starts_at, TrainingSession.zone, TrainingSession.seats, TrainingSession.state,
               TrainingSession.closed_at, TrainingSession.archived_at, Course.name_key.label("course_key"),
               Course.name_es.label("course_es"))
        .join(Course, Course.id == TrainingSession.course_id)
        .where(TrainingSession.project_id == project_id)
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )  # fmt: skip


def _add_parts(session: Session, project_id: int, found: Standing) -> None:
    rows = session.execute(
        select(Enrolment.id, Enrolment.session_id, Enrolment.course_id, Enrolment.person_id, Enrolment.state)
        .where(Enrolment.project_id == project_id, Enrolment.person_id.in_(list(found.people)))
    ).all()  # fmt: skip
    found.seats = {(row.session_id, row.person_id) for row in rows if row.session_id is not None}
    found.waiting = {(row.course_id, row.person_id): row for row in rows if row.state in WAITING}
