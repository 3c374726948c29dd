"""The groundwork of the demo world: the four bases assessed three times, the SWOT, and who was needed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.house_rules import CURRENCY
from implementor.demo.play import Play
from implementor.discovery import groundwork_services as services
from implementor.foundation.money import minor_amount
from implementor.foundation.permissions import Actor

PLACE = "VEN"
ASSESSED = (
    (176.3, "Antes de empezar", (2, 2, 1, 3), "Entrevistas con doce asesores y tres jefes"),
    (102.3, "Tras la primera ola", (3, 2, 2, 3), "Taller con las cuatro áreas"),
    (22.3, "Antes de la cuarta ola", (4, 3, 3, 4), "Encuesta a 48 personas y revisión de procesos"),
)
SITUATION = "Ventas y mercadeo llevan listas separadas; finanzas confirma los precios por teléfono."
MARKET = "Dos competidores ya cotizan en línea; el sector crece cerca de 6 % al año."
SWOT = (
    ("strength", "Los asesores conocen a sus clientes desde hace años", 4, None),
    ("strength", "El ERP tiene diez años de facturas confiables", 3, None),
    ("weakness", "El motivo de los negocios perdidos no se anota", 5, "story"),
    ("weakness", "Nadie responde por la calidad de los datos de contacto", 4, "story"),
    ("opportunity", "Los clientes piden cotizaciones el mismo día", 4, None),
    ("opportunity", "Hotels renew their kitchens after the tax cut", 2, None),
    ("threat", "Un competidor ofrece crédito a sesenta días", 3, None),
    ("threat", "Dos jefes de zona se pensionan el próximo año", 4, "risk"),
)
NEEDS: tuple[tuple[dict[str, Any], str, float, str], ...] = (
    ({"title": "Quien cargue y concilie los datos", "work": "Migración de cuentas, contactos y facturas",
      "knows_us": "yes", "is_one_off": "yes", "is_defined": "yes", "can_start": "no", "decision": "external",
      "supplier": "Datos del Caribe", "transfer_topic": "Cargar y conciliar un archivo",
      "transfer_proof": "Tecnología concilia sola el archivo de agosto"}, "86000000", 40, "data"),
    ({"title": "Formadores por área", "work": "Talleres de cada ola", "knows_us": "no", "is_one_off": "no",
      "is_defined": "yes", "can_start": "yes", "decision": "own"}, "", -60, ""),
    ({"title": "Quien diseñe los tableros", "work": "Informes de dirección", "knows_us": "no", "is_one_off": "yes"},
     "", -90, ""),
)  # fmt: skip


def plan_groundwork(play: Play) -> None:
    """Plan the assessments, the SWOT and the staffing needs."""
    for days, title, scores, evidence in ASSESSED:
        values: dict[str, Any] = {"title": title, "situation": SITUATION, "market": MARKET}
        for base, score in zip(("strategy", "people", "processes", "technology"), scores, strict=True):
            values |= {f"{base}_score": score, f"{base}_evidence": evidence}
        play.plan(days, "lead", lambda *deed, values=values: _assess(play, values, *deed), PLACE)
    for number, (quadrant, statement, weight, into) in enumerate(SWOT):
        item = {"quadrant": quadrant, "statement": statement, "weight": weight}
        play.plan(171.2 - number / 10, "lead", lambda *d, item=item, into=into: _write(play, item, into, *d), PLACE)
    for number, need in enumerate(NEEDS):
        play.plan(140.7 - number, "lead", lambda *deed, need=need: _need(play, need, *deed), PLACE)


def _assess(play: Play, values: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    here: dict[str, Any] = {"project_id": play.places[PLACE].project_id, "by": by, "at": at}
    services.write_assessment(session, values={**values, "assessed_on": at.date()}, **here)


def _write(play: Play, item: dict[str, Any], into: str | None, session: Session, by: Actor, at: datetime) -> None:
    made = services.write_item(session, project_id=play.places[PLACE].project_id, values=item, by=by, at=at)
    if into is not None:
        services.turn_item(session, made, into=into, by=by, at=at)


def _need(play: Play, need: Any, session: Session, by: Actor, at: datetime) -> None:
    words, cost, ends, heir = need
    values = {**words, "starts_on": at.date(), "ends_on": play.day(ends)}
    if cost:
        values |= {"cost_amount": minor_amount(Decimal(cost), CURRENCY), "cost_currency": CURRENCY}
    if heir:
        values["transfer_to_id"] = play.actors[heir].user_id
    services.write_need(session, project_id=play.places[PLACE].project_id, values=values, by=by, at=at)
