"""What the people of the first rollout are still to learn in the demo world: a path, a session to come, seats taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.audiences.queries.people import people_of_project
from implementor.audiences.services.records import write_record
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.stories.models import Story
from implementor.training.booking import book, invite
from implementor.training.models import Course, CourseTopic, PathStep, TrainingSession

PLACE = "VEN"
NAME, NAME_ES = "The pipeline week by week", "El embudo semana a semana"
MATERIALS = (
    "Antes de la sesión:\n\n- abra sus oportunidades abiertas,\n- revise que cada una tenga *próximo paso* y fecha."
)
TOPICS = ("Mover una oportunidad de etapa", "Escribir el próximo paso")
AHEAD = (("Norte", 4, "Sala Andes", None, 4), ("Costa", 11, None, "https://reuniones.example/costa", 12))
"""Name, in how many days, place, link and seats of the sessions to come."""
BOOKED, WRITTEN = 3, 1.8


def plan_training_ahead(play: Play) -> None:
    """Plan that the change lead writes down the course, invites people and gives the first seats."""
    play.plan(WRITTEN, "change", lambda *deed: _write(play, *deed), PLACE)


def _write(play: Play, session: Session, by: Actor, at: datetime) -> None:
    project_id = play.places[PLACE].project_id
    people = session.scalars(people_of_project(project_id=project_id)).all()

    def write(model: type, **values: object) -> int:
        record = write_record(session, model, project_id=project_id, values=values, by=by, at=at)
        return int(record.id)

    course_id = write(Course, name=NAME, name_es=NAME_ES, kind="use", minutes=90, materials=MATERIALS)
    story_ids = session.scalars(select(Story.id).where(Story.project_id == project_id).order_by(Story.number)).all()
    for topic, story_id in zip(TOPICS, story_ids, strict=False):
        write(CourseTopic, name=topic, course_id=course_id, story_id=story_id)
    for role in sorted({one.job_role for one in people if one.job_role}):
        write(PathStep, name=role, course_id=course_id)
    course = session.get_one(Course, course_id)
    invite(session, course, people, way="rule", by=by, at=at)
    _give_seats(play, session, course, people, by, at)


def _give_seats(
    play: Play, session: Session, course: Course, people: Sequence[AffectedPerson], by: Actor, at: datetime
) -> None:
    for name, days, place, link, seats in AHEAD:
        values = {
            "name": name, "course_id": course.id, "place": place, "link": link, "seats": seats,
            "starts_at": at + timedelta(days=days), "zone": "America/Bogota", "trainer_id": play.actors["lead"].user_id,
        }  # fmt: skip
        held = write_record(session, TrainingSession, project_id=course.project_id, values=values, by=by, at=at)
        if place is not None:
            for person in people[:BOOKED]:
                book(session, held, person, way="hand", by=by, at=at)
