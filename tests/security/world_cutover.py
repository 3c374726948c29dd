"""The plan of going live of the world: a step not begun, one that runs, and a rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.cutover.models import CutoverRehearsal, CutoverStep
from implementor.foundation.permissions import Actor
from implementor.waves.models import Wave

if TYPE_CHECKING:
    from tests.security.world import Place

AT = datetime(2026, 3, 14, 22, 0, tzinfo=UTC)


def add_cutover(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each, of the first wave."""
    wave_id = session.scalars(select(Wave.id).where(Wave.project_id == place.project_id).order_by(Wave.id)).first()
    mine = {"project_id": place.project_id, "wave_id": wave_id}
    made = {
        "cutover_step": CutoverStep(
            **mine, number=1, name=f"Step {text}"[:160], starts_at=AT, way_back=f"Back {text}", owner_id=by.user_id
        ),
        "running_step": CutoverStep(**mine, number=2, name=f"Running {text}"[:160], state="running", begun_at=AT),
        "cutover_rehearsal": CutoverRehearsal(
            **mine, name=f"Rehearsal {text}"[:160], held_on=AT.date(), findings=f"Found {text}", times="1: 5"
        ),
    }
    for name, one in made.items():
        session.add(one)
        session.flush()
        place.ids[name] = one.id
