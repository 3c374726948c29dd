"""Who the first rollout of the demo world affects: audiences, people, what changes for them, who tells them what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.models import (
    AffectedPerson,
    Audience,
    BlackoutPeriod,
    ChangeImpact,
    PlannedMessage,
    Stakeholder,
    TransitionStep,
)
from implementor.audiences.queries.audiences import audiences_of_project
from implementor.audiences.services.people import list_person, name_champion
from implementor.audiences.services.records import write_record
from implementor.demo.play import Play
from implementor.foundation.permissions import Actor

PLACE = "VEN"
AUDIENCES = (
    ("Asesores de ventas", {"kind": "area", "area": "Ventas", "stated_size": 34}, ("seller", "rep_north", "rep_south")),
    ("Mercadeo", {"kind": "area", "area": "Mercadeo"}, ("marketer", "seller")),
    ("Técnicos de campo", {"kind": "group", "stated_size": 12}, ("technician", "service_lead")),
)
"""Name, what is stated, and who is listed (a person may be in two)."""
WITHOUT_LOGIN = (("Nora Valdés", "Vendedora de mostrador"), ("Iván Prieto", "Vendedor de mostrador"))
IMPACTS: tuple[tuple[str, str, str, str, dict[str, int]], ...] = (
    ("La cotización se hace en el CRM", "Asesores de ventas", "Hoja de cálculo", "Cotización con aprobación en línea",
     {"processes": 4, "systems": 5, "tools": 5, "critical_behaviours": 4, "mindset": 3, "performance_reviews": 2}),
    ("Cada visita queda anotada el mismo día", "Asesores de ventas", "Libreta", "Registro desde el teléfono",
     {"processes": 3, "tools": 4, "critical_behaviours": 5, "mindset": 4}),
    ("Las campañas entregan candidatos calificados", "Mercadeo", "Lista por correo", "Traspaso con plazo",
     {"processes": 4, "systems": 3, "job_roles": 2, "reporting_structure": 1}),
    ("El técnico cierra el caso en el sitio", "Técnicos de campo", "Formato en papel", "Cierre desde el teléfono",
     {"processes": 3, "systems": 4, "tools": 5, "location": 1}),
)  # fmt: skip
STAKEHOLDERS = (
    ("Gerencia de ventas", 4, 5, "supports", "Presenta cada ola a su gente"),
    ("Jefes de zona", 5, 4, "doubts", "Conversación uno a uno antes de cada ola"),
    ("Finanzas", 2, 4, "neutral", "Recibe los informes que ya usa"),
    ("Asesores antiguos", 5, 2, "resists", "Acompañamiento de un usuario clave por zona"),
)
STEPS = (
    ("communication", "Ventas", "Anuncio del gerente", -28), ("training", "Ventas", "Taller de cotización", -14),
    ("go_live", "Ventas", "Entrada en vivo", 0), ("support", "Ventas", "Mesa de apoyo por dos semanas", 1),
    ("communication", "Mercadeo", "Reunión de equipo", -21), ("training", "Mercadeo", "Taller de traspaso", 2),
)  # fmt: skip
MESSAGES = (
    ("Qué cambia para usted en la próxima ola", "Asesores de ventas", "lead", "mail", -5,
     "La cotización se hará en el CRM.\nLos talleres empiezan dos semanas antes."),
    ("Por qué lo hacemos", "Mercadeo", "sponsor", "meeting", 3, "El patrocinador lo cuenta en la reunión mensual."),
)  # fmt: skip


def plan_people_affected(play: Play) -> None:
    """Plan that the change lead writes down who is affected and how."""
    play.plan(19.7, "change", lambda *deed: _write_people(play, *deed), PLACE)
    play.plan(18.9, "change", lambda *deed: _write_change(play, *deed), PLACE)


def _write_people(play: Play, session: Session, by: Actor, at: datetime) -> None:
    here: dict[str, Any] = {"project_id": play.places[PLACE].project_id, "by": by, "at": at}
    people: dict[str, AffectedPerson] = {}
    for name, stated, keys in AUDIENCES:
        values: dict[str, Any] = {"name": name, **stated}
        if "area" in values:
            values["area_id"] = play.areas[values.pop("area")]
        audience = write_record(session, Audience, values=values, **here)
        for key in keys:
            person = people.get(key) or _write_person(play, session, key, here)
            people[key] = person
            list_person(session, audience, person, by=by, at=at)
        name_champion(session, audience, people[keys[0]], since=at.date(), by=by, at=at)
    for name, job in WITHOUT_LOGIN:
        values = {"name": name, "job_role": job, "area_id": play.areas["Ventas"], "manager_id": people["rep_north"].id}
        write_record(session, AffectedPerson, values=values, **here)


def _write_person(play: Play, session: Session, key: str, here: dict[str, Any]) -> AffectedPerson:
    actor = play.actors[key]
    made: AffectedPerson = write_record(
        session, AffectedPerson, values={"name": actor.name, "email": actor.email, "language": actor.language}, **here
    )
    return made


def _write_change(play: Play, session: Session, by: Actor, at: datetime) -> None:
    here: dict[str, Any] = {"project_id": play.places[PLACE].project_id, "by": by, "at": at}
    ids = {one.name: one.id for one in session.scalars(audiences_of_project(project_id=here["project_id"]))}
    waves = [one.id for one in play.places[PLACE].waves.values()][-2:]
    for number, (name, audience, was, becomes, aspects) in enumerate(IMPACTS):
        values = {"name": name, "audience_id": ids[audience], "wave_id": waves[number % len(waves)], "was": was,
                  "becomes": becomes, "is_process": True, **aspects}  # fmt: skip
        write_record(session, ChangeImpact, values=values, **here)
    for name, impact, influence, reaction, tactics in STAKEHOLDERS:
        values = {"name": name, "impact": impact, "influence": influence, "reaction": reaction, "tactics": tactics}
        write_record(session, Stakeholder, values=values, **here)
    closing = {"name": "Cierre de mes", "starts_on": play.day(-9), "ends_on": play.day(-12)}
    write_record(session, BlackoutPeriod, values=closing, **here)
    _write_plan(play, session, ids, waves[-1], here)


def _write_plan(play: Play, session: Session, ids: dict[str, int], wave_id: int, here: dict[str, Any]) -> None:
    for kind, area, name, offset in STEPS:
        values: dict[str, Any] = {"kind": kind, "name": name, "area_id": play.areas[area], "wave_id": wave_id}
        write_record(session, TransitionStep, values={**values, "offset_days": offset}, **here)
    for name, audience, sender, channel, days_ago, body in MESSAGES:
        values = {"name": name, "audience_id": ids[audience], "sender_id": play.actors[sender].user_id, "body": body,
                  "channel": channel, "due_on": play.day(days_ago)}  # fmt: skip
        write_record(session, PlannedMessage, values=values, **here)
