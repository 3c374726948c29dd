"""What the people of the first rollout learned in the demo world: courses held, scores, certificates, opinions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.queries.people import people_of_project
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.training.held import write_held, write_presence
from implementor.training.results import Scores, enter_scores, evaluate

PLACE = "VEN"
COURSES = (
    ("Quotes in the CRM", "Cotizaciones en el CRM", "use", 180, 12, 16.6),
    ("Why we change", "Por qué cambiamos", "benefits", 60, None, 15.6),
    ("Teaching your colleagues", "Enseñar a sus colegas", "trainer", 240, 1, 14.6),
)
"""Name in both languages, kind, minutes, months that it counts, and how many days ago it was held."""
POINTS = ((35, 85), (50, 90), (40, 75), (55, 95), (30, 60), (45, 80), (60, None), (20, 70))
TRAINERS, WRITTEN = 3, 13.9
"""How many learn to teach, and how many days ago it was written down."""
STARS = (5, 4, 5, 3, 4)
SAID = ("Más ejemplos de nuestra zona, por favor.", "", "Muy claro. Falta practicar con el teléfono.", "", "")


def plan_training_results(play: Play) -> None:
    """Plan that the change lead writes down what was held and what came of it."""
    play.plan(WRITTEN, "change", lambda *deed: _write(play, *deed), PLACE)


def _write(play: Play, session: Session, by: Actor, at: datetime) -> None:
    project_id = play.places[PLACE].project_id
    people = session.scalars(people_of_project(project_id=project_id)).all()
    for name, name_es, kind, minutes, months, days in COURSES:
        course = {"name": name, "name_es": name_es, "kind": kind, "minutes": minutes, "valid_months": months,
                  "pass_mark": 70 if kind == "use" else 0}  # fmt: skip
        session_values = {
            "name": f"{name_es} · Bogotá", "place": "Sala Andes", "zone": "America/Bogota",
            "starts_at": at - timedelta(days=days - WRITTEN), "trainer_id": play.actors["lead"].user_id,
        }  # fmt: skip
        held = write_held(session, project_id, course, session_values, by=by, at=at)
        chosen = people if kind != "trainer" else people[:TRAINERS]
        missing = len(chosen) - 2 if kind != "trainer" else -1
        _fill(session, held, {one.id: place != missing for place, one in enumerate(chosen)}, by=by, at=at)


def _fill(session: Session, held: Any, present: Mapping[int, bool], *, by: Actor, at: datetime) -> None:
    """Give who was there their points, and let some of them say what they thought."""
    rows = write_presence(session, held, present)
    points = {
        row.id: Scores(before, after if was_there else None)
        for row, was_there, (before, after) in zip(rows, present.values(), POINTS, strict=False)
    }
    enter_scores(session, held, points, by=by, at=at)
    there = [row for row, was_there in zip(rows, present.values(), strict=True) if was_there]
    for row, stars, said in zip(there, STARS, SAID, strict=False):
        evaluate(session, held, row, stars=stars, said=said, at=at)
