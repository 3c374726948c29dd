"""Metrics of the demo project that the program measures from the records, a month apart, the last time today."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.metrics.defining import Stated, define
from implementor.metrics.definitions import Definition, Formula, Query, Window
from implementor.metrics.measuring import find, write_down
from implementor.metrics.models import Metric
from implementor.metrics.queries import measured_metrics
from implementor.metrics.services import create_metric

ZONE = ZoneInfo("America/Bogota")
EVERY = 30
"""Days between two measurements."""
MONTHS = 6
LASTED = Window("rolling", "closed_at", 180)
COUNTED: tuple[tuple[str, str, str, str, Definition], ...] = (
    ("Ventas cerradas en 180 días", "Cuántas oportunidades terminan, ganadas o perdidas.", "count", "up",
     Query("opportunity", filters={"status": ("won", "lost")}, window=LASTED, group_by="owner")),
    ("Ventas ganadas en 180 días", "Las que se ganan entre las que terminan.", "count", "up",
     Query("opportunity", filters={"status": ("won",)}, window=LASTED, group_by="source")),
    ("Ventas ganadas sobre cerradas", "De cada cien que terminan, cuántas se ganan.", "percent", "up",
     Formula("100 * ventas_ganadas_en_180_dias / ventas_cerradas_en_180_dias")),
    ("Días hasta cerrar", "La mediana del tiempo entre el inicio y el cierre de una venta ganada.", "days", "down",
     Query("opportunity", "median", between=("began_at", "closed_at"), filters={"status": ("won",)}, window=LASTED)),
)  # fmt: skip


def plan_measured(play: Play) -> None:
    """State them once the records are there, and measure them as often as their series shows."""
    place = play.places["VEN"]

    def state(session: Session, by: Actor, at: datetime) -> None:
        for name, purpose, unit, direction, definition in COUNTED:
            values = {
                "name": name, "purpose": purpose, "unit": unit, "direction": direction, "perspective": "internal",
                "margin": Decimal("0.1"),
            }  # fmt: skip
            metric = create_metric(session, project_id=place.project_id, values=values, by=by, at=at)
            define(session, metric, definition, Stated(by, at, ZONE))

    play.plan(0.3, "lead", state, place.key)
    play.plan(0.2, "lead", lambda session, _by, at: _measure(session, place.project_id, at), place.key)


def _measure(session: Session, project_id: int, at: datetime) -> None:
    """The records of the past tell what was then, so the series begins before the metric was stated."""
    today, names = at.astimezone(ZONE).date(), {name for name, *_more in COUNTED}
    for months in reversed(range(MONTHS)):
        on = today - timedelta(days=EVERY * months)
        found = find(session, project_id=project_id, on=on, zone=ZONE)
        metrics: list[Metric] = list(session.scalars(measured_metrics(project_id=project_id, ids=list(found))))
        for metric in metrics:
            if metric.name in names:  # others were measured while they lived
                write_down(session, metric, found[metric.id], on=on, by=SYSTEM, at=at)
