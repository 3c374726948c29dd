"""The gate check about use: it was measured for the people whose work the wave changes, since it is live."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption.gate_queries import live_since, people_measured, users_affected
from implementor.foundation.words import say
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check


def declare_checks() -> None:
    """Make it known."""
    label = say("Use was measured for the people concerned, since the wave is live")
    gate_check("use_measured", label, use_measured, places=(WAVE_PLACE, PROJECT_PLACE))


def use_measured(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the people with an account whose work the wave, or the project, changes: those measured since it is live.

    A fact of use on a day after the (last) wave went live counts; nobody is named. What is not live, or changes the
    work of nobody with an account, does not pass.
    """
    project_id, wave_id = place.project_id, place.wave_id
    people = set(session.scalars(users_affected(project_id=project_id, wave_id=wave_id, today=place.on)))
    live_at = session.scalars(live_since(project_id=project_id, wave_id=wave_id)).one_or_none()
    known: set[int] = set()
    if live_at is not None and people:
        known = set(session.scalars(people_measured(people, after=live_at.date(), until=place.on)))
    return Reading(
        Decimal(len(known)), Decimal(len(people)), endpoint="adoption.index",
        values={"project_key": place.project_key}, empty_passes=False,
    )  # fmt: skip
