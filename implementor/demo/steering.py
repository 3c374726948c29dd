"""The committees of the demo world: who sits on them, meetings that were held and minuted, and one that is coming."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.committees import agenda, deciding
from implementor.committees.minutes_draft import draft_of
from implementor.committees.models import Meeting
from implementor.committees.queries.committees import committee_in
from implementor.committees.queries.meetings import coming_meeting, items_of, meeting_in
from implementor.committees.services import committees, meetings
from implementor.demo.play import Place, Play, moment
from implementor.foundation.permissions import Actor
from implementor.foundation.words import speaking
from implementor.projects.models import Project
from implementor.web.language import speech_of

FIRST, EVERY = 121, 28
"""Days before today of the first meeting, and from one to the next: the rhythm is every four weeks."""
SPANISH = speech_of("es", "America/Caracas")


@dataclass(frozen=True)
class Point:
    """A point of their own: answered or left open, or carried from an earlier meeting.

    `given` is (person, what, days after the meeting).
    """

    title: str
    detail: str = ""
    answer: str = ""
    outcome: str = ""
    reason: str = ""
    note: str = ""
    given: tuple[str, str, int] | None = None
    is_carried: bool = False


@dataclass(frozen=True)
class Held:
    """A meeting: who was there and what was said."""

    present: tuple[str, ...]
    points: tuple[Point, ...]


HELD = (
    Held(("sponsor", "committee", "lead", "change"), (
        Point("Reglas del comité", "Quórum, actas y límites entre reuniones.", "approved",
              "Se reúne cada cuatro semanas; el acta se cierra en la misma reunión.",
              "Quince minutos de decisión valen más que una hora de informe."),
        Point("Orden de las zonas", "", "approved", "Centro primero, después Oriente y Occidente.",
              "Centro tiene los datos más limpios.", "Oriente pide no esperar más de dos meses.",
              ("data", "Medir duplicados por zona antes de la primera carga", 10)),
    )),
    Held(("sponsor", "lead", "functional"), (
        Point("Resultado de la primera ola", "Uso, obstáculos y lo que piden las zonas.", "noted", "", "",
              "Dos de tres zonas registran a diario."),
        Point("Second supplier for the stock service", "Offer of Redcelta, 12 weeks.", "refused", "",
              "One supplier is enough until the orders are live."),
    )),
    Held(("lead", "change"), (
        Point("Retirar el informe en hoja de cálculo", "Las jefas de zona lo piden un mes más.", "approved",
              "Se retira al cierre del mes.", "Dos informes son dos verdades.",
              "Faltan la patrocinadora y el comité: no hay quórum."),
    )),
    Held(("sponsor", "committee", "lead", "functional"), (
        Point("Plan de adopción de Oriente", "", "approved", "Acompañamiento en ruta durante tres semanas.",
              "Sin acompañamiento el uso cayó en Centro.", "",
              ("change", "Publicar el calendario de acompañamiento", 7)),
        Point("Retirar el informe en hoja de cálculo", "", "approved", "Se retira al cierre del mes.",
              "Dos informes son dos verdades.", is_carried=True),
        Point("Nombre del CRM dentro de la empresa", "", "postponed", "", "Se pregunta antes a los asesores."),
    )),
    Held(("sponsor", "committee", "lead", "change"), (
        Point("Feria de noviembre", "El taller coincide con la feria.", "approved", "Segunda fecha el lunes siguiente.",
              "La mitad de la gente falta.", "", ("change", "Reservar la sala grande para la segunda fecha", 21)),
        Point("Nombre del CRM dentro de la empresa", "", "approved", "Se llama Cumbre.", "Lo eligieron los asesores.",
              is_carried=True),
        Point("Encuesta a clientes", "Tres preguntas tras cada visita.", "", "", "", "Falta saber quién la lee."),
    )),
)  # fmt: skip
SEATS = (("sponsor", "chair"), ("committee", "member"), ("lead", "member"), ("functional", "member"),
         ("change", "guest"))  # fmt: skip
Deed = Callable[[Session, Actor, datetime], Any]


def plan_steering(play: Play) -> None:
    """Plan the committee of sales with its meetings, and the one of service with its first."""
    place, made = play.places["VEN"], list[int]()
    play.plan(FIRST + 9, "lead", lambda *deed: _set_up(play, place, made, *deed), "VEN")
    for turn, held in enumerate(HELD):
        day = FIRST - EVERY * turn
        play.plan(day + 5, "lead", lambda *deed, held=held: _prepare(place, made, held, *deed), "VEN")
        play.plan(day - 0.1, "lead", lambda *deed, held=held: _hold(play, place, made, held, *deed), "VEN")
        play.plan(day - 0.2, "lead", lambda *deed: _close(place, made, *deed), "VEN")
    play.plan(2, "committee", lambda *deed: _add_own(place, made, *deed), "VEN")
    play.plan(6, "sponsor", lambda *deed: _set_up_programme(play, place, *deed), "VEN")
    play.plan(5, "service_lead", lambda *deed: _set_up(play, play.places["SER"], [], *deed), "SER")


def _set_up(play: Play, place: Place, made: list[int], session: Session, by: Actor, at: datetime) -> None:
    first = moment(play.today, FIRST).date()
    values = {
        "name": "Comité directivo", "purpose": "Decide sobre alcance, dinero, fechas y puertas del proyecto.",
        "quorum_kind": "share", "quorum": 50, "rhythm": "weekly", "every": EVERY // 7, "week": "1",
        "weekday": str(first.weekday()), "clock": "09:30", "time_zone": "America/Caracas", "first_on": first,
        "length_minutes": 60, "place": "Sala Ávila, piso 4", "link": "https://meet.example.com/comite",
    }  # fmt: skip
    found = committees.create_committee(session, project_id=place.project_id, values=values, by=by, at=at)
    made.append(found.id)
    seats = SEATS if place.key == "VEN" else (("sponsor", "chair"), ("committee", "member"), ("service_lead", "member"))
    for key, part in seats:
        seat = {"user_id": play.actors[key].user_id, "part": part, "starts_on": None, "ends_on": None}
        committees.seat_person(session, found, seat, by=by, at=at)
    for role, amount, days in (("project_lead", 2_000_00, 5), ("sponsor", 10_000_00, 15)):
        limit = {"role": role, "amount": amount, "currency": "USD", "days": days}
        committees.set_limit(session, found, limit, by=by, at=at)
    with speaking(SPANISH):
        meetings.plan_next(session, found, by=by, at=at)


def _set_up_programme(play: Play, place: Place, session: Session, by: Actor, at: datetime) -> None:
    """The board that decides for all projects of the programme, which has not met yet."""
    values = {
        "name": "Junta del programa", "purpose": "Reparte dinero y fechas entre los proyectos.", "quorum_kind": "share",
        "quorum": 50, "rhythm": "monthly", "every": 1, "week": "2", "weekday": "3", "clock": "15:00",
        "time_zone": "America/Caracas", "first_on": None, "length_minutes": 90, "place": "Sala Roraima", "link": None,
    }  # fmt: skip
    programme_id = session.get_one(Project, place.project_id).programme_id
    found = committees.create_committee(session, programme_id=programme_id, values=values, by=by, at=at)
    for key, part in (("sponsor", "chair"), ("committee", "member"), ("lead", "member"), ("service_lead", "guest")):
        seat = {"user_id": play.actors[key].user_id, "part": part, "starts_on": None, "ends_on": None}
        committees.seat_person(session, found, seat, by=by, at=at)
    with speaking(SPANISH):
        meetings.plan_next(session, found, by=by, at=at)


def _prepare(place: Place, made: list[int], held: Held, session: Session, by: Actor, at: datetime) -> None:
    meeting = _coming(session, place, made)
    for point in held.points:
        if point.is_carried:
            continue
        agenda.add_point(session, meeting, title=point.title, detail=point.detail, length_minutes=10, by=by, at=at)
    meetings.invite(session, meeting, by=by, at=at)


def _hold(play: Play, place: Place, made: list[int], held: Held, session: Session, by: Actor, at: datetime) -> None:
    meeting, project = _coming(session, place, made), session.get_one(Project, place.project_id)
    with speaking(SPANISH):
        agenda.begin_meeting(session, project, meeting, by=by, at=at)
    states = {play.actors[key].user_id or 0: "present" for key in held.present}
    meetings.mark_attendance(session, meeting, states, by=by, at=at)
    chair = play.actors["sponsor" if "sponsor" in held.present else "lead"]
    items = session.scalars(items_of(meeting_id=meeting.id)).all()
    for item in items:
        if item.subject in ("metric", "obstacle"):
            deciding.answer_item(session, project, meeting, item, deciding.Said("noted"), by=chair, at=at)
    own = {item.title: item for item in items if item.subject == "own"}
    for point in held.points:
        item = own[point.title]
        if point.note:
            deciding.note_item(session, meeting, item, point.note, by=by, at=at)
        if point.answer:
            said = deciding.Said(point.answer, point.reason, point.outcome)
            deciding.answer_item(session, project, meeting, item, said, by=chair, at=at)
        if point.given:
            _give(play, project, meeting, point.given, session, by, at)


def _give(
    play: Play, project: Project, meeting: Meeting, given: tuple[str, str, int], session: Session, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    key, title, days = given
    deciding.give_action(
        session, project, meeting, title=title, owner_id=play.actors[key].user_id,
        due_on=(at + timedelta(days=days)).date(), by=by, at=at,
    )  # fmt: skip


def _close(place: Place, made: list[int], session: Session, by: Actor, at: datetime) -> None:
    meeting = _coming(session, place, made)
    with speaking(SPANISH):
        meetings.close_meeting(session, meeting, draft=draft_of(session, meeting), by=by, at=at)


def _add_own(place: Place, made: list[int], session: Session, by: Actor, at: datetime) -> None:
    meeting = _coming(session, place, made)
    agenda.add_point(
        session, meeting, title="Presupuesto del próximo año", detail="Primera lectura, sin decisión.",
        length_minutes=15, by=by, at=at,
    )  # fmt: skip
    meetings.invite(session, meeting, by=by, at=at)


def _coming(session: Session, place: Place, made: list[int]) -> Meeting:
    committee = session.scalars(committee_in(project_id=place.project_id, committee_id=made[0])).one()
    found = session.scalars(coming_meeting(committee_id=committee.id)).one()
    return session.scalars(meeting_in(project_id=place.project_id, meeting_id=found.id)).one()
