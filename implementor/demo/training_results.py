"""What the people of the first rollout learned in the demo world: courses held, scores, certificates, opinions."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.queries.people import people_of_project
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.training.models import Course, Enrolment, TrainingSession
from implementor.training.results import Scores, enter_scores, evaluate

PLACE = "VEN"
COURSES = (
    ("Quotes in the CRM", "Cotizaciones en el CRM", "use", 180, 12, 16.6),
    ("Why we change", "Por qué cambiamos", "benefits", 60, None, 15.6),
    ("Teaching your colleagues", "Enseñar a sus colegas", "trainer", 240, 1, 14.6),
)
"""Name in both languages, kind, minutes, months that it counts, and how many days ago it was held."""
POINTS = ((35, 85), (50, 90), (40, 75), (55, 95), (30, 60), (45, 80), (60, None), (20, 70))
TRAINERS = 3
STARS = (5, 4, 5, 3, 4)
SAID = ("Más ejemplos de nuestra zona, por favor.", "", "Muy claro. Falta practicar con el teléfono.", "", "")


def plan_training_results(play: Play) -> None:
    """Plan that the change lead writes down what was held and what came of it."""
    play.plan(13.9, "change", lambda *deed: _write(play, *deed), PLACE)


def _write(play: Play, session: Session, by: Actor, at: datetime) -> None:
    project_id = play.places[PLACE].project_id
    name_action(session, say("Entered scores"), verb="training_session.scores", project_id=project_id)
    people = session.scalars(people_of_project(project_id=project_id)).all()
    for name, name_es, kind, minutes, months, days in COURSES:
        course = Course(project_id=project_id, name=name, name_es=name_es, kind=kind, minutes=minutes,
                        valid_months=months, pass_mark=70 if kind == "use" else 0)  # fmt: skip
        session.add(course)
        session.flush()
        held = TrainingSession(
            project_id=project_id, course_id=course.id, name=f"{name_es} · Bogotá", place="Sala Andes", state="closed",
            starts_at=at - timedelta(days=days - 13.9), zone="America/Bogota", closed_at=at, seats=12,
            trainer_id=play.actors["lead"].user_id,
        )  # fmt: skip
        session.add(held)
        session.flush()
        chosen = people if kind != "trainer" else people[:TRAINERS]
        _fill(session, held, [one.id for one in chosen], by=by, at=at)


def _fill(session: Session, held: TrainingSession, people: list[int], *, by: Actor, at: datetime) -> None:
    """Everybody sat in it but the last, who did not come where the whole house was asked."""
    for place, person_id in enumerate(people):
        missed = len(people) > TRAINERS and place == len(people) - 2
        session.add(Enrolment(
            project_id=held.project_id, course_id=held.course_id, session_id=held.id, person_id=person_id,
            state="no_show" if missed else "attended",
        ))  # fmt: skip
    session.flush()
    found = select(Enrolment).where(Enrolment.session_id == held.id).order_by(Enrolment.id)
    rows = session.scalars(found).all()
    points = {
        row.id: Scores(before, None if row.state == "no_show" else after)
        for row, (before, after) in zip(rows, POINTS, strict=False)
    }
    enter_scores(session, held, points, by=by, at=at)
    there = [row for row in rows if row.state != "no_show"]
    for row, stars, said in zip(there, STARS, SAID, strict=False):
        evaluate(session, held, row, stars=stars, said=said, at=at)
