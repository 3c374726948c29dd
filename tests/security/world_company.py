"""The areas and teams of the company that the walks name: of each one in use and one put away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.auth.models import User
from implementor.auth.services import areas, teams
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import Person, working


def add_areas_and_teams(app: Flask, ids: dict[str, int], member: Person) -> None:
    """Fill in the ids of two areas and two teams; of each two, the spare one is archived."""
    by_at: dict[str, Any] = {"by": SYSTEM, "at": datetime.now(UTC)}
    with working(app) as session:
        spare, area = (
            areas.add_area(session, name=name, parent_id=None, head_id=None, **by_at) for name in ("Spare", "Sales")
        )
        team, closed = (
            teams.add_team(session, name=name, area_id=None, manager_id=None, **by_at) for name in ("Crew", "Old")
        )
        session.add_all((spare, area, team, closed))
        session.flush()
        teams.add_member(session, team, session.get_one(User, member.id), **by_at)
        ids.update(spare_area=spare.id, area=area.id, team=team.id, spare_team=closed.id)
    with working(app) as session:
        areas.archive_area(session, session.get_one(type(area), ids["spare_area"]), **by_at)
        teams.archive_team(session.get_one(type(team), ids["spare_team"]), **by_at)
