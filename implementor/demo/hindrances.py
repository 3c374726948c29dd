"""What the rollouts of the demo world wait for and what got in their way: milestones and obstacles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Place, Play
from implementor.foundation.permissions import Actor
from implementor.governance.escalation_news import pass_on
from implementor.governance.services import resolve_obstacle
from implementor.lists.sheets import sheet_of
from implementor.waves.obstacles import report_obstacle
from implementor.waves.services import wait_for_milestone


@dataclass(frozen=True)
class Hindrance:
    """An obstacle: raised and (perhaps) resolved so many days before today; `stories` are titles it holds up."""

    place: str
    by: str
    raised: float
    title: str
    kind: str
    severity: str
    description: str
    resolved: float | None = None
    resolution: str = ""
    stories: tuple[str, ...] = ()
    technical_cause: str = ""
    hours: int | None = None
    passed_on: tuple[float, str] | None = None
    """Days before today, and why the lead did not wait for its clock."""


@dataclass(frozen=True)
class Awaited:
    """A milestone; days are before today, negative ones to come. `wave` waits for it."""

    place: str
    title: str
    created: float
    promised: float
    forecast: float | None = None
    reached: float | None = None
    supplier: str = ""
    wave: str = ""


HINDRANCES = (
    Hindrance("VEN", "lead", 131, "Cada zona da prioridad a su propia hoja", "policy", "high",
              "Las jefas de zona piden el informe en la hoja de siempre, así que se llena dos veces.", 118,
              "La dirección pide desde hoy un solo informe, el del sistema.", hours=46),
    Hindrance("VEN", "data", 124, "Facturación entrega la lista de clientes tarde", "process", "medium",
              "El archivo llega el martes y la carga era el lunes.", 110, "Se acordó un envío automático cada noche.",
              ("Cargar las cuentas del sistema de facturación",), "Export job runs once a week", hours=18),
    Hindrance("VEN", "change", 91, "Dos asesores no quieren registrar visitas", "people", "medium",
              "Temen que el registro sirva para vigilar.", 70, "Conversación con su jefe y acompañamiento en ruta.",
              hours=12),
    Hindrance("VEN", "functional", 47, "Nobody decides on discounts above twenty per cent", "policy", "high",
              "Sales waits for finance, finance waits for the sponsor.", hours=25,
              passed_on=(40, "Three quotes wait for it, and finance has no date.")),
    Hindrance("VEN", "developer", 19, "Billing test system is down", "process", "critical",
              "Orders cannot be sent since Monday; the supplier has a ticket.", None, "",
              ("Enviar el pedido al sistema de facturación", "Traer la fecha de entrega desde despachos"),
              "Expired certificate at the supplier", hours=60,
              passed_on=(18, "Orders are typed twice while it is down.")),
    Hindrance("VEN", "trainer", 12, "El taller coincide con la feria del sector", "people", "low",
              "La mitad de los asesores estará fuera esa semana."),
    Hindrance("SER", "service_lead", 33, "Los técnicos no tienen plan de datos", "policy", "high",
              "Sin datos en el celular no hay cierre en sitio."),
    Hindrance("SER", "developer", 25, "Serial numbers are missing on machines sold before 2015", "process", "medium",
              "One machine in five has no readable plate.", 9, "Technicians add them on their next visit."),
)  # fmt: skip
AWAITED = (
    Awaited("VEN", "Lista de clientes depurada", 150, 132, None, 127, wave="Una memoria del cliente"),
    Awaited("VEN", "Servicio de existencias del sistema de bodega", 111, 84, None, 76, "Almadata", "De la visita a la "
            "cotización"),
    Awaited("VEN", "Billing interface accepts orders", 55, 10, -6, None, "Facturalia", "Orders without paper"),
    Awaited("VEN", "Contratos de mantenimiento cargados", 19, -20, None, None, "", "Renovar y crecer"),
    Awaited("SER", "Celulares con plan de datos para técnicos", 17, -3, -10, None, "Redcelta", "Un caso, una historia"),
)  # fmt: skip


def plan_hindrances(play: Play) -> None:
    """Plan every milestone and obstacle."""
    for awaited in AWAITED:
        _plan_awaited(play, play.places[awaited.place], awaited)
    for hindrance in HINDRANCES:
        _plan_hindrance(play, play.places[hindrance.place], hindrance)


def _plan_hindrance(play: Play, place: Place, what: Hindrance) -> None:
    made: list[Any] = []

    def report(session: Session, by: Actor, at: datetime) -> None:
        values = {
            "title": what.title, "kind": what.kind, "severity": what.severity, "description": what.description,
            "technical_cause": what.technical_cause or None, "hours_lost": what.hours,
        }  # fmt: skip
        held = [place.stories[title] for title in what.stories]
        made.append(report_obstacle(session, project_id=place.project_id, values=values, stories=held, by=by, at=at))

    def resolve(session: Session, by: Actor, at: datetime) -> None:
        resolve_obstacle(session, made[0], resolution=what.resolution, by=by, at=at)

    play.plan(what.raised, what.by, report, place.key)
    if what.passed_on is not None:
        days, reason = what.passed_on

        def climb(session: Session, by: Actor, at: datetime) -> None:
            pass_on(session, made[0], by=by, at=at, reason=reason)

        play.plan(days, "lead", climb, place.key)
    if what.resolved is not None:
        play.plan(what.resolved, "lead", resolve, place.key)


def _plan_awaited(play: Play, place: Place, what: Awaited) -> None:
    made: list[Any] = []

    def expect(session: Session, by: Actor, at: datetime) -> None:
        values: dict[str, Any] = {
            "title": what.title, "origin": "external" if what.supplier else "own", "supplier": what.supplier,
            "promised_on": play.day(what.promised),
            "forecast_on": None if what.forecast is None else play.day(what.forecast),
        }  # fmt: skip
        create = sheet_of("milestone").create
        assert create is not None  # the page of milestones has its button
        made.append(create(session, place.scope(by), values, by, at))
        session.flush()  # the wave points at it
        wait_for_milestone(session, place.waves[what.wave], made[0], by=by, at=at)

    def reach(session: Session, by: Actor, at: datetime) -> None:
        sheet_of("milestone").change(session, made[0], {"reached_on": at.date()}, by, at)

    play.plan(what.created, "data", expect, place.key)
    if what.reached is not None:
        play.plan(what.reached, "data", reach, place.key)
