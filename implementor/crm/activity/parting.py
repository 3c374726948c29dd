"""Records of the CRM by the team and the area of their owner, for figures over them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from implementor.auth.models import Area, Team, TeamMember
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.measures import Split, split_by
from implementor.foundation.model import Rows
from implementor.foundation.words import say

OwnersPlace = aliased(TeamMember, name="owners_place")
OwnersTeam = aliased(Team, name="owners_team")


def part_by_owners_team() -> None:
    """Let every kind that has owners be parted so; who is in several teams counts in each of them."""
    for kind, declared in crm_kinds.items():
        model = declared.entity.model
        if hasattr(model, "owner_id"):
            split_by(
                kind,
                Split("owners_team", say("Team of the owner"), OwnersTeam.id, _teams(model), names_of_teams),
                Split("owners_area", say("Area of the owner"), OwnersTeam.area_id, _teams(model), names_of_areas),
            )


def _teams(model: Any) -> Any:
    def join(found: Rows) -> Rows:
        present = (OwnersPlace.user_id == model.owner_id) & OwnersPlace.left_at.is_(None)
        in_use = (OwnersTeam.id == OwnersPlace.team_id) & OwnersTeam.archived_at.is_(None)
        return found.outerjoin(OwnersPlace, present).outerjoin(OwnersTeam, in_use)

    return join


def names_of_teams(ids: Iterable[Any]) -> Rows:
    """Rows (id, name) of teams."""
    return select(Team.id, Team.name).where(Team.id.in_([one for one in ids if one is not None]))


def names_of_areas(ids: Iterable[Any]) -> Rows:
    """Rows (id, name) of areas."""
    return select(Area.id, Area.name).where(Area.id.in_([one for one in ids if one is not None]))
