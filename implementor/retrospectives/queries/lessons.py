"""How lessons are found: those of a project, those one may read anywhere, and those that fit a project."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, literal, or_, select, union_all

from implementor.auth.models import User
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.retrospectives.models import Lesson, LessonOffer, LessonSignature
from implementor.waves.models import Wave

MOST_OFFERED = 100
"""Lessons looked at for a project, the newest of those that may be read; how well they fit is told of these."""


def in_use(scope: Scope) -> Select[Lesson]:
    """The lessons of the scope's project that are not put away."""
    return select(Lesson).where(Lesson.project_id == scope.project_id, Lesson.archived_at.is_(None))


def in_scope(scope: Scope, record_id: int) -> Select[Lesson]:
    """One lesson of the scope's project by id, archived or not."""
    return select(Lesson).where(Lesson.project_id == scope.project_id, Lesson.id == record_id)


def titles(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible lessons of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(Lesson.id, Lesson.title.label("title"), Project.key.label("project_key"), literal(None).label("number"))
        .join(Project, Project.id == Lesson.project_id)
        .where(Lesson.id.in_(list(ids)), is_read_by(actor))
    )


def lesson_of(*, project_id: int, lesson_id: int) -> Select[Lesson]:
    """One lesson of a project, archived or not."""
    return select(Lesson).where(Lesson.project_id == project_id, Lesson.id == lesson_id)


def lesson_from(*, project_id: int, kind: str, record_id: int) -> Select[Lesson]:
    """The lesson that came from a record already."""
    return select(Lesson).where(
        Lesson.project_id == project_id, Lesson.source_kind == kind, Lesson.source_id == record_id,
        Lesson.archived_at.is_(None),
    )  # fmt: skip


def is_read_by(actor: Actor) -> ColumnElement[bool]:
    """Lessons of projects that the reader sees, and those shared with everybody."""
    return or_(is_visible_to(actor), Lesson.shared_at.is_not(None))


def says(words: str) -> ColumnElement[bool]:
    """Lessons that say these words somewhere."""
    said = (Lesson.title, Lesson.context, Lesson.what_happened, Lesson.recommendation, cast(Lesson.tags, String))
    return or_(*(one.icontains(words, autoescape=True) for one in said))


def readable(actor: Actor) -> Rows:
    """Rows (Lesson, project_key, project_name) of every lesson that is kept and that somebody may read."""
    return (
        select(Lesson, Project.key.label("project_key"), Project.name.label("project_name"))
        .join(Project, Project.id == Lesson.project_id)
        .where(Lesson.archived_at.is_(None), Lesson.kept_at.is_not(None), is_read_by(actor))
    )


def one_readable(actor: Actor, *, lesson_id: int) -> Rows:
    """The row of one lesson; a draft only for the people of its project."""
    return (
        select(Lesson, Project.key.label("project_key"), is_visible_to(actor).label("is_inside"))
        .add_columns(Project.name.label("project_name"))
        .join(Project, Project.id == Lesson.project_id)
        .where(Lesson.id == lesson_id, Lesson.archived_at.is_(None), is_read_by(actor))
    )


def offered_to(actor: Actor, *, project_id: int) -> Rows:
    """Rows like those of `readable` from other projects that this one said nothing to yet, the newest first."""
    answered = exists().where(and_(LessonOffer.lesson_id == Lesson.id, LessonOffer.project_id == project_id))
    return (
        readable(actor)
        .where(Lesson.project_id != project_id, ~answered)
        .order_by(Lesson.kept_at.desc(), Lesson.id.desc())
        .limit(MOST_OFFERED)
    )


def taken_over(actor: Actor, *, project_id: int) -> Rows:
    """Rows like those of `readable`, of other projects' lessons that this project kept."""
    return (
        readable(actor)
        .join(LessonOffer, LessonOffer.lesson_id == Lesson.id)
        .where(LessonOffer.project_id == project_id, LessonOffer.answer == "kept")
        .order_by(LessonOffer.id)
    )


def words_of_project(*, project_id: int) -> Rows:
    """Rows (said,): what a project is for, and what its waves are called and for."""
    purpose = select(Project.purpose).where(Project.id == project_id)
    named = select(Wave.name.label("said")).where(Wave.project_id == project_id, Wave.archived_at.is_(None))
    meant = select(Wave.goal).where(Wave.project_id == project_id, Wave.archived_at.is_(None), Wave.goal.is_not(None))
    both = union_all(named, meant, purpose).subquery()
    return select(both.c.said)


def offer_of(*, project_id: int, lesson_id: int) -> Select[LessonOffer]:
    """What a project said to a lesson."""
    return select(LessonOffer).where(LessonOffer.project_id == project_id, LessonOffer.lesson_id == lesson_id)


def kept_of_project(*, project_id: int) -> Rows:
    """Rows (title, kept_at) of the lessons of a project."""
    return (
        select(Lesson.title, Lesson.kept_at)
        .where(Lesson.project_id == project_id, Lesson.archived_at.is_(None))
        .order_by(Lesson.title, Lesson.id)
    )


def signatures_of(*, project_id: int) -> Rows:
    """Rows (LessonSignature, name) of who signed the lessons of a project, in the order of signing."""
    return (
        select(LessonSignature, User.name)
        .join(User, User.id == LessonSignature.signed_by_id)
        .where(LessonSignature.project_id == project_id)
        .order_by(LessonSignature.id)
    )


def signature_of(*, project_id: int, role: str) -> Select[LessonSignature]:
    """The signature in one role."""
    return select(LessonSignature).where(LessonSignature.project_id == project_id, LessonSignature.role == role)
