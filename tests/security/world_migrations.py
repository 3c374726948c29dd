"""The migration runs of the world: one with a figure that is to be explained, and one that is signed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.releases import services
from implementor.releases.figures import measure_named

if TYPE_CHECKING:
    from tests.security.world import Place


def add_migrations(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """Two runs with a figure each."""
    at = datetime.now(UTC)
    measure = measure_named("account", "")
    assert measure is not None
    for name, expected in (("migration_run", 3), ("signed_migration", 0)):
        values = {"name": f"Run {text}", "system": f"System {text}", "note": f"About {text}"}
        run = services.create_run(session, project_id=place.project_id, values=values, by=by, at=at)
        figure = services.expect(session, run, measure, system="", currency="", expected=expected)
        session.flush()
        services.keep_counts(session, run, [figure], services.found_now(session, [figure]), by=by, at=at)
        place.ids |= {name: run.id, f"{name}_figure": figure.id}
    session.flush()
    services.sign(session, run, by=by, at=at)
