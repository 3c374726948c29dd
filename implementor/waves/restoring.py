"""Taking back what was done to a wave: its start with its commitment, and its going live."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.stories.statuses import RELEASED
from implementor.waves import queries
from implementor.waves.models import IMPLEMENTATION, Commitment, Wave
from implementor.waves.services import follow_stages, freeze_commitment


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


def return_to_building(session: Session, wave: Wave, *, by: Actor, at: datetime) -> int:
    """Let a wave that is live be built again: its live stories are validated again; how many there are."""
    stories = [one for one in session.scalars(queries.stories_in_wave(wave_id=wave.id)) if one.status in RELEASED]
    for story in stories:
        story.status = "validated"
    wave.closed_at = wave.closed_by_id = wave.finished_at = wave.finished_by_id = None
    wave.stage = IMPLEMENTATION
    session.flush()
    follow_stages(session, wave.project_id, by, at)
    return len(stories)
