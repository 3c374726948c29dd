"""The metrics that watch over risks of the demo world: one turned its risk into an obstacle, one still waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.governance.services.risks import write_risk
from implementor.metrics.triggers import watch_risk

PLACE = "VEN"
WATCHED = (
    ("Mercadeo deja de buscar candidatos porque nadie los llama a tiempo", "people", (3, 4), 55.5,
     "Candidatos llamados en 24 horas", "below", "50", "Turno de guardia en ventas; aviso al jefe a las 20 horas."),
    ("El ciclo de venta vuelve a alargarse al entrar los pedidos sin papel", "time", (2, 4), 40.5,
     "Ciclo de venta", "above", "62", "Acompañar a los asesores en las tres primeras semanas."),
)  # fmt: skip


def plan_watching(play: Play, made: Mapping[str, Mapping[str, Any]]) -> None:
    """Plan both risks; `made` holds what became of each objective, by the name of its metric."""
    for watched in WATCHED:
        play.plan(watched[3], "lead", lambda *deed, watched=watched: _write(play, made, watched, *deed), PLACE)


def _write(play: Play, made: Mapping[str, Any], watched: Any, session: Session, by: Actor, at: datetime) -> None:
    title, category, (probability, impact), _days, metric, comparison, value, measures = watched
    values = {
        "title": title, "category": category, "probability": probability, "impact": impact, "response": "reduce",
        "response_plan": measures, "owner_id": play.actors["change"].user_id,
    }  # fmt: skip
    risk = write_risk(session, project_id=play.places[PLACE].project_id, values=values, by=by, at=at)
    limit = {"comparison": comparison, "value": Decimal(value)}
    watch_risk(session, risk, made[metric]["metric"], **limit, by=by, at=at)
