"""Writing down what was held already: a course, its session, and who sat in it or did not come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.training.models import ATTENDED, NO_SHOW, Course, Enrolment, TrainingSession


def write_held(
    session: Session, project_id: int, course: Mapping[str, Any], held: Mapping[str, Any], *, by: Actor, at: datetime
) -> TrainingSession:
    """A new course with one closed session; both are given as columns."""
    name_action(session, say("Wrote down a course that was held"), verb="course.held", project_id=project_id)
    made = Course(project_id=project_id, **course)
    session.add(made)
    session.flush()
    taught = TrainingSession(project_id=project_id, course_id=made.id, state="closed", closed_at=at, **held)
    session.add(taught)
    session.flush()
    return taught


def write_presence(session: Session, held: TrainingSession, present: Mapping[int, bool]) -> Sequence[Enrolment]:
    """Who was asked to come, by id of the person affected, and whether they came; in the order given."""
    rows = [
        Enrolment(
            project_id=held.project_id, course_id=held.course_id, session_id=held.id, person_id=person_id,
            state=ATTENDED if was_there else NO_SHOW,
        )
        for person_id, was_there in present.items()
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return rows
