"""Records of the CRM by the team and the area of their owner, for figures over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from implementor.auth.models import Area, Team, TeamMember
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.measures import split_by
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.words import say

OWNERS_TEAMS = (
    select(TeamMember.user_id, Team.id.label("team_id"))
    .join(Team, Team.id == TeamMember.team_id)
    .where(TeamMember.left_at.is_(None), Team.archived_at.is_(None))
)


def part_by_owners_team() -> None:
    """Let every kind that has owners be parted so; who is in several teams counts in each of them."""
    for kind, declared in crm_kinds.items():
        model = declared.entity.model
        if hasattr(model, "owner_id"):
            teams = OWNERS_TEAMS.distinct().subquery("owners_teams")
            by_area = OWNERS_TEAMS.with_only_columns(TeamMember.user_id, Team.area_id, maintain_column_froms=True)
            areas = by_area.distinct().subquery("owners_areas")
            split_by(
                kind,
                Split(
                    "owners_team", say("Team of the owner"), teams.c.team_id, _of_owner(model, teams), names_of_teams,
                    several=True,
                ),
                Split(
                    "owners_area", say("Area of the owner"), areas.c.area_id, _of_owner(model, areas), names_of_areas,
                    several=True,
                ),
            )  # fmt: skip


def _of_owner(model: Any, places: Any) -> Callable[[Rows], Rows]:
    return lambda found: found.outerjoin(places, places.c.user_id == model.owner_id)


def names_of_teams(ids: Iterable[Any]) -> Rows:
    """Rows (id, name) of teams."""
    return select(Team.id, Team.name).where(Team.id.in_([one for one in ids if one is not None]))


def names_of_areas(ids: Iterable[Any]) -> Rows:
    """Rows (id, name) of areas."""
    return select(Area.id, Area.name).where(Area.id.in_([one for one in ids if one is not None]))
