"""Metrics of the standard set in the demo world, measured by its own clock, and a scorecard that was published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.demo.house_rules import CURRENCY
from implementor.demo.play import Place, Play
from implementor.discovery.scorecard_services import acknowledge, publish_scorecard, readers_of
from implementor.foundation.permissions import Actor
from implementor.foundation.words import speaking
from implementor.metrics.defining import Stated
from implementor.metrics.measuring import find, write_down
from implementor.metrics.models import Metric
from implementor.metrics.services import change_metric
from implementor.metrics.standard import pick, picked
from implementor.web.language import speech_of

PLACE, ZONE = "VEN", ZoneInfo("America/Caracas")
BEGUN, EVERY = 149.5, 14
TARGETS: Mapping[str, str] = {
    "with_next_step": "80", "past_due": "10", "sales_neglected": "10", "complete_opportunity": "90",
    "complete_account": "90", "handover_sales": "48", "satisfaction": "4.5",
}  # fmt: skip
"""Key of the standard set -> the target of the demo project."""


def plan_standard(play: Play) -> None:
    """Plan picking, measuring, stating the targets, and the scorecard that the areas took note of."""
    place = play.places[PLACE]
    play.plan(BEGUN, "data", lambda *deed: _pick(place, *deed), PLACE)
    days = BEGUN - 0.1
    while days > 0.5:
        play.plan(days, "data", lambda *deed: _measure(place, *deed), PLACE)
        days -= EVERY
    play.plan(BEGUN - 0.2, "data", lambda *deed: _aim(play, place, *deed), PLACE)
    play.plan(6.4, "lead", lambda *deed: _publish(play, place, *deed), PLACE)


def _pick(place: Place, session: Session, by: Actor, at: datetime) -> None:
    with speaking(speech_of("es", str(ZONE))):
        pick(session, place.scope(by), tuple(TARGETS), currency=CURRENCY, stated=Stated(by, at, ZONE))


def _measure(place: Place, session: Session, by: Actor, at: datetime) -> None:
    on = at.astimezone(ZONE).date()
    for metric_id, found in find(session, project_id=place.project_id, on=on, zone=ZONE).items():
        write_down(session, session.get_one(Metric, metric_id), found, on=on, by=by, at=at)


def _aim(play: Play, place: Place, session: Session, by: Actor, at: datetime) -> None:
    """State targets, from where each metric stood when it was measured first."""
    for key, metric in picked(session, place.scope(by)).items():
        wanted, stood = Decimal(TARGETS[key]), metric.latest
        if stood is not None:
            wanted = max(wanted, stood) if metric.direction == "up" else min(wanted, stood)
        goal = {
            "target": wanted, "due_on": play.day(-60), "baseline": stood, "baseline_on": metric.latest_on,
            "owner_id": play.actors["functional"].user_id,
        }  # fmt: skip
        change_metric(session, metric, goal, by=by, at=at)


def _publish(play: Play, place: Place, session: Session, by: Actor, at: datetime) -> None:
    areas = [play.areas[name] for name in ("Ventas", "Mercadeo", "Servicio")]
    edition = publish_scorecard(
        session, project_id=place.project_id, area_ids=areas, note="Cifras del mes para las áreas.", on=at.date(),
        by=by, at=at,
    )  # fmt: skip
    head = play.actors["functional"]
    if any(one.user_id == head.user_id for area in readers_of(session, edition) for one in area.readers):
        acknowledge(session, edition, by=head, at=at)
