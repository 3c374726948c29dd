"""The what-ifs of the demo world: two scenarios of the next sales wave, and the plan as the committee saw it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.demo.play import Play
from implementor.foundation.permissions import Actor
from implementor.planning import scenario_services as services
from implementor.planning.comparing import posed_now
from implementor.planning.snapshots import name_snapshot

PLACE = "VEN"
FEWER = ("Si Tecnología presta menos gente", "Tecnología pide dos personas para el cierre del año.")
LONGER = ("Three weeks more", "What if the wave ends after the holidays and takes in the best of the backlog?")
SEEN = "Plan visto por el comité"


def plan_what_ifs(play: Play) -> None:
    """Plan that the lead names the plan of three weeks ago, and writes both scenarios some days ago."""
    play.plan(21.4, "lead", lambda *deed: _seen(play, *deed), PLACE)
    play.plan(3.4, "lead", lambda *deed: _fewer(play, *deed), PLACE)
    play.plan(2.3, "lead", lambda *deed: _longer(play, *deed), PLACE)


def _seen(play: Play, session: Session, by: Actor, at: datetime) -> None:
    name_snapshot(session, project_id=play.places[PLACE].project_id, name=SEEN, by=by, at=at)


def _fewer(play: Play, session: Session, by: Actor, at: datetime) -> None:
    _write(play, session, FEWER, lambda wave: {"kind": "capacity", "amount": Decimal(70)}, False, by, at)


def _longer(play: Play, session: Session, by: Actor, at: datetime) -> None:
    _write(
        play, session, LONGER, lambda wave: {"kind": "end", "on_date": wave.ends_on + timedelta(weeks=3)}, True, by, at
    )


def _write(
    play: Play, session: Session, texts: tuple[str, str], change: Any, fills: bool, by: Actor, at: datetime
) -> None:
    project_id = play.places[PLACE].project_id
    posed = posed_now(session, project_id, at=at, zone=UTC)
    if posed is None:
        return
    name, note = texts
    scenario = services.write_scenario(session, project_id=project_id, name=name, note=note, fills=fills, by=by, at=at)
    wave = posed.waves[0]
    services.add_change(session, scenario, posed, {"wave_id": wave.id, **change(wave)}, by=by, at=at)
