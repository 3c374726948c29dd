"""Sessions with their seats, who sits on them, and who takes part in a course or needs it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from implementor.audiences.models import AffectedPerson, AudienceMember
from implementor.audiences.queries.people import is_here
from implementor.foundation.model import Rows
from implementor.foundation.text import folded
from implementor.projects.models import Project
from implementor.training.models import (
    BOOKED,
    COMPLETED,
    WAITING,
    Course,
    CourseTopic,
    Enrolment,
    PathStep,
    TrainingSession,
)

Earlier = aliased(Enrolment, name="earlier_part")
_TAKEN: ColumnElement[int] = (
    select(func.count()).where(Enrolment.session_id == TrainingSession.id).correlate(TrainingSession).scalar_subquery()
)


def takes_bookings(at: datetime) -> ColumnElement[bool]:
    """Open, in use and not begun."""
    return and_(TrainingSession.state == "open", TrainingSession.archived_at.is_(None), TrainingSession.starts_at > at)


def seats_taken(*, session_id: int) -> Select[int]:
    """How many people have a seat."""
    return select(func.count(Enrolment.id)).where(Enrolment.session_id == session_id)


def next_with_seats(*, project_id: int, course_id: int, at: datetime) -> Select[TrainingSession]:
    """Sessions of a course on which somebody can still be booked, the first to begin first."""
    return (
        select(TrainingSession)
        .where(
            TrainingSession.project_id == project_id, TrainingSession.course_id == course_id, takes_bookings(at),
            TrainingSession.seats > _TAKEN,
        )
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )  # fmt: skip


def sessions_of_course(*, project_id: int, course_id: int) -> Rows:
    """Rows (TrainingSession, taken) of a course, the latest first."""
    return (
        select(TrainingSession, _TAKEN.label("taken"))
        .where(
            TrainingSession.project_id == project_id, TrainingSession.course_id == course_id,
            TrainingSession.archived_at.is_(None),
        )
        .order_by(TrainingSession.starts_at.desc(), TrainingSession.id.desc())
    )  # fmt: skip


def topics_of_course(*, project_id: int, course_id: int) -> Select[CourseTopic]:
    """What a course teaches, by name."""
    found = select(CourseTopic).where(
        CourseTopic.project_id == project_id, CourseTopic.course_id == course_id, CourseTopic.archived_at.is_(None)
    )
    return found.order_by(CourseTopic.name_key, CourseTopic.id)


def roles_of_course(*, project_id: int, course_id: int) -> Select[PathStep]:
    """The steps of learning paths that lead through a course, by job role."""
    found = select(PathStep).where(
        PathStep.project_id == project_id, PathStep.course_id == course_id, PathStep.archived_at.is_(None)
    )
    return found.order_by(PathStep.name_key, PathStep.id)


def participants(*, session_id: int) -> Rows:
    """Rows (Enrolment, person, person_id, email, language, user_id) of a session, by name."""
    return (
        select(Enrolment, AffectedPerson)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .where(Enrolment.session_id == session_id)
        .order_by(AffectedPerson.name_key, Enrolment.id)
    )


def waiting_part(*, course_id: int, person_id: int) -> Select[Enrolment]:
    """The part of a person that waits for its session: invited or booked."""
    return select(Enrolment).where(
        Enrolment.course_id == course_id, Enrolment.person_id == person_id, Enrolment.state.in_(WAITING)
    )


def seat_of(*, session_id: int, person_id: int) -> Select[Enrolment]:
    """The part of a person in a session."""
    return select(Enrolment).where(Enrolment.session_id == session_id, Enrolment.person_id == person_id)


def part_in_session(*, project_id: int, session_id: int, enrolment_id: int) -> Select[Enrolment]:
    """One part by its id, in a session of a project."""
    return select(Enrolment).where(
        Enrolment.project_id == project_id, Enrolment.session_id == session_id, Enrolment.id == enrolment_id
    )


def _has_part(course_id: int, today: date) -> ColumnElement[bool]:
    """Whether somebody waits for a course or completed it with a certificate that still counts."""
    counts = or_(Enrolment.valid_until.is_(None), Enrolment.valid_until >= today)
    part = select(Enrolment.id).where(
        Enrolment.person_id == AffectedPerson.id, Enrolment.course_id == course_id,
        or_(Enrolment.state.in_(WAITING), and_(Enrolment.state == COMPLETED, counts)),
    )  # fmt: skip
    return part.exists()


def people_without(
    *, project_id: int, course_id: int, today: date, audience_id: int | None = None, roles: list[str] | None = None
) -> Select[AffectedPerson]:
    """Who neither waits for a course nor has it, by name: of an audience, or of job roles; else of the project."""
    found = select(AffectedPerson).where(
        AffectedPerson.project_id == project_id, is_here(today), ~_has_part(course_id, today)
    )
    if audience_id is not None:
        listed = select(AudienceMember.person_id).where(
            AudienceMember.project_id == project_id, AudienceMember.audience_id == audience_id
        )
        found = found.where(AffectedPerson.id.in_(listed))
    if roles is not None:
        found = found.where(AffectedPerson.job_role_key.in_([folded(role) for role in roles]))
    return found.order_by(AffectedPerson.name_key, AffectedPerson.id)


def invited_to(*, project_id: int, course_id: int) -> Rows:
    """Rows (Enrolment, AffectedPerson) of those who are invited and have no seat yet, by name."""
    return (
        select(Enrolment, AffectedPerson)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .where(Enrolment.project_id == project_id, Enrolment.course_id == course_id, Enrolment.session_id.is_(None),
               Enrolment.state.in_(WAITING))
        .order_by(AffectedPerson.name_key, Enrolment.id)
    )  # fmt: skip


def session_by_id(*, session_id: int) -> Rows:
    """The row (TrainingSession, Course, project_key) of a session anywhere; who asks is checked by who they are."""
    return (
        select(TrainingSession, Course, Project.key.label("project_key"), Project.name.label("project"))
        .join(Course, Course.id == TrainingSession.course_id)
        .join(Project, Project.id == TrainingSession.project_id)
        .where(TrainingSession.id == session_id, TrainingSession.archived_at.is_(None), Course.archived_at.is_(None))
    )


def person_with_login(*, project_id: int, user_id: int) -> Select[AffectedPerson]:
    """The people affected of a project who sign in as this user; mostly one."""
    found = select(AffectedPerson).where(
        AffectedPerson.project_id == project_id, AffectedPerson.user_id == user_id, is_here(None)
    )
    return found.order_by(AffectedPerson.id)


def own_seats(*, user_id: int, since: datetime) -> Rows:
    """Rows (Enrolment, TrainingSession, Course, project) of seats on sessions that begin after `since`, in order."""
    return (
        select(Enrolment, TrainingSession, Course, Project.name.label("project"))
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Project, Project.id == Enrolment.project_id)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .where(AffectedPerson.user_id == user_id, is_here(None), TrainingSession.starts_at > since,
               TrainingSession.archived_at.is_(None))
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )  # fmt: skip


def own_courses(*, user_id: int, today: date) -> Rows:
    """Rows (Course, project, state, is_required, position) that a login is invited to or finds on the path of its role.

    What somebody has completed with a certificate that counts is left out; `state` is None where nobody invited.
    """
    step = and_(
        PathStep.project_id == AffectedPerson.project_id, PathStep.name_key == AffectedPerson.job_role_key,
        PathStep.course_id == Course.id, PathStep.archived_at.is_(None),
    )  # fmt: skip
    waits = and_(
        Enrolment.course_id == Course.id, Enrolment.person_id == AffectedPerson.id, Enrolment.state.in_(WAITING)
    )
    counts = or_(Earlier.valid_until.is_(None), Earlier.valid_until >= today)
    done = select(Earlier.id).where(
        Earlier.course_id == Course.id, Earlier.person_id == AffectedPerson.id, Earlier.state == COMPLETED, counts
    )
    return (
        select(Course, Project.name.label("project"), Enrolment.state, PathStep.is_required, PathStep.position)
        .join(AffectedPerson, AffectedPerson.project_id == Course.project_id)
        .join(Project, Project.id == Course.project_id)
        .outerjoin(PathStep, step)
        .outerjoin(Enrolment, waits)
        .where(AffectedPerson.user_id == user_id, is_here(None), Course.archived_at.is_(None),
               or_(Enrolment.id.is_not(None), PathStep.id.is_not(None)), ~done.exists())
        .order_by(PathStep.position, Course.name_key, Course.id)
    )  # fmt: skip


def open_sessions(*, course_ids: list[int], at: datetime) -> Rows:
    """Rows (TrainingSession, taken) of courses that take bookings, in order."""
    return (
        select(TrainingSession, _TAKEN.label("taken"))
        .where(TrainingSession.course_id.in_(course_ids), takes_bookings(at))
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )


def seats_to_remind_of(*, at: datetime, ahead: timedelta) -> Rows:
    """Rows (Enrolment, AffectedPerson, TrainingSession, Course) of booked people whose session begins soon."""
    return (
        select(Enrolment, AffectedPerson, TrainingSession, Course)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.state == BOOKED, Enrolment.reminded_at.is_(None), AffectedPerson.email.is_not(None),
               TrainingSession.starts_at > at, TrainingSession.starts_at <= at + ahead, takes_bookings(at))
        .order_by(TrainingSession.starts_at, Enrolment.id)
    )  # fmt: skip
