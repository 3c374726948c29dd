"""Keeping what the lines of a gate measured, one reading a day, and making the gate's row when it is first touched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.stages.gate_look import Look
from implementor.stages.gate_models import PLANNED, Gate, GateReading
from implementor.stages.gate_queries import readings_of_gate


def stored_gate(session: Session, look: Look) -> Gate:
    """The gate's row, made where nobody touched it before."""
    if look.gate is not None:
        return look.gate
    title = look.stage.name if look.place.wave_number is None else f"{look.stage.name}: {look.place.wave_name}"
    gate = Gate(
        project_id=look.stage.project_id, stage_id=look.stage.id, wave_id=look.place.wave_id, name=look.name,
        title=title, state=PLANNED,
    )  # fmt: skip
    session.add(gate)
    session.flush()
    return gate


def keep_readings(session: Session, gate: Gate, look: Look, *, at: datetime) -> None:
    """Keep what every line measures; a later look of the same day takes the place of the earlier one."""
    today = {one.item_key: one for one in session.scalars(readings_of_gate(gate_id=gate.id)) if one.on == at.date()}
    for line in look.lines:
        reading = today.get(line.key)
        if reading is None:
            reading = GateReading(project_id=gate.project_id, gate_id=gate.id, item_key=line.key, on=at.date())
            session.add(reading)
        (reading.value, reading.target), reading.passed = line.measured, line.passed
