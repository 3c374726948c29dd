"""What people of the world asked: a request to be taken up, an earlier one, and one that is settled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.support.models import SupportRequest, SupportShift

if TYPE_CHECKING:
    from tests.security.world import Place


def add_requests(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each."""
    states = {"support_request": "open", "earlier_request": "answered", "settled_request": "done"}
    for name, state in states.items():
        made = SupportRequest(
            project_id=place.project_id, name=f"Request {text}"[:160], body=f"Asked {text}", state=state
        )
        session.add(made)
        session.flush()
        place.ids[name] = made.id
    shift = SupportShift(
        project_id=place.project_id, name=f"Reachable {text}"[:160], channel=f"Chat {text}"[:160],
        starts_at=datetime(2026, 3, 2, 9, tzinfo=UTC), ends_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
    )  # fmt: skip
    session.add(shift)
    session.flush()
    place.ids["support_shift"] = shift.id
