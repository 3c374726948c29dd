"""What people of the world learned: a course with a session that is held, and somebody's part in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.training.models import Course, Enrolment, TrainingSession

if TYPE_CHECKING:
    from tests.security.world import Place


def add_training(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each, for the first person affected."""
    course = Course(project_id=place.project_id, name=f"Course {text}"[:160])
    session.add(course)
    session.flush()
    held = TrainingSession(
        project_id=place.project_id, course_id=course.id, name=f"Session {text}"[:160], starts_at=datetime.now(UTC)
    )
    session.add(held)
    session.flush()
    part = Enrolment(
        project_id=place.project_id, course_id=course.id, session_id=held.id, person_id=place.ids["affected_person"],
        state="completed", score_after=80, certificate=1, trained_on=held.starts_at.date(),
    )  # fmt: skip
    session.add(part)
    session.flush()
    place.ids |= {"course": course.id, "training_session": held.id, "enrolment": part.id}
