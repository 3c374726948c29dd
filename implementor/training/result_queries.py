"""Which parts in courses the figures of training are counted from, and whose they are."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, func, select

from implementor.audiences.models import AffectedPerson, AudienceMember, ChangeImpact
from implementor.audiences.queries.people import is_here
from implementor.auth.models import Area, User
from implementor.foundation.model import Rows
from implementor.projects.models import Project
from implementor.training.models import COMPLETED, Course, Enrolment, SessionEvaluation, TrainingSession
from implementor.waves.models import Wave, WaveStory


def parts_of_project(*, project_id: int, course_id: int | None = None, session_id: int | None = None) -> Rows:
    """Rows of every part in a course in use: what happened, with course, session, person and area."""
    found = (
        select(
            Enrolment.id, Enrolment.person_id, Enrolment.course_id, Enrolment.session_id, Enrolment.state,
            Enrolment.result, Enrolment.score_before, Enrolment.score_after, Enrolment.trained_on,
            Enrolment.certificate, Enrolment.valid_until, Course.pass_mark, Course.name.label("course"),
            TrainingSession.name.label("session"), AffectedPerson.name.label("person"), AffectedPerson.area_id,
        )
        .join(Course, Course.id == Enrolment.course_id)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .outerjoin(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .where(Enrolment.project_id == project_id, Course.archived_at.is_(None))
    )  # fmt: skip
    if course_id is not None:
        found = found.where(Enrolment.course_id == course_id)
    if session_id is not None:
        found = found.where(Enrolment.session_id == session_id)
    return found.order_by(Course.name_key, Course.id, AffectedPerson.name_key, Enrolment.id)


def courses_with_parts(*, project_id: int) -> Rows:
    """Rows (id, name, name_es) of the courses in use that somebody takes part in, by name."""
    taken = select(Enrolment.course_id).where(Enrolment.project_id == project_id)
    found = select(Course.id, Course.name, Course.name_es).where(
        Course.project_id == project_id, Course.archived_at.is_(None), Course.id.in_(taken)
    )
    return found.order_by(Course.name_key, Course.id)


def people_of_wave(*, project_id: int, wave_id: int, today: date | None) -> Rows:
    """Rows (id, name) of the people listed in the audiences for whom the wave or one of its stories changes work."""
    of_wave = ChangeImpact.story_id.in_(select(WaveStory.story_id).where(WaveStory.wave_id == wave_id))
    audiences = select(ChangeImpact.audience_id).where(
        ChangeImpact.project_id == project_id, ChangeImpact.archived_at.is_(None),
        (ChangeImpact.wave_id == wave_id) | of_wave,
    )  # fmt: skip
    listed = select(AudienceMember.person_id).where(AudienceMember.audience_id.in_(audiences))
    found = select(AffectedPerson.id, AffectedPerson.name).where(
        AffectedPerson.project_id == project_id, AffectedPerson.id.in_(listed), is_here(today)
    )
    return found.order_by(AffectedPerson.name_key, AffectedPerson.id)


def wave_end(*, project_id: int, wave_id: int) -> Select[date | None]:
    """The last day of a wave, on which it goes live."""
    return select(Wave.ends_on).where(Wave.project_id == project_id, Wave.id == wave_id)


def certificates_of(*, project_id: int, until: date | None = None) -> Rows:
    """Rows (Enrolment, person, course, name_es) of certificates, those that run out first; `until` some day alone."""
    found = (
        select(Enrolment, AffectedPerson.name.label("person"), Course.name.label("course"), Course.name_es)
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.project_id == project_id, Enrolment.state == COMPLETED, Enrolment.certificate.is_not(None))
    )
    if until is not None:
        found = found.where(Enrolment.valid_until.is_not(None), Enrolment.valid_until <= until, is_here(None))
    return found.order_by(Enrolment.valid_until.is_(None), Enrolment.valid_until, AffectedPerson.name_key, Enrolment.id)


def session_of(*, project_id: int, session_id: int) -> Select[TrainingSession]:
    """One session of the project, if its course is in use or not."""
    return select(TrainingSession).where(TrainingSession.project_id == project_id, TrainingSession.id == session_id)


def trainers_by_area(*, project_id: int, today: date) -> Rows:
    """Rows (area_id, name, count of trainers) of areas with people: who completed a course for trainers and may train.

    A certificate that ran out before `today` counts no more.
    """
    counts = (Enrolment.valid_until.is_(None)) | (Enrolment.valid_until >= today)
    trainers = (
        select(Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.project_id == project_id, Course.kind == "trainer", Enrolment.state == COMPLETED, counts)
    )
    is_trainer = AffectedPerson.id.in_(trainers)
    found = (
        select(Area.id, Area.name, func.count(AffectedPerson.id).label("people"),
               func.count(AffectedPerson.id).filter(is_trainer).label("trainers"))
        .join(AffectedPerson, AffectedPerson.area_id == Area.id)
        .where(AffectedPerson.project_id == project_id, is_here(today))
    )  # fmt: skip
    return found.group_by(Area.id, Area.name, Area.name_key).order_by(Area.name_key)


def logins_trained(*, project_id: int) -> Rows:
    """Rows (user_id, trained_on) of people with a login: the first day on which each completed a course."""
    found = (
        select(AffectedPerson.user_id, func.min(Enrolment.trained_on).label("trained_on"))
        .join(Enrolment, Enrolment.person_id == AffectedPerson.id)
        .join(User, User.id == AffectedPerson.user_id)
        .where(Enrolment.project_id == project_id, Enrolment.state == COMPLETED, Enrolment.trained_on.is_not(None))
    )
    return found.group_by(AffectedPerson.user_id)


def sessions_to_enter(*, project_id: int, trainer_id: int | None = None) -> Rows:
    """Rows (id, name, starts_at, zone, course, people, scored) of sessions, the latest first."""
    counts = (
        select(Enrolment.session_id, func.count().label("people"), func.count(Enrolment.score_after).label("scored"))
        .where(Enrolment.project_id == project_id)
        .group_by(Enrolment.session_id)
        .subquery()
    )
    found = (
        select(TrainingSession.id, TrainingSession.name, TrainingSession.starts_at, Course.name.label("course"),
               func.coalesce(counts.c.people, 0).label("people"), func.coalesce(counts.c.scored, 0).label("scored"))
        .join(Course, Course.id == TrainingSession.course_id)
        .outerjoin(counts, counts.c.session_id == TrainingSession.id)
        .where(TrainingSession.project_id == project_id, TrainingSession.archived_at.is_(None))
    )  # fmt: skip
    if trainer_id is not None:
        found = found.where(TrainingSession.trainer_id == trainer_id)
    return found.order_by(TrainingSession.starts_at.desc(), TrainingSession.id.desc())


def answers_of_session(*, session_id: int) -> Select[int, str]:
    """Rows (stars, said) in an order that says nothing of when they came."""
    found = select(SessionEvaluation.stars, SessionEvaluation.said).where(SessionEvaluation.session_id == session_id)
    return found.order_by(SessionEvaluation.token)


def own_parts(*, user_id: int) -> Rows:
    """Rows (Enrolment, TrainingSession, course, name_es, minutes, person, project) of a login, the latest first."""
    found = (
        select(Enrolment, TrainingSession, Course.name.label("course"), Course.name_es, Course.minutes,
               AffectedPerson.name.label("person"), Project.name.label("project"))
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Project, Project.id == Enrolment.project_id)
        .outerjoin(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .where(AffectedPerson.user_id == user_id, AffectedPerson.archived_at.is_(None))
    )  # fmt: skip
    return found.order_by(Enrolment.trained_on.desc(), Enrolment.id.desc())


def part_with_paper(*, enrolment_id: int) -> Rows:
    """The row (Enrolment, person, user_id, course, name_es, minutes, project) behind a certificate."""
    return (
        select(Enrolment, AffectedPerson.name.label("person"), AffectedPerson.user_id, Course.name.label("course"),
               Course.name_es, Course.minutes, Project.name.label("project"), Project.key.label("project_key"))
        .join(AffectedPerson, AffectedPerson.id == Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Project, Project.id == Enrolment.project_id)
        .where(Enrolment.id == enrolment_id, Enrolment.state == COMPLETED, Enrolment.certificate.is_not(None))
    )  # fmt: skip
