"""The gate checks about going live: every step has somebody and minutes, and the way back of the plan was rehearsed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.cutover import queries
from implementor.foundation.words import say
from implementor.stages.checks import GatePlace, Reading, gate_check, share


def declare_checks() -> None:
    """Make them known."""
    gate_check("cutover_planned", say("Each step of going live has somebody, minutes and a way back"), cutover_planned)
    label = say("Going live was rehearsed, with its way back and evidence of it")
    gate_check("way_back_rehearsed", label, way_back_rehearsed)


def cutover_planned(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the steps of the wave, those with an owner, minutes, and a way back unless nothing is taken back after them.

    A wave without steps does not pass.
    """
    steps = session.scalars(queries.steps_of_wave(project_id=place.project_id, wave_id=place.wave_id or 0))
    rows = [
        (one.name, bool(one.owner_id and one.minutes and (one.way_back.strip() or one.point_of_no_return)))
        for one in steps
    ]
    return share(rows, "cutover.steps", {"project_key": place.project_key}, empty_passes=False)


def way_back_rehearsed(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Whether one of the wave's rehearsals up to the day went back too and says where it can be seen.

    A wave without rehearsals does not pass.
    """
    found = session.scalars(queries.rehearsals_of_wave(project_id=place.project_id, wave_id=place.wave_id or 0)).all()
    held = [one for one in found if one.held_on <= place.on]
    good = [one for one in held if one.went_back and one.evidence.strip()]
    rows = [(one.name, True) for one in good[:1]] or [(one.name, False) for one in held[:1]]
    return share(rows, "cutover.rehearsals", {"project_key": place.project_key}, empty_passes=False)
