"""Gate checks about looking back: the retrospective of a wave was held, lessons are written down and signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Role
from implementor.foundation.words import say
from implementor.retrospectives.queries.lessons import kept_of_project, signatures_of
from implementor.retrospectives.queries.retrospectives import closed_of_wave
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share


def declare_checks() -> None:
    """Make them known."""
    gate_check("retrospective_held", say("The retrospective was held and each action has an owner"), retrospective_held)
    gate_check(
        "lessons_recorded", say("Lessons are written down, and none is a draft"), lessons_recorded,
        places=(PROJECT_PLACE, WAVE_PLACE),
    )  # fmt: skip
    signed = say("The lessons are signed in each role that signs them")
    gate_check("lessons_signed", signed, lessons_signed, places=(PROJECT_PLACE, WAVE_PLACE))


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


def lessons_signed(session: Session, place: GatePlace, parameters: Mapping[str, Any]) -> Reading:
    """Of the `roles` that the line names (the project lead), those in which the lessons of the project are signed."""
    wanted = [Role(role) for role in parameters.get("roles", ()) if role in PROJECT_ROLES] or [Role.PROJECT_LEAD]
    signed = {row.LessonSignature.role for row in session.execute(signatures_of(project_id=place.project_id))}
    rows = [(str(ROLE_LABELS[role]), str(role) in signed) for role in wanted]
    return share(rows, "retrospectives.lessons", {"project_key": place.project_key})
