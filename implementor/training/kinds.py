"""The kinds of records of training as the shared pages know them, and how each is written down."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.audiences.services.records import MANNERS, Faults, Manner
from implementor.audiences.shown import Shown, declare_shown
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.timezones import time_zones
from implementor.foundation.words import say
from implementor.training import catalogue, permissions
from implementor.training.models import Course, CourseTopic, Enrolment, PathStep, TrainingSession

BLUEPRINT = "training"
COURSES, SESSIONS, TOPICS, PATHS = (
    Shown(entity, one, many, label, permissions.VIEW, permissions.EDIT, BLUEPRINT)
    for entity, one, many, label in (
        (catalogue.COURSE, "course", "courses", say("New course")),
        (catalogue.TRAINING_SESSION, "session", "sessions", say("New session")),
        (catalogue.COURSE_TOPIC, "topic", "topics", say("New topic")),
        (catalogue.PATH_STEP, "step", "paths", say("New step")),
    )
)
SHOWN = (COURSES, SESSIONS, TOPICS, PATHS)


def declare() -> None:
    """Make the kinds known to lists, records, search, history and undo; doing it twice changes nothing."""
    MANNERS.update(
        {
            Course: Manner(say("Wrote down a course"), say("Changed a course"), _same_name),
            TrainingSession: Manner(say("Planned a session"), say("Changed a session"), _faults_of_session),
            CourseTopic: Manner(say("Wrote down a topic"), say("Changed a topic"), lambda _session, _one: {}),
            PathStep: Manner(
                say("Wrote down a step of a learning path"), say("Changed a step of a learning path"), _faults_of_step
            ),
        }
    )
    for shown in SHOWN:
        declare_shown(shown)
    searchable(Searchable("course", _course_document))


def _course_document(course: Any, _project_key: str | None) -> Document:
    return Document(
        title=course.name, body="\n".join((course.name_es or "", course.materials)), project_id=course.project_id
    )


def _same_name(session: Session, course: Any) -> Faults:
    same = select(Course.id).where(
        Course.project_id == course.project_id, Course.name_key == course.name_key, Course.archived_at.is_(None)
    )
    if course.archived_at is None and any(found != course.id for found in session.scalars(same)):
        return {"name": say("There is a course of this name already.")}
    return {}


def _faults_of_session(session: Session, held: Any) -> Faults:
    faults: Faults = {}
    if held.zone not in time_zones():
        faults["zone"] = say("There is no such time zone. Write it as in America/Bogota or Europe/Madrid.")
    taken = session.scalar(select(func.count(Enrolment.id)).where(Enrolment.session_id == held.id)) if held.id else 0
    if (taken or 0) > held.seats:
        faults["seats"] = say("Seats taken already: %(count)s.", count=taken)
    return faults


def _faults_of_step(session: Session, step: Any) -> Faults:
    same = select(PathStep.id).where(
        PathStep.project_id == step.project_id, PathStep.name_key == step.name_key,
        PathStep.course_id == step.course_id, PathStep.archived_at.is_(None),
    )  # fmt: skip
    if step.archived_at is None and any(found != step.id for found in session.scalars(same)):
        return {"course_id": say("The course is on this path already.")}
    return {}
