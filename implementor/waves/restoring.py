"""Taking back what was done to a wave: its commitment comes and goes with its start."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.waves import queries
from implementor.waves.models import Commitment, Wave
from implementor.waves.services import freeze_commitment


def restore_wave(session: Session, wave: Wave, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Set values of an earlier moment. A wave that has not started after all promises nothing."""
    for name, value in values.items():
        setattr(wave, name, value)
    if "started_at" not in values:
        return
    session.execute(delete(Commitment).where(Commitment.wave_id == wave.id))
    if wave.started_at is not None:
        stories = session.scalars(queries.stories_in_wave(wave_id=wave.id))
        freeze_commitment(session, wave, [story for story in stories if story.status != "dropped"], at=wave.started_at)
