"""A scenario with one supposition in each project, and a wave whose room is stated."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.planning.comparing import posed_now
from implementor.planning.scenario_services import LONGEST_NAME, add_change, write_scenario
from implementor.waves.models import Wave

if TYPE_CHECKING:
    from tests.security.world import Place


def add_scenarios(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """Half of the capacity of the first planned wave."""
    at = datetime.now(UTC)
    wave = session.get_one(Wave, place.ids["planning"])
    wave.capacity_points = Decimal(20)
    session.flush()
    posed = posed_now(session, place.project_id, at=at, zone=UTC)
    assert posed is not None
    name = f"{place.key} {text}"[:LONGEST_NAME]
    made = write_scenario(session, project_id=place.project_id, name=name, note=text, by=by, at=at)
    change = add_change(
        session, made, posed, {"kind": "capacity", "wave_id": wave.id, "amount": Decimal(50)}, by=by, at=at
    )
    place.ids |= {"scenario": made.id, "scenario_change": change.id}
