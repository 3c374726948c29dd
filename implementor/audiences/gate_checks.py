"""The gate check about people affected: whose work a wave changes, how much, and what is done to prepare them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.queries.impacts import impacts_of_wave
from implementor.foundation.words import say
from implementor.stages.checks import GatePlace, Reading, gate_check, share


def declare_checks() -> None:
    """Make it known."""
    gate_check("impact_known", say("Each change of work of the wave is rated and says how people are prepared"),
               impact_known)  # fmt: skip


def impact_known(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the changes that the wave or its stories bring to audiences, those with a degree above 0 and a response.

    A wave that changes nobody's work on paper does not pass: somebody has to look.
    """
    found = session.execute(impacts_of_wave(project_id=place.project_id, wave_id=place.wave_id or 0))
    rows = [(f"{row.audience}: {row.name}", row.points > 0 and bool(row.response.strip())) for row in found]
    return share(rows, "audiences.change_impacts", {"project_key": place.project_key}, empty_passes=False)
