"""What can happen to lessons: written, kept, shared with everybody, taken over by other projects, signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.retrospectives.models import Lesson, LessonOffer, LessonSignature, RetroNote, Retrospective
from implementor.retrospectives.queries import lessons as queries
from implementor.retrospectives.services.notes import NotNow

LONGEST_TITLE = 160
TEXTS = ("context", "what_happened", "recommendation")


class NotComplete(Refusal):
    """A lesson that is kept says what to do another time."""


class NotKept(Refusal):
    """A draft is not shared."""


class SignedAlready(Refusal):
    """Somebody signed in this role."""


class NothingToSign(Refusal):
    """There are no lessons, or some are still drafts."""


def write_lesson(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime,
    source: RecordRef | None = None,
) -> Lesson:  # fmt: skip
    """Write a lesson as a draft. `values` are catalogue values; `source` is the record it came from."""
    lesson = Lesson(project_id=project_id, tags=[], context="", what_happened="", recommendation="")
    if source is not None:
        lesson.source_kind, lesson.source_id = source.kind, source.id
    _give(lesson, values)
    session.add(lesson)
    _name(session, lesson, "lesson.write", say("Wrote the lesson %(title)s", title=lesson.title))
    session.flush()
    return lesson


def lesson_of_note(session: Session, found: Retrospective, note: RetroNote, *, by: Actor, at: datetime) -> Lesson:
    """Write a lesson with the words of a revealed note; it points at the retrospective, not at who wrote the note.

    Raises NotNow before the reveal.
    """
    if not found.is_revealed:
        raise NotNow(say("Reveal the notes first; lessons come from what everybody has read."))
    values = {"title": note.text.splitlines()[0][:LONGEST_TITLE], "what_happened": note.text, "wave_id": found.wave_id}
    source = RecordRef("retrospective", found.id)
    return write_lesson(session, project_id=found.project_id, values=values, by=by, at=at, source=source)


def lesson_of_record(
    session: Session, record: RecordRef, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> Lesson:
    """Write a lesson with the words of a record; the one that was written from it before, where there is one."""
    statement = queries.lesson_from(project_id=project_id, kind=record.kind, record_id=record.id)
    known = session.scalars(statement).first()
    return known or write_lesson(session, project_id=project_id, values=values, by=by, at=at, source=record)


def change_lesson(session: Session, lesson: Lesson, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Write it anew. Raises NotComplete for one that is kept and would lose its recommendation."""
    _give(lesson, values)
    if lesson.kept_at is not None and not lesson.recommendation.strip():
        raise NotComplete(say("Say what others should do: that is what is kept."))
    _name(session, lesson, "lesson.change", say("Changed the lesson %(title)s", title=lesson.title))
    session.flush()


def keep_lesson(session: Session, lesson: Lesson, *, by: Actor, at: datetime) -> None:
    """Keep a draft, so that later waves and projects find it. Raises NotComplete."""
    if lesson.kept_at is not None:
        return
    if not lesson.recommendation.strip():
        raise NotComplete(say("Say what others should do before the lesson is kept."))
    lesson.kept_at, lesson.kept_by_id = at, by.user_id
    _name(session, lesson, "lesson.keep", say("Kept the lesson %(title)s", title=lesson.title))
    session.flush()


def share_lesson(session: Session, lesson: Lesson, *, shared: bool, by: Actor, at: datetime) -> None:
    """Let everybody read it, whatever their projects, or only its project again. Raises NotKept."""
    if shared and lesson.kept_at is None:
        raise NotKept(say("Keep the lesson first; drafts are not shared."))
    lesson.shared_at, lesson.shared_by_id = (at, by.user_id) if shared else (None, None)
    summary = say("Shared the lesson %(title)s with everybody", title=lesson.title)
    if not shared:
        summary = say("Shares the lesson %(title)s no more", title=lesson.title)
    _name(session, lesson, "lesson.share", summary)
    session.flush()


def answer_offer(
    session: Session, lesson: Lesson, *, project_id: int, answer: str, by: Actor, at: datetime
) -> LessonOffer:
    """Say for a project that another one's lesson is of use here (kept), or not (dismissed); the last word counts."""
    if answer not in ("kept", "dismissed"):
        raise InvalidInput({"answer": say("Choose whether the lesson is of use here.")})
    offer = session.scalars(queries.offer_of(project_id=project_id, lesson_id=lesson.id)).one_or_none()
    if offer is None:
        offer = LessonOffer(project_id=project_id, lesson_id=lesson.id, answer=answer)
        session.add(offer)
    offer.answer = answer
    summary = say("Took over the lesson %(title)s", title=lesson.title)
    if answer == "dismissed":
        summary = say("Passed over the lesson %(title)s", title=lesson.title)
    name_action(session, summary, verb=f"lesson_offer.{answer}", project_id=project_id)
    session.flush()
    return offer


def sign_lessons(session: Session, *, project_id: int, role: str, by: Actor, at: datetime) -> LessonSignature:
    """Sign, in a role one holds, that the lessons of the project are complete. Raises NothingToSign, SignedAlready."""
    if role not in {str(one) for one in by.roles} or by.user_id is None:
        raise InvalidInput({"role": say("Choose a role that you hold in this project.")})
    rows = session.execute(queries.kept_of_project(project_id=project_id)).all()
    if not rows or any(row.kept_at is None for row in rows):
        raise NothingToSign(say("Write down what was learned and keep every draft, or archive it, before signing."))
    if session.scalars(queries.signature_of(project_id=project_id, role=role)).first() is not None:
        raise SignedAlready(say("The lessons are signed in this role already."))
    made = LessonSignature(project_id=project_id, role=role, signed_by_id=by.user_id, signed_at=at, lessons=len(rows))
    session.add(made)
    name_action(session, say("Signed the lessons of the project"), verb="lesson.sign", project_id=project_id)
    session.flush()
    return made


def _give(lesson: Lesson, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(lesson, name, value or "" if name in TEXTS else value)
    lesson.tags = lesson.tags or []


def _name(session: Session, lesson: Lesson, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=lesson.project_id)
