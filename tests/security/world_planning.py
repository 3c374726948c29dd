"""A moment of a project's plan that has a name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.planning.snapshots import LONGEST, name_snapshot

if TYPE_CHECKING:
    from tests.security.world import Place


def add_snapshots(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One snapshot in each project."""
    name = f"{place.key} {text}"[:LONGEST]
    made = name_snapshot(session, project_id=place.project_id, name=name, by=by, at=datetime.now(UTC))
    place.ids["snapshot"] = made.id
