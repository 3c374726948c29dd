"""How the teams of the demo world look back: a retrospective that ended and its effect, one that goes on, lessons."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.direction import AIMS
from implementor.demo.play import Play
from implementor.foundation.hands import hand_of
from implementor.foundation.permissions import Actor
from implementor.governance.services.actions import finish_action
from implementor.retrospectives.services import actions, lessons, notes
from implementor.retrospectives.services import retrospectives as services

PLACE = "VEN"
ENDED, AGREED, JUDGED = 80.3, 80.1, 30
NOTES = (
    (0, "functional", "Probar con los asesores antes de cargar los datos"),
    (0, "analyst", "Mostrar cada semana lo que ya está listo"),
    (0, "trainer", "Enseñar con los casos de cada equipo"),
    (1, "developer", "Changing fields in the middle of a wave"),
    (1, "analyst", "Reuniones de dos horas sin decisiones"),
    (2, "data", "Cleaning the files together with their owners"),
)
NOW_SAID = (
    (0, "change", "El taller con los campeones"),
    (1, "developer", "The dry run found the mistake on Monday"),
    (2, "functional", "Falta quien responda por los datos del sur"),
)
LESSONS = (
    ("Acordar la llave antes de la primera carga", "La cartera venía de tres hojas con códigos distintos.",
     "La primera carga creó 214 cuentas dobles y costó una semana.",
     "Acordar con cada dueño la llave de sus datos, y probar la carga con 100 filas.", ["Datos", "Migración"], True),
    ("Train with the team's own cases", "Two regions were trained with invented customers.",
     "They asked for help three times as often in the first two weeks.",
     "Take ten real cases of each team into its training.", ["Training", "Sales"], False),
)  # fmt: skip


def plan_looking_back(play: Play) -> None:
    """Plan both retrospectives, what came of the first, and the lessons."""
    made: list[Any] = []
    play.plan(ENDED, "lead", lambda *deed: _look_back(play, made, *deed), PLACE)
    play.plan(AGREED - 20, "change", lambda session, by, at: _finish(session, made, by, at), PLACE)
    play.plan(40.2, "pmo", lambda *deed: _learn(play, *deed), PLACE)
    play.plan(1.4, "lead", lambda *deed: _begin(play, *deed), PLACE)


def _look_back(play: Play, made: list[Any], session: Session, by: Actor, at: datetime) -> None:
    place = play.places[PLACE]
    wave = next(iter(place.waves.values()))
    values = {"title": f"Retrospectiva de {wave.name}", "wave_id": wave.id, "held_on": at.date()}
    found = services.create_retrospective(session, project_id=place.project_id, values=values, by=by, at=at)
    said = _say(play, session, found, NOTES)
    services.go_to(session, found, "group", by=by, at=at)
    notes.put_under(session, found, said[2], said[0])
    services.go_to(session, found, "vote", by=by, at=at)
    for who, chosen in (("functional", 0), ("analyst", 0), ("trainer", 3), ("data", 0), ("developer", 5)):
        notes.vote(session, found, said[chosen], hand=_hand(play, who))
    services.go_to(session, found, "act", by=by, at=at)
    cycle = next(aim for aim in AIMS if aim.place == PLACE)
    metric = cycle.made["metric"]
    wanted: list[dict[str, Any]] = [
        {"title": "Probar cada pantalla con dos asesores antes de cargar", "owner_id": play.actors["change"].user_id,
         "due_on": play.day(45), "metric_id": metric.id, "direction": "down", "target": Decimal(58),
         "judged_on": play.day(JUDGED)},
        {"title": "Decidir en una hora, con agenda", "owner_id": by.user_id, "due_on": play.day(10)},
    ]  # fmt: skip
    agreed = [actions.agree_on(session, found, one, by=by, at=at) for one in wanted]
    made += [actions.become_item(session, found, one, by=by, at=at) for one in agreed]
    services.close_retrospective(session, found, by=by, at=at)


def _finish(session: Session, made: list[Any], by: Actor, at: datetime) -> None:
    finish_action(session, made[0], result="Seis asesores probaron; cambiaron tres pantallas.", by=by, at=at)


def _begin(play: Play, session: Session, by: Actor, at: datetime) -> None:
    place = play.places[PLACE]
    values = {
        "title": "Retrospectiva a mitad de camino", "format": "four_ls", "names": "anonymous", "held_on": at.date(),
        "votes_each": 3,
    }  # fmt: skip
    found = services.create_retrospective(session, project_id=place.project_id, values=values, by=by, at=at)
    _say(play, session, found, NOW_SAID)
    services.go_to(session, found, "reveal", by=by, at=at)


def _learn(play: Play, session: Session, by: Actor, at: datetime) -> None:
    for title, context, happened, advice, tags, is_shared in LESSONS:
        values = {"title": title, "context": context, "what_happened": happened, "recommendation": advice, "tags": tags}
        place = play.places[PLACE]
        lesson = lessons.write_lesson(session, project_id=place.project_id, values=values, by=by, at=at)
        lessons.keep_lesson(session, lesson, by=by, at=at)
        if is_shared:
            lessons.share_lesson(session, lesson, shared=True, by=by, at=at)


def _say(play: Play, session: Session, found: Any, said: tuple[tuple[int, str, str], ...]) -> list[Any]:
    return [
        notes.write_note(session, found, place=place, text=text, hand=_hand(play, who), by=play.actors[who])
        for place, who, text in said
    ]


def _hand(play: Play, who: str) -> str:
    """A hand of the demo world, which no server makes."""
    return hand_of("demo", "demo", play.actors[who].user_id or 0)
