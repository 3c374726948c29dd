"""The charters of the demo world: both rollouts signed theirs, and sales is writing its next edition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.house_rules import CURRENCY
from implementor.demo.play import Play
from implementor.discovery import charter_services as services
from implementor.foundation.money import minor_amount
from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class Written:
    """A charter; it is written and signed so many days before today, by sponsor and by `lead`."""

    place: str
    lead: str
    days: float
    words: dict[str, str]
    budget: str
    ends: float
    made: list[Any] = field(default_factory=list, compare=False)


RULES = (
    "- Una reunión de seguimiento por semana, de treinta minutos\n- Una pregunta escrita se contesta en un día hábil\n"
    "- Un desacuerdo que dura tres días va al patrocinador"
)
AUTHORITY = (
    "- Líder del proyecto: hasta 20 millones y cinco días de demora\n- Comité: hasta 100 millones y veinte días\n"
    "- Patrocinador: lo demás"
)
CHARTERS = (
    Written("VEN", "lead", 150.35, {
        "title": "Acta de constitución: ventas y mercadeo",
        "purpose": "Que ventas y mercadeo vean al mismo cliente, desde el primer contacto hasta la entrega.",
        "scope_in": "- Ventas, mercadeo y finanzas en Colombia\n- Candidatos, oportunidades, cotizaciones y pedidos",
        "scope_out": "- Nómina y compras\n- El portal de clientes, que viene después", "rules": RULES,
        "authority": AUTHORITY,
    }, "1450000000", -120),
    Written("SER", "service_lead", 4.4, {
        "title": "Acta de constitución: servicio en campo",
        "purpose": "Que el cliente cuente su problema una sola vez y el técnico llegue con el repuesto correcto.",
        "scope_in": "- Casos, visitas y garantías\n- Inventario de repuestos de las tres bodegas",
        "scope_out": "- Fabricación de repuestos\n- Contratos con terceros", "rules": RULES, "authority": AUTHORITY,
    }, "620000000", -200),
)  # fmt: skip


def plan_charters(play: Play) -> None:
    """Plan both charters and the next edition of the first."""
    for one in CHARTERS:
        one.made.clear()
        play.plan(one.days + 0.1, one.lead, lambda *deed, one=one: _write(play, one, *deed), one.place)
        for key, later in ((one.lead, 0.05), ("sponsor", 0.0)):
            play.plan(one.days + later, key, lambda *deed, one=one: _sign(one, *deed), one.place)
    play.plan(6.4, "lead", lambda *deed: _continue(CHARTERS[0], *deed), CHARTERS[0].place)


def _write(play: Play, one: Written, session: Session, by: Actor, at: datetime) -> None:
    charter = services.begin_charter(session, project_id=play.places[one.place].project_id, by=by, at=at)
    values = {
        **one.words, "budget_amount": minor_amount(Decimal(one.budget), CURRENCY), "budget_currency": CURRENCY,
        "ends_on": play.day(one.ends),
    }  # fmt: skip
    services.change_charter(session, charter, values, by=by, at=at)
    one.made.append(charter)


def _sign(one: Written, session: Session, by: Actor, at: datetime) -> None:
    services.sign(session, one.made[0], by=by, at=at)


def _continue(one: Written, session: Session, by: Actor, at: datetime) -> None:
    made = services.next_edition(session, one.made[0], by=by, at=at)
    scope = f"{one.words['scope_in']}\n- Renovaciones y comisiones"
    services.change_charter(session, made, {"scope_in": scope}, by=by, at=at)
