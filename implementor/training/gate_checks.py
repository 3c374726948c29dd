"""The gate check about training: who was trained shortly before the wave goes live."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.stages.checks import GatePlace, Reading, gate_check
from implementor.training.figures import recency
from implementor.training.result_queries import parts_of_project, people_of_wave, wave_end
from implementor.training.result_reading import part_of
from implementor.training.validity import RECENT_DAYS


def declare_checks() -> None:
    """Make it known."""
    label = say("People of the wave were trained within %(days)s days before it goes live", days=RECENT_DAYS)
    gate_check("trained_before_go_live", label, trained_before_go_live)


def trained_before_go_live(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the people whose work the wave changes, those who completed a course in the three weeks before its last day.

    It counts and never names: gates are read by many who may not know who was trained. A wave without people or
    without a last day does not pass.
    """
    wave_id = place.wave_id or 0
    people = {row.id for row in session.execute(
        people_of_wave(project_id=place.project_id, wave_id=wave_id, today=place.on))}  # fmt: skip
    live_on = session.scalars(wave_end(project_id=place.project_id, wave_id=wave_id)).one_or_none()
    rows = session.execute(parts_of_project(project_id=place.project_id)).all() if live_on is not None else []
    found = recency([part_of(row) for row in rows], people, live_on or place.on)
    return Reading(
        Decimal(found.count), Decimal(found.total), endpoint="training_results.index",
        values={"project_key": place.project_key}, empty_passes=False,
    )  # fmt: skip
