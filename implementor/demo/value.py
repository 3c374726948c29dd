"""What stories of a live wave promised in the demo world: one reached its target, one missed it and was let be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Place, Play
from implementor.foundation.permissions import Actor
from implementor.metrics.services import create_metric, measure
from implementor.projects.models import Project
from implementor.stories.models import Story
from implementor.stories.part_catalogue import CRITERION
from implementor.stories.part_services import add_part
from implementor.stories.value_services import waive_target
from implementor.waves.judging import judge_wave
from implementor.waves.queries import stories_in_wave

PLACE, WAVE, LIVE_SINCE = "VEN", "De la visita a la cotización", 51.6
SAME_DAY = "Cotizaciones enviadas el mismo día"
MEASURED = ((49.5, "31"), (38.5, "44"), (27.5, "58"), (16.5, "67"), (5.5, "74"))
LATE = "Candidatos llamados en 24 horas"
PROMISED = (SAME_DAY, LATE, "Ciclo de venta")
WHY = "Falta el turno de los sábados; entra en la próxima ola."


def plan_value(play: Play, made: Mapping[str, dict[str, Any]]) -> None:
    """Plan what three live stories promise; `made` holds what became of each objective, by the name of its metric."""
    place = play.places[PLACE]
    made = {**made, SAME_DAY: {}}
    promises: dict[str, Any] = {}
    play.plan(LIVE_SINCE, "functional", lambda *deed: _state(play, place, made[SAME_DAY], *deed), PLACE)
    play.plan(LIVE_SINCE - 0.2, "functional", lambda *deed: _promise(place, made, promises, *deed), PLACE)
    for days, value in MEASURED:
        play.plan(days, "data", lambda *deed, value=value: _measure(made[SAME_DAY]["metric"], value, *deed), PLACE)
    play.plan(18.5, "lead", lambda of, by, at: judge_wave(of, place.waves[WAVE], by=by, at=at), PLACE)
    play.plan(17.5, "sponsor", lambda *deed: _waive(promises, *deed), PLACE)


def _state(play: Play, place: Place, made: dict[str, Any], session: Session, by: Actor, at: datetime) -> None:
    goal = {
        "name": SAME_DAY, "purpose": "Cotizaciones enviadas el día de la visita, sobre las enviadas en la semana.",
        "unit": "percent", "direction": "up", "baseline": Decimal(31), "baseline_on": at.date(), "target": Decimal(70),
        "due_on": play.day(-20), "owner_id": play.actors["functional"].user_id, "perspective": "internal",
        "priority": "high",
    }  # fmt: skip
    made["metric"] = create_metric(session, project_id=place.project_id, values=goal, by=by, at=at)


def _promise(
    place: Place, made: Mapping[str, dict[str, Any]], promises: dict[str, Any], session: Session, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    live = [one for one in session.scalars(stories_in_wave(wave_id=place.waves[WAVE].id)) if one.status == "live"]
    for name, story in zip(PROMISED, live, strict=False):
        values = {"phase": "value", "metric": str(made[name]["metric"].id)}
        promises[name] = (story, add_part(session, story, CRITERION, values, by=by, at=at))


def _measure(metric: Any, value: str, session: Session, by: Actor, at: datetime) -> None:
    measure(session, metric, on=at.date(), value=Decimal(value), evidence="Muestra de la semana", by=by, at=at)


def _waive(promises: Mapping[str, tuple[Story, Any]], session: Session, by: Actor, at: datetime) -> None:
    story, criterion = promises[LATE]
    project, until = session.get_one(Project, story.project_id), at.date() + timedelta(days=60)
    waive_target(session, project, story, criterion, reason=WHY, expires_on=until, by=by, at=at)
