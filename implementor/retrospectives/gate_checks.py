"""Gate checks about looking back: the retrospective of a wave was held, and lessons are written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.retrospectives.queries.lessons import kept_of_project
from implementor.retrospectives.queries.retrospectives import closed_of_wave
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share


def declare_checks() -> None:
    """Make them known."""
    gate_check("retrospective_held", say("The retrospective was held and each action has an owner"), retrospective_held)
    gate_check(
        "lessons_recorded", say("Lessons are written down, and none is a draft"), lessons_recorded,
        places=(PROJECT_PLACE, WAVE_PLACE),
    )  # fmt: skip


def retrospective_held(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the closed retrospectives of the wave and their actions, those that are assigned; none held does not pass."""
    found = session.execute(closed_of_wave(project_id=place.project_id, wave_id=place.wave_id)).all()
    held = {row.id: row.title for row in found}
    rows = [(title, True) for title in held.values()]
    rows += [(row.action, row.owner_id is not None) for row in found if row.action is not None]
    return share(rows, "retrospectives.index", {"project_key": place.project_key}, empty_passes=False)


def lessons_recorded(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the lessons of the project, those that are kept; a project without any does not pass."""
    found = session.execute(kept_of_project(project_id=place.project_id))
    rows = [(row.title, row.kept_at is not None) for row in found]
    return share(rows, "retrospectives.lessons", {"project_key": place.project_key}, empty_passes=False)
