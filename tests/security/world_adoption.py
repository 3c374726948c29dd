"""Facts of the seller's day, and help that is under way and that is done, in each project."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.adoption.intervening import finish_intervention, write_intervention
from implementor.adoption.meeting import meet
from implementor.adoption.models import FactDay, PersonDay, TeamDay
from implementor.adoption.services import formula_in_force
from implementor.auth.models import InstallationRole, Team
from implementor.foundation.permissions import Actor, Role

if TYPE_CHECKING:
    from tests.security.world import Place


def add_adoption(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One intervention that is open and one that is done; the facts are of the company, so they are written once."""
    at = datetime.now(UTC)
    seller = session.scalars(
        select(InstallationRole.user_id).where(InstallationRole.role == Role.CRM_USER).limit(1)
    ).one_or_none()
    helped = seller or by.user_id
    if session.scalars(select(FactDay)).first() is None:
        formula = formula_in_force(session, at=at)
        session.add(FactDay(day=at.date(), written_at=at, first_change_id=0))
        facts = {"writing": 1, "present": 1, "records": 3, "wanted": 10, "filled": 4, "checked": 4, "valid": 4}
        session.add(PersonDay(user_id=helped, day=at.date(), formula_id=formula.id, is_new=False, was_there=True,
                              active_7=True, **facts))  # fmt: skip
        counts = {"people": 6, "newcomers": 0, "active_1": 1, "active_7": 1, "active_28": 1}
        for team_id in (0, *session.scalars(select(Team.id))):
            session.add(TeamDay(day=at.date(), team_id=team_id, formula_id=formula.id, **counts, **facts))
        session.flush()
    values = {"action": f"{place.key} {text}"[:200], "person_id": helped, "figure": "writing", "why": text}
    made = [write_intervention(session, project_id=place.project_id, by=by, at=at, values=values) for _number in (1, 2)]
    finish_intervention(session, made[1], result=text, by=by, at=at)
    # the person reads where they meet on their own page, so the place is none of the project's own words
    agreed = {"meets_at": at + timedelta(days=2), "meets_minutes": 60, "meets_place": "Room 4"}
    meet(session, made[0], agreed, zone="UTC", by=by, at=at)
    place.ids |= {"intervention": made[0].id, "finished_intervention": made[1].id}
