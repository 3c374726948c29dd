"""What people of the world learn: a course with a session that is held, another that is to come, a path, a topic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.training.models import Course, CourseTopic, Enrolment, PathStep, TrainingSession

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
    _add_coming(session, place, course, text)


def _add_coming(session: Session, place: Place, course: Course, text: str) -> None:
    """A session of tomorrow with a seat taken, an invitation, a topic and a step of a path."""
    mine = {"project_id": place.project_id}
    other = Course(**mine, name=f"Other course {text}"[:160])
    session.add(other)
    session.flush()
    coming = TrainingSession(
        **mine, course_id=other.id, name=f"Coming {text}"[:160], starts_at=datetime.now(UTC) + timedelta(days=1)
    )
    topic = CourseTopic(**mine, course_id=course.id, name=f"Topic {text}"[:160], story_id=place.ids["story0"])
    step = PathStep(**mine, course_id=course.id, name=f"Role {text}"[:160])
    session.add_all((coming, topic, step))
    session.flush()
    spare = {**mine, "person_id": place.ids["spare_person"]}
    seat = Enrolment(**spare, course_id=other.id, session_id=coming.id, state="booked")
    invited = Enrolment(**spare, course_id=course.id, state="invited")
    session.add_all((seat, invited))
    session.flush()
    place.ids |= {
        "coming_session": coming.id, "coming_seat": seat.id, "invited": invited.id, "course_topic": topic.id,
        "path_step": step.id,
    }  # fmt: skip
