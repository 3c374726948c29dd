"""What records say that a lesson can be written from: the words that are carried over, by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import NOBODY
from implementor.governance.models import Decision, Obstacle, Risk
from implementor.governance.queries.records import in_scope

LONGEST_TITLE = 160


def _of_risk(risk: Risk) -> dict[str, Any]:
    return {"title": risk.title, "context": risk.description}


def _of_obstacle(obstacle: Obstacle) -> dict[str, Any]:
    told = "\n".join(filter(None, (obstacle.technical_cause, obstacle.resolution)))
    return {"title": obstacle.title, "context": obstacle.description, "what_happened": told}


def _of_decision(decision: Decision) -> dict[str, Any]:
    told = "\n".join(filter(None, (decision.outcome, decision.reason)))
    return {"title": decision.question, "context": decision.background, "what_happened": told}


SOURCES: Mapping[str, tuple[type[Any], Callable[[Any], dict[str, Any]]]] = {
    "risk": (Risk, _of_risk),
    "obstacle": (Obstacle, _of_obstacle),
    "decision": (Decision, _of_decision),
}
"""Kinds of governance that bring lessons; notes of retrospectives do too, by their own service."""


def text_of(session: Session, kind: str, record_id: int, *, project_id: int) -> dict[str, Any] | None:
    """What a record of the project says, as values of a lesson; None for what brings no lessons or is not there."""
    if kind not in SOURCES:
        return None
    model, says = SOURCES[kind]
    found = session.scalars(in_scope(model)(Scope(project_id, NOBODY), record_id)).one_or_none()
    if found is None:
        return None
    values = says(found)
    return {**values, "title": str(values["title"])[:LONGEST_TITLE]}
