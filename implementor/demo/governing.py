"""How the rollouts of the demo world are governed: risks rated over time, decisions, promises, changes asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Place, Play
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.records import RecordRef
from implementor.governance.place import Here
from implementor.governance.services import actions, assign_action, changes, decisions, matrix, risks, roles, votes
from implementor.stages.queries import stage_of_project

CURRENCY = "USD"


@dataclass(frozen=True)
class FoundRisk:
    """A risk: opened and (perhaps) closed so many days before today; `rated` are later (days, probability, impact).

    `money` is in whole units of the currency; `review` so many days from today.
    """

    place: str
    by: str
    opened: float
    title: str
    category: str
    rating: tuple[int, int]
    response: str
    measures: str
    trigger: str = ""
    money: int | None = None
    left: tuple[int, int] | None = None
    review: float | None = None
    rated: tuple[tuple[float, int, int], ...] = ()
    closed: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Taken:
    """A question asked and, where `taken` is a day, decided; `votes` are (person, choice)."""

    place: str
    by: str
    asked: float
    question: str
    background: str = ""
    options: str = ""
    needed: float | None = None
    taken: float | None = None
    taken_by: str = "sponsor"
    outcome: str = ""
    reason: str = ""
    votes: tuple[tuple[str, str], ...] = ()
    reversed_on: float | None = None
    reversal: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Promised:
    """An action item: written, due, and perhaps done."""

    place: str
    by: str
    written: float
    title: str
    due: float
    done: float | None = None
    result: str = ""


@dataclass(frozen=True)
class Wanted:
    """A request for change, and perhaps its answer."""

    place: str
    by: str
    asked: float
    title: str
    subject: str
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)
    answered: float | None = None
    answer: str = ""
    reason: str = ""


RISKS = (
    FoundRisk("VEN", "lead", 128, "La lista de clientes trae más duplicados de los previstos y atrasa la carga", "data",
              (4, 4), "reduce", "Depurar por zonas antes de cada carga; una persona de datos dedicada.",
              "Más de 5 % de duplicados en una zona", 9_000, (1, 3), None, ((112, 3, 4), (104, 2, 3)), 99,
              "La carga quedó firmada con dos clientes de diferencia, explicados."),
    FoundRisk("VEN", "change", 120, "Los asesores siguen con su cuaderno y el sistema queda vacío", "people", (3, 5),
              "reduce", "Acompañamiento en ruta, una campeona por zona, informe de uso semanal.",
              "Menos de 60 % de visitas registradas en una semana", 24_000, (2, 3), -9, ((88, 4, 5), (45, 3, 4))),
    FoundRisk("VEN", "developer", 58, "Facturalia cambia su interfaz antes de la salida de los pedidos", "supplier",
              (2, 4), "transfer", "Cláusula de aviso de 60 días en el contrato.", "Anuncio de versión nueva", 12_500,
              (1, 4), -20, ((21, 4, 4),)),
    FoundRisk("VEN", "functional", 46, "Approvals of discounts take so long that offers expire", "scope", (3, 3),
              "avoid", "Decide on limits per role before the wave starts.", "Three offers expired in a month", None,
              None, -4),
    FoundRisk("VEN", "data", 30, "Nobody but one person knows the extraction from the old system", "people", (2, 3),
              "reduce", "Written steps and one rehearsal by a second person.", "", None, (1, 3), -15),
    FoundRisk("VEN", "lead", 16, "El taller de capacitación coincide con la feria y falta la mitad de la gente", "time",
              (4, 2), "accept", "Segunda fecha reservada.", "Menos de 70 % de inscritos confirmados", 1_800, None, -6),
    FoundRisk("SER", "service_lead", 31, "Los técnicos se quedan sin señal y cierran los casos al día siguiente",
              "technology", (4, 3), "reduce", "Formulario sin conexión y cierre al volver la señal.",
              "Cierre medio por encima de 24 horas", 6_400, (2, 2), -11, ((14, 3, 3),)),
)  # fmt: skip
DECISIONS = (
    Taken("VEN", "lead", 126, "¿Se mantienen las hojas de cálculo de zona mientras se adopta el sistema?",
          "Las jefas de zona piden el informe de siempre.", "Mantenerlas un mes\nRetirarlas el primer día", 119, 118,
          "sponsor", "Retirarlas el primer día", "Dos informes son dos verdades; el de la dirección sale del sistema."),
    Taken("VEN", "lead", 84, "Which supplier brings the stock service?", "Both can start within three weeks.",
          "Almadata\nRedcelta", 79, 78, "sponsor", "Almadata", "Equal price, and they know our warehouse.",
          (("sponsor", "Almadata"), ("functional", "Almadata"), ("data", "abstain"))),
    Taken("VEN", "functional", 60, "¿Descuentos de hasta 20 % los aprueba la jefa de zona?", "", "", 52, 50, "sponsor",
          "Sí, hasta 20 %.", "Para no frenar ofertas.", (), 22,
          ("No: desde hoy el límite es 15 %.", "El margen del trimestre bajó por descuentos repetidos.")),
    Taken("VEN", "functional", 12, "Who decides on discounts above the limit of a zone?",
          "Sales waits for finance, finance waits for the sponsor.",
          "The finance manager within a day\nThe sponsor within two days", -5),
    Taken("SER", "service_lead", 20, "¿Se da plan de datos a todos los técnicos o solo a los de guardia?", "",
          "A todos\nSolo a los de guardia", -3),
)  # fmt: skip
ACTIONS = (
    Promised(
        "VEN", "data", 118, "Enviar a cada zona su lista de duplicados", 111, 110, "Enviada; 214 pares resueltos."
    ),
    Promised("VEN", "lead", 47, "Ask the supplier for the date of the renewed certificate", 40, 38, "It is renewed."),
    Promised("VEN", "change", 26, "Nombrar una campeona de la zona Oriente", 8),
    Promised("VEN", "functional", 11, "Preparar dos propuestas de límite de descuento con cifras", -4),
    Promised("VEN", "data", 9, "Rehearse the extraction with a second person", -12),
    Promised("SER", "service_lead", 18, "Pedir precio de 24 planes de datos", 2),
)
CHANGES = (
    Wanted("VEN", "functional", 66, "Añadir la cotización con foto del equipo", "scope",
           "Los clientes deciden más rápido cuando ven el equipo.",
           {"amount": 320_000, "currency": CURRENCY, "days": 5, "effects": "La ola crece en 8 puntos."}, 55, "approved",
           "Paga su costo con dos ventas y cabe en la ola."),
    Wanted("VEN", "change", 34, "Mover la capacitación de Oriente dos semanas", "date",
           "Coincide con la feria del sector.", {"days": 14}, 29, "refused",
           "La salida depende de esa capacitación; se abre una segunda fecha."),
    Wanted("VEN", "developer", 8, "Pagar la versión de pruebas de Facturalia todo el año", "money",
           "Sin ambiente de pruebas cada cambio se prueba en producción.", {"amount": 480_000, "currency": CURRENCY}),
)  # fmt: skip
POINTS_AT_STAGE = "Planificación"
MATRIX = (
    ("Cargar las cuentas depuradas", "deliverable", {"data_lead": "AR", "functional_lead": "C", "member": "R"}),
    ("Aprobar la salida de cada ola", "decision", {"sponsor": "A", "committee": "C", "project_lead": "R"}),
    ("Capacitar a cada zona", "deliverable", {"change_lead": "AR", "functional_lead": "C", "project_lead": "I"}),
    (POINTS_AT_STAGE, "stage", {"project_lead": "AR", "functional_lead": "R", "data_lead": "C", "sponsor": "I"}),
    ("Acordar los límites de descuento", "decision", {"functional_lead": "R", "sponsor": "C"}),
)
"""Rows of the first rollout; the last one lacks who answers for it, which its page says."""


def plan_governing(play: Play) -> None:
    """Plan every record."""
    play.plan(125, "lead", lambda *deed: _fill_matrix(play.places["VEN"], *deed), "VEN")
    play.plan(6, "sponsor", lambda *deed: _away(play, *deed), "VEN")
    for risk in RISKS:
        _plan_risk(play, play.places[risk.place], risk)
    for decision in DECISIONS:
        _plan_decision(play, play.places[decision.place], decision)
    for action in ACTIONS:
        _plan_action(play, play.places[action.place], action)
    for change in CHANGES:
        _plan_change(play, play.places[change.place], change)


def _plan_risk(play: Play, place: Place, what: FoundRisk) -> None:
    made: list[Any] = []
    values: dict[str, Any] = {
        "title": what.title, "category": what.category, "probability": what.rating[0], "impact": what.rating[1],
        "response": what.response, "response_plan": what.measures, "trigger": what.trigger or None,
        "exposure_amount": what.money and what.money * 100, "exposure_currency": CURRENCY if what.money else None,
        "review_on": None if what.review is None else play.day(what.review),
        "residual_probability": what.left and what.left[0], "residual_impact": what.left and what.left[1],
    }  # fmt: skip

    def write(session: Session, by: Actor, at: datetime) -> None:
        mine = {**values, "owner_id": by.user_id}
        made.append(risks.write_risk(session, project_id=place.project_id, values=mine, by=by, at=at))

    play.plan(what.opened, what.by, write, place.key)
    for days, probability, impact in what.rated:
        rating = {"probability": probability, "impact": impact}
        play.plan(days, what.by, _rate(made, rating), place.key)
    if what.closed is not None:
        play.plan(what.closed, "lead", _close(made, what.why), place.key)


def _rate(made: list[Any], rating: Mapping[str, int]) -> Any:
    return lambda session, by, at: risks.edit_risk(session, made[0], rating, by=by, at=at)


def _close(made: list[Any], why: str) -> Any:
    return lambda session, by, at: risks.close_risk(session, made[0], reason=why, by=by, at=at)


def _plan_decision(play: Play, place: Place, what: Taken) -> None:
    made: list[Any] = []
    values: dict[str, Any] = {"question": what.question, "background": what.background, "options": what.options}
    values["due_on"] = None if what.needed is None else play.day(what.needed)

    def ask(session: Session, by: Actor, at: datetime) -> None:
        made.append(decisions.ask_decision(session, project_id=place.project_id, values=values, by=by, at=at))

    def take(session: Session, by: Actor, at: datetime) -> None:
        decisions.take_decision(session, made[0], outcome=what.outcome, reason=what.reason, by=by, at=at)

    def turn_back(session: Session, by: Actor, at: datetime) -> None:
        outcome, reason = what.reversal
        decisions.reverse_decision(session, made[0], outcome=outcome, reason=reason, by=by, at=at)

    play.plan(what.asked, what.by, ask, place.key)
    if what.votes:
        play.plan(what.asked - 1, what.taken_by, _ask_votes(made), place.key)
        for number, (voter, choice) in enumerate(what.votes):
            play.plan(what.asked - 2 - number / 10, voter, _vote(made, choice), place.key)
    if what.taken is not None:
        play.plan(what.taken, what.taken_by, take, place.key)
    if what.reversed_on is not None:
        play.plan(what.reversed_on, what.taken_by, turn_back, place.key)


def _ask_votes(made: list[Any]) -> Any:
    return lambda session, by, at: votes.ask_votes(session, made[0], by=by, at=at)


def _vote(made: list[Any], choice: str) -> Any:
    return lambda session, by, at: votes.vote(session, made[0], choice=choice, by=by, at=at)


def _plan_action(play: Play, place: Place, what: Promised) -> None:
    made: list[Any] = []
    values = {"title": what.title, "due_on": play.day(what.due)}

    def write(session: Session, by: Actor, at: datetime) -> None:
        made.append(actions.write_action(session, project_id=place.project_id, values=values, by=by, at=at))

    def finish(session: Session, by: Actor, at: datetime) -> None:
        actions.finish_action(session, made[0], result=what.result, by=by, at=at)

    play.plan(what.written, what.by, write, place.key)
    if what.done is not None:
        play.plan(what.done, what.by, finish, place.key)


def _plan_change(play: Play, place: Place, what: Wanted) -> None:
    made: list[Any] = []
    values = {"title": what.title, "subject": what.subject, "why": what.why, **what.values}

    def ask(session: Session, by: Actor, at: datetime) -> None:
        made.append(changes.ask_change(session, project_id=place.project_id, values=values, by=by, at=at))

    def answer(session: Session, by: Actor, at: datetime) -> None:
        decision = changes.answer_change(session, made[0], answer=what.answer, reason=what.reason, by=by, at=at)
        if what.answer == "approved":
            assign_action(
                session, Here(place.project_id), title=f"Planificar: {what.title}", owner=made[0].owner_id, by=by,
                at=at, due=at.date(), came_from=RecordRef("decision", decision.id),
            )  # fmt: skip

    play.plan(what.asked, what.by, ask, place.key)
    if what.answered is not None:
        play.plan(what.answered, "sponsor", answer, place.key)


def _fill_matrix(place: Place, session: Session, by: Actor, at: datetime) -> None:
    here: dict[str, Any] = {"project_id": place.project_id, "by": by, "at": at}
    stage = session.scalars(stage_of_project(project_id=place.project_id, key="planning")).one()
    points = {POINTS_AT_STAGE: f"stage:{stage.id}"}
    grid = {
        matrix.add_item(session, title=title, kind=kind, target=points.get(title, ""), **here).id: marks
        for title, kind, marks in MATRIX
    }
    matrix.save_grid(session, grid=grid, **here)


def _away(play: Play, session: Session, by: Actor, at: datetime) -> None:
    """The sponsor is away around today; somebody of the committee carries the role."""
    roles.hand_over(
        session, project_id=play.places["VEN"].project_id, role=Role.SPONSOR,
        to_id=play.actors["committee"].user_id or 0, starts_on=play.day(5), ends_on=play.day(-9),
        reason="Feria del sector y una semana de descanso.", by=by, at=at,
    )  # fmt: skip
