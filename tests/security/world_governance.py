"""The records of governance of the world: one of each kind that is open, and one for each deed that needs another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.governance.place import Here
from implementor.governance.services import actions, changes, decisions, risks, votes

if TYPE_CHECKING:
    from tests.security.world import Place


def add_records(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """Two risks, three decisions, two action items and a request for change."""
    here: dict[str, Any] = {"project_id": place.project_id, "by": by, "at": datetime.now(UTC)}
    deed = {"by": by, "at": here["at"]}
    rated = {"category": "data", "probability": 4, "impact": 4, "description": f"About {text}"}
    for name in ("risk", "closed_risk"):
        _keep(place, name, risks.write_risk(session, values={"title": f"Risk {text}", **rated}, **here))
    closed = session.get_one(risks.Risk, place.ids["closed_risk"])
    risks.close_risk(session, closed, reason=f"Over {text}", **deed)
    for name in ("decision", "voted_decision"):
        asked = decisions.ask_decision(session, values={"question": f"Question {text}"}, **here)
        _keep(place, name, asked)
    votes.ask_votes(session, asked, **deed)
    taken = decisions.record_decision(
        session, Here(place.project_id), question=f"Taken {text}", outcome=f"Yes {text}", reason=f"For {text}", **deed
    )
    _keep(place, "taken_decision", taken)
    for name in ("action_item", "done_action"):
        item = actions.write_action(session, values={"title": f"Action {text}"}, **here)
        _keep(place, name, item)
    actions.finish_action(session, item, result=f"Done {text}", **deed)
    wanted = {"title": f"Change {text}", "subject": "scope", "why": f"Because {text}"}
    _keep(place, "change_request", changes.ask_change(session, values=wanted, **here))


def _keep(place: Place, name: str, made: Any) -> None:
    place.ids |= {name: made.id, f"{name}_number": made.number}
