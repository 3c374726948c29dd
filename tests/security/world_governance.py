"""The records of governance of the world: one of each kind that is open, and one for each deed that needs another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor, Role
from implementor.governance.models import Risk
from implementor.governance.place import Here
from implementor.governance.services import actions, changes, decisions, matrix, risks, roles, votes
from implementor.projects.queries import people_of_project

if TYPE_CHECKING:
    from tests.security.world import Place


def add_records(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """Two risks, three decisions, two action items and a request for change."""
    here: dict[str, Any] = {"project_id": place.project_id, "by": by, "at": datetime.now(UTC)}
    deed = {"by": by, "at": here["at"]}
    rated = {"category": "data", "probability": 4, "impact": 4, "description": f"About {text}"}
    for name in ("risk", "closed_risk"):
        _keep(place, name, risks.write_risk(session, values={"title": f"Risk {text}", **rated}, **here))
    closed = session.get_one(Risk, place.ids["closed_risk"])
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
    if place.key == "VEN":
        _add_delegation(session, place, by, here["at"])
    place.ids["matrix_item"] = matrix.add_item(session, title=f"Work {text}", kind="other", **here).id
    wanted = {"title": f"Change {text}", "subject": "scope", "why": f"Because {text}"}
    _keep(place, "change_request", changes.ask_change(session, values=wanted, **here))


def _add_delegation(session: Session, place: Place, by: Actor, at: datetime) -> None:
    """The lead's role is carried by somebody in a month's time: today nobody may do more because of it."""
    inside = session.execute(people_of_project(project_id=place.project_id)).all()
    bearer = next(one.id for one in inside if one.id != by.user_id)
    made = roles.hand_over(
        session, project_id=place.project_id, role=Role.PROJECT_LEAD, to_id=bearer, reason="Away", by=by, at=at,
        starts_on=at.date() + timedelta(days=30), ends_on=at.date() + timedelta(days=40),
    )  # fmt: skip
    place.ids["delegation"] = made.id


def _keep(place: Place, name: str, made: Any) -> None:
    place.ids |= {name: made.id, f"{name}_number": made.number}
