"""The gates of the world: one at the end of each project, being prepared, by a version of a method of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.stages import gate_lines, gate_services
from implementor.stages.gate_finding import look_at_gate
from implementor.stages.gate_queries import draft_of
from implementor.stages.method_services import (
    begin_draft,
    change_stage,
    publish,
    put_item,
    stage_of_draft,
)
from implementor.stages.method_store import newest_method
from implementor.stages.methods import Item

if TYPE_CHECKING:
    from tests.security.world import Place

LESSONS = Item("lessons", {"en": "Lessons", "es": "Lecciones"}, "project_lead")


def add_gates(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """A gate out of the last stage, so that the waves go on as before; and a version still to move to."""
    at = datetime.now(UTC)
    newest = newest_method(session, "open")
    if newest is not None and not any(stage.is_gated for stage in newest.stages):
        _publish_gated(session, by, at)
        _publish_gated(session, by, at)
        begin_draft(session, "classic", by=by, at=at)
    project = session.get_one(Project, place.project_id)
    newest = newest_method(session, "open")
    project.method_version = newest.version - 1 if newest is not None else 1
    session.flush()
    look = look_at_gate(session, project, "release", at=at)
    gate_services.prepare_gate(session, project, look, by=by, at=at)
    look = look_at_gate(session, project, "release", at=at)
    gate_lines.tick_line(session, look, "lessons", evidence=f"Evidence {text}", by=by, at=at)


def _publish_gated(session: Session, by: Actor, at: datetime) -> None:
    begin_draft(session, "open", by=by, at=at)
    draft = session.scalars(draft_of(key="open")).one()
    _, stage = stage_of_draft(draft, "release")
    values = {"names": stage.names, "purposes": stage.purposes, "signatures": ["project_lead", "sponsor"]}
    change_stage(session, draft, "release", values, by=by)
    put_item(session, draft, "release", replace(LESSONS, weight=len(stage.items) + 1), by=by)
    publish(session, draft, by=by, at=at)
