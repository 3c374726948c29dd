"""Where the rollouts of the demo world are going: objectives with half a year of figures, a report, an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.charters import plan_charters
from implementor.demo.groundwork import plan_groundwork
from implementor.demo.house_rules import CURRENCY
from implementor.demo.measured import plan_measured
from implementor.demo.play import Place, Play
from implementor.demo.value import plan_value
from implementor.demo.watching import plan_watching
from implementor.discovery import agreement_services, requirement_services, services
from implementor.foundation.money import minor_amount
from implementor.foundation.permissions import Actor
from implementor.metrics.services import correct, create_metric, measure


@dataclass(frozen=True)
class AimedAt:
    """An objective with one metric; `values` are measured every `every` days, the last `last` days before today.

    `words` find the stories that serve it by their titles. Days are before today, negative ones to come.
    """

    place: str
    statement: str
    perspective: str
    priority: str
    owner: str
    metric: str
    unit: str
    direction: str
    baseline: str
    target: str
    stated: float
    due: float
    values: Sequence[str]
    evidence: str
    words: Sequence[str]
    given: str = ""
    top: str = ""
    benefit: str = ""
    worth: str = ""
    confidence: str = "0.7"
    purpose: str = ""
    every: int = 28
    last: float = 5.3
    made: dict[str, Any] = field(default_factory=dict, compare=False)


AIMS = (
    AimedAt("VEN", "Un ciclo de venta más corto", "internal", "high", "lead", "Ciclo de venta", "days", "down", "64",
            "51", 180.2, -120, ("64", "63", "61.5", "60", "57", "55.5"), "Reporte de oportunidades ganadas",
            ("cotización", "etapas", "quote", "visit"), "cycle", "",
            "Menos horas de asesor por negocio ganado", "180000000", "0.7",
            "Mediana de días desde el primer contacto hasta el pedido firmado, de lo ganado en 90 días."),
    AimedAt("VEN", "Una mejor tasa de cierre", "customer", "high", "functional", "Tasa de cierre", "percent", "up",
            "21", "28", 179.8, -120, ("21", "20.5", "22", "22.5", "22", "23"), "Reporte de oportunidades decididas",
            ("candidato", "oportunidad", "won deal", "cotizaciones"), "closing", "",
            "Margen de los negocios que hoy se pierden", "420000000", "0.5",
            "Negocios ganados sobre los decididos en 90 días."),
    AimedAt("VEN", "Más ingresos", "financial", "high", "finance", "Ingresos del mes", "money", "up", "1850000000",
            "2200000000", 179.4, -120, ("1850000000", "1835000000", "1890000000", "1910000000", "1975000000",
                                        "2004000000"), "Facturación del ERP",
            ("Renov", "renov", "comision", "order", "pedido", "contrato"), "income", "",
            "Ingresos adicionales de un año", "4200000000", "0.6", "Lo facturado en el mes, sin impuestos."),
    AimedAt("VEN", "Ningún candidato espera más de un día", "customer", "medium", "change",
            "Candidatos llamados en 24 horas", "percent", "up", "38", "90", 150.6, 20,
            ("38", "44", "52", "49", "61"), "Informe de candidatos", ("Candidato", "candidatos", "formulario"), "", "",
            "Candidatos que no se enfrían", "95000000", "0.5", "", 30, 4.2),
    AimedAt("VEN", "Everybody works in the CRM", "learning", "medium", "change", "People who write in it each week",
            "percent", "up", "0", "85", 130.5, -40, ("0", "35", "61", "74", "82"), "Weekly count of records written",
            ("Capacitar", "taller", "Practicar", "training"), "", "", "", "", "0.7", "", 28, 3.1),
    AimedAt("SER", "Casos resueltos en la primera visita", "customer", "high", "service_lead",
            "Casos resueltos en la primera visita", "percent", "up", "52", "80", 66.2, -200, ("52", "53"),
            "Órdenes de servicio cerradas", ("caso", "técnico", "repuesto"), "", "",
            "Menos segundas visitas", "260000000", "0.8", "", 30, 9.4),
    AimedAt("SER", "Inventario de repuestos justo", "internal", "medium", "data", "Días de inventario de repuestos",
            "days", "range", "71", "35", 60.4, -200, (), "", ("repuesto", "inventario"), "", "50"),
)  # fmt: skip
TYPED_WRONG = "Ingresos del mes"
"""Of this metric a measurement was typed with a digit too few, and corrected."""
NEEDED = (
    {"name": "Motivo de la pérdida", "source": "Libreta del asesor", "quality": "poor"},
    {"name": "Competidor", "source": "Nadie lo anota", "quality": "missing"},
    {"name": "Monto de la oportunidad", "source": "CRM", "quality": "good"},
)
MOCKUP = "Motivo = Precio\nNegocios perdidos = 14\nMonto = 312 millones\nCompetidor más frecuente = Cocinas Andinas"
PROMISES = {
    "title": "Acuerdo de candidatos",
    "marketing_duties": "- Cuarenta candidatos calificados al mes\n- Cada uno con empresa, ciudad y equipo que busca",
    "sales_duties": "- Llamar a cada candidato antes de 24 horas\n- Devolver con motivo lo que no sirve",
    "data_clause": "Los datos de un candidato se usan para responderle. Con su permiso, también para campañas.",
}


def plan_direction(play: Play) -> None:
    """Plan every objective, what is measured of it, the wanted report and the agreement."""
    for aim in AIMS:
        _plan_aim(play, play.places[aim.place], aim)
    place = play.places["VEN"]
    play.plan(160.4, "lead", lambda *deed: _want_report(place, *deed), place.key)
    _plan_agreement(play, place)
    plan_charters(play)
    plan_groundwork(play)
    plan_watching(play, {aim.metric: aim.made for aim in AIMS})
    plan_value(play, {aim.metric: aim.made for aim in AIMS})
    plan_measured(play)
    for key in ("VEN", "SER"):
        play.plan(2.6, "lead", lambda *deed, key=key: _link_stories(play.places[key], *deed), key)


def _plan_aim(play: Play, place: Place, aim: AimedAt) -> None:
    aim.made.clear()
    by = "service_lead" if aim.place == "SER" else "lead"

    def state(session: Session, by: Actor, at: datetime) -> None:
        owner = play.actors[aim.owner].user_id
        goal = {
            "name": aim.metric, "purpose": aim.purpose or None, "unit": aim.unit, "direction": aim.direction,
            "currency": CURRENCY if aim.unit == "money" else None, "baseline": Decimal(aim.baseline),
            "baseline_on": at.date(), "target": Decimal(aim.target), "due_on": play.day(aim.due), "owner_id": owner,
            "target_top": Decimal(aim.top) if aim.top else None, "perspective": aim.perspective,
            "priority": aim.priority,
        }  # fmt: skip
        here: dict[str, Any] = {"project_id": place.project_id, "by": by, "at": at}
        metric = create_metric(session, values=goal, **here)
        values = {"perspective": aim.perspective, "priority": aim.priority, "owner_id": owner}
        objective = services.create_objective(session, values={"statement": aim.statement, **values}, **here)
        objective.given_key = aim.given or None
        services.judge_by(session, objective, metric, by=by, at=at)
        if aim.benefit:
            worth = {
                "title": aim.benefit, "amount": minor_amount(Decimal(aim.worth), CURRENCY), "currency": CURRENCY,
                "rhythm": "year", "confidence": Decimal(aim.confidence), "metric_id": metric.id,
            }  # fmt: skip
            services.add_benefit(session, objective, worth, by=by, at=at)
        aim.made["metric"], aim.made["objective"] = metric, objective

    play.plan(aim.stated, by, state, place.key)
    for place_of_value, value in enumerate(reversed(aim.values)):
        days = aim.last + aim.every * place_of_value
        play.plan(min(days, aim.stated - 0.05), by, lambda *deed, value=value: _measure(aim, value, *deed), place.key)


def _measure(aim: AimedAt, value: str, session: Session, by: Actor, at: datetime) -> None:
    metric, right = aim.made["metric"], Decimal(value)
    is_wrong = aim.metric == TYPED_WRONG and value == aim.values[3]
    typed = (right / 10) if is_wrong else right
    made = measure(session, metric, on=at.date(), value=typed, evidence=aim.evidence, by=by, at=at)
    if is_wrong:
        correct(session, metric, made, reason="Faltaba un dígito.", value=right, on=at.date(), by=by, at=at)


def _want_report(place: Place, session: Session, by: Actor, at: datetime) -> None:
    closing = next(aim.made["objective"] for aim in AIMS if aim.given == "closing")
    values = {
        "title": "Negocios perdidos por motivo", "decision": "En qué capacitar y qué precio revisar cada mes.",
        "audience": "Comité comercial", "frequency": "monthly", "priority": "high", "objective_id": closing.id,
    }  # fmt: skip
    report = requirement_services.create_requirement(session, project_id=place.project_id, values=values, by=by, at=at)
    requirement_services.draw_mockup(session, report, MOCKUP, by=by, at=at)
    for needed in NEEDED:
        requirement_services.add_datum(session, report, needed, by=by, at=at)
    requirement_services.derive_stories(session, report, ["report"], by=by, at=at)


def _plan_agreement(play: Play, place: Place) -> None:
    made: list[Any] = []

    def write(session: Session, by: Actor, at: datetime) -> None:
        signers = {name: play.actors[key].user_id for name, key in SIGNERS.items()}
        found = agreement_services.create_agreement(
            session, project_id=place.project_id, values={**PROMISES, **signers, "review_months": 3}, by=by, at=at
        )
        called = next(aim.made["metric"] for aim in AIMS if aim.metric.startswith("Candidatos llamados"))
        agreement_services.hold_to(session, found, called, side="sales", by=by, at=at)
        made.append(found)

    def sign(session: Session, by: Actor, at: datetime) -> None:
        agreement_services.sign(session, made[0], by=by, at=at)

    def review(session: Session, by: Actor, at: datetime) -> None:
        note = "Ventas llamó a tiempo a la mitad. Se acordó un turno de guardia los lunes."
        agreement_services.review(session, made[0], outcome="broken", note=note, by=by, at=at)

    play.plan(150.5, "lead", write, place.key)
    for key, days in (("change", 150.45), ("functional", 150.4)):
        play.plan(days, key, sign, place.key)
    play.plan(58.4, "lead", review, place.key)


SIGNERS = {"marketing_signer_id": "change", "sales_signer_id": "functional"}


def _link_stories(place: Place, session: Session, by: Actor, at: datetime) -> None:
    """Let stories serve the first objectives whose words their titles have."""
    for title, story in place.stories.items():
        found = [aim for aim in AIMS if aim.place == place.key and any(word in title for word in aim.words)]
        for aim in found[:2]:
            services.serve(session, story, aim.made["objective"].id, by=by, at=at)
