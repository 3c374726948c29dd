"""The money of the demo world: budgets that were approved, what was paid, what it will cost, and what was bought."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.demo.house_rules import CURRENCY
from implementor.demo.play import Play
from implementor.finance.earned_value import spread
from implementor.finance.forecast import months_between, next_month
from implementor.finance.models import Contract
from implementor.finance.services import amounts, baselines, contracts, lines
from implementor.foundation.money import minor_amount
from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class Cost:
    """A line: what it should cost in millions, spread evenly between two days before today, and how paying went.

    `paid` is a share of the plan by turns of months; `expected` the share that the months to come are thought to cost.
    """

    title: str
    category: str
    millions: int
    begins: float
    ends: float
    paid: tuple[str, ...] = ("1",)
    expected: str | None = None


@dataclass(frozen=True)
class Purse:
    """The budget of a project: written, approved and (perhaps) approved anew so many days before today."""

    place: str
    lead: str
    written: float
    approved: float
    reason: str
    costs: tuple[Cost, ...]
    again: float | None = None
    why: str = ""
    ids: list[int] = field(default_factory=list, compare=False)


@dataclass(frozen=True)
class Deal:
    """A contract, its cost in millions on the `line` of that place in the budget, its term in days before today."""

    title: str
    supplier: str
    purpose: str
    millions: int
    line: int
    begins: float
    ends: float
    licences: int | None = None


BOUGHT = Deal("Licencias del CRM, primer año", "Nube Andina S.A.S.", "Sesenta puestos; se renueva cada año.", 415, 0,
              146, -45, 60)  # fmt: skip
OFFERED = Deal("Acompañamiento tras la salida", "Consultores del Valle",
               "Dos consultores durante tres meses después de la tercera ola.", 48, 1, -10, -100)  # fmt: skip
COUNTED = ((96.3, 31), (61.4, 44), (11.2, 52))
SALES = Purse(
    "VEN", "lead", 156.2, 148.6, "La junta aprobó el monto del acta.",
    (
        Cost("Licencias del CRM", "licence", 420, 150, -120, ("1", "1", "1.04"), "1.04"),
        Cost("Consultoría de implementación", "services", 380, 150, -60, ("0.9", "1.2", "1.35"), "1.2"),
        Cost("Equipo del proyecto", "people", 330, 180, -120, ("1", "0.95")),
        Cost("Integración con facturación", "integration", 190, 110, -50, ("0.6", "1.1"), "1.25"),
        Cost("Capacitación y acompañamiento", "training", 90, 105, -110, ("0.8", "1.1")),
        Cost("Imprevistos", "other", 40, 60, -120, ("0.2",)),
    ),
    18.4, "Las olas tres y cuatro quedaron planeadas; el monto no cambia.",
)  # fmt: skip
SERVICE = Purse(
    "SER", "service_lead", 30.2, 4.1, "Lo que pide el acta de servicio, sin cambios.",
    (
        Cost("Licencias de servicio en campo", "licence", 260, 15, -200),
        Cost("Consultoría", "services", 240, 10, -150),
        Cost("Equipos móviles para técnicos", "other", 120, -20, -60),
    ),
)  # fmt: skip
PURSES = (SALES, SERVICE)


def plan_money(play: Play) -> None:
    """Plan both budgets, what is paid of them each month, and the contracts."""
    for purse in PURSES:
        purse.ids.clear()
        play.plan(purse.written, purse.lead, lambda *deed, purse=purse: _write(play, purse, *deed), purse.place)
        play.plan(purse.approved, "sponsor", lambda *deed, purse=purse: _approve(play, purse, purse.reason, *deed),
                  purse.place)  # fmt: skip
        if purse.again is not None:
            play.plan(purse.again, "sponsor", lambda *deed, purse=purse: _approve(play, purse, purse.why, *deed),
                      purse.place)  # fmt: skip
        for month in months_between(play.day(purse.approved), play.day(0)):
            over = (play.today - next_month(month)).days - 2
            if over > 0:
                play.plan(over, purse.lead, lambda *deed, purse=purse, month=month: _pay(play, purse, month, *deed),
                          purse.place)  # fmt: skip
    play.plan(7.3, "lead", lambda *deed: _expect(play, SALES, *deed), "VEN")
    _plan_contracts(play)


def _months(play: Play, cost: Cost) -> list[tuple[date, int]]:
    months = months_between(play.day(cost.begins), play.day(cost.ends))
    whole = minor_amount(Decimal(cost.millions) * 1_000_000, CURRENCY)
    return list(zip(months, spread(whole, len(months)), strict=True))


def _write(play: Play, purse: Purse, session: Session, by: Actor, at: datetime) -> None:
    project_id = play.places[purse.place].project_id
    cells: dict[amounts.Cell, int | None] = {}
    for cost in purse.costs:
        values = {"title": cost.title, "category": cost.category, "owner_id": by.user_id}
        line = lines.create_line(session, project_id=project_id, values=values, by=by, at=at)
        purse.ids.append(line.id)
        cells |= {amounts.Cell(line.id, "planned", month): amount for month, amount in _months(play, cost)}
    amounts.write_amounts(session, project_id=project_id, cells=cells, by=by, at=at)


def _approve(play: Play, purse: Purse, reason: str, session: Session, by: Actor, at: datetime) -> None:
    project_id = play.places[purse.place].project_id
    baselines.approve_budget(session, project_id=project_id, reason=reason, by=by, at=at)


def _pay(play: Play, purse: Purse, month: date, session: Session, by: Actor, at: datetime) -> None:
    """What was paid until the end of a month; what was written down before stays as it is."""
    cells: dict[amounts.Cell, int | None] = {}
    for line_id, cost in zip(purse.ids, purse.costs, strict=True):
        for place, (day, amount) in enumerate(_months(play, cost)):
            if day <= month:
                cells[amounts.Cell(line_id, "actual", day)] = int(amount * Decimal(cost.paid[place % len(cost.paid)]))
    amounts.write_amounts(session, project_id=play.places[purse.place].project_id, cells=cells, by=by, at=at)


def _expect(play: Play, purse: Purse, session: Session, by: Actor, at: datetime) -> None:
    """What the months to come are thought to cost now."""
    cells: dict[amounts.Cell, int | None] = {}
    for line_id, cost in zip(purse.ids, purse.costs, strict=True):
        if cost.expected is not None:
            to_come = [(day, amount) for day, amount in _months(play, cost) if next_month(day) > at.date()]
            cells |= {
                amounts.Cell(line_id, "forecast", day): int(amount * Decimal(cost.expected)) for day, amount in to_come
            }
    amounts.write_amounts(session, project_id=play.places[purse.place].project_id, cells=cells, by=by, at=at)


def _plan_contracts(play: Play) -> None:
    made: list[Contract] = []
    play.plan(149.4, "lead", lambda *deed: _offer(play, made, BOUGHT, *deed), "VEN")
    play.plan(148.2, "sponsor", lambda *deed: _buy(made, *deed), "VEN")
    for days, used in COUNTED:
        play.plan(days, "lead", lambda *deed, used=used: _count(made, used, *deed), "VEN")
    play.plan(5.3, "lead", lambda *deed: _offer(play, made, OFFERED, *deed), "VEN")


def _offer(play: Play, made: list[Contract], deal: Deal, session: Session, by: Actor, at: datetime) -> None:
    values = {
        "title": deal.title, "supplier": deal.supplier, "purpose": deal.purpose, "licences": deal.licences,
        "amount": minor_amount(Decimal(deal.millions) * 1_000_000, CURRENCY), "currency": CURRENCY,
        "line_id": SALES.ids[deal.line], "starts_on": play.day(deal.begins), "ends_on": play.day(deal.ends),
    }  # fmt: skip
    project_id = play.places["VEN"].project_id
    made.append(contracts.create_contract(session, project_id=project_id, values=values, by=by, at=at))


def _buy(made: list[Contract], session: Session, by: Actor, at: datetime) -> None:
    reason = "La mejor de tres ofertas, con soporte en español."
    contracts.decide_contract(session, made[0], verdict="go", reason=reason, by=by, at=at)


def _count(made: list[Contract], used: int, session: Session, by: Actor, at: datetime) -> None:
    said = "Informe de uso de Nube Andina"
    contracts.count_licences(session, made[0], used=used, on=at.date(), evidence=said, by=by, at=at)
