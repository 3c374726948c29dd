"""Teams: who works together, in which area, and who answers for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.auth import queries
from implementor.auth.models import Area, Team, TeamMember, User
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded
from implementor.foundation.words import say

LONGEST_NAME = 120


def add_team(
    session: Session, *, name: str, area_id: int | None = None, manager_id: int | None = None, by: Actor, at: datetime
) -> Team:
    """Add a team; its manager is not thereby one of its members."""
    team = Team(name=_checked_name(session, name, None))
    _place(session, team, area_id, manager_id)
    session.add(team)
    session.flush()
    return team


def edit_team(
    session: Session, team: Team, *, name: str, area_id: int | None, manager_id: int | None, by: Actor, at: datetime
) -> None:
    """Rename a team, give it to another area or another manager."""
    name = _checked_name(session, name, team.id)
    _place(session, team, area_id, manager_id)
    team.name = name


def archive_team(team: Team, *, by: Actor, at: datetime) -> None:
    """Put a team away with its people in it."""
    team.archived_at, team.archived_by_id = at, by.user_id


def restore_team(session: Session, team: Team, *, by: Actor, at: datetime) -> None:
    """Take a team back into use."""
    _checked_name(session, team.name, team.id)
    team.archived_at = team.archived_by_id = None


def add_member(session: Session, team: Team, user: User, *, by: Actor, at: datetime) -> None:
    """Put somebody into a team; being in it already changes nothing."""
    if user.is_disabled:
        raise InvalidInput({"user_id": say("Choose a person from the list.")})
    if session.scalars(queries.membership(team.id, user.id)).first() is None:
        session.add(TeamMember(team_id=team.id, user_id=user.id, joined_at=at, joined_by_id=by.user_id))
        session.flush()


def remove_member(session: Session, team: Team, user: User, *, by: Actor, at: datetime) -> None:
    """Take somebody out of a team; that they were in it stays known."""
    member = session.scalars(queries.membership(team.id, user.id)).first()
    if member is not None:
        member.left_at, member.left_by_id = at, by.user_id


def _checked_name(session: Session, name: str, team_id: int | None) -> str:
    name = clean_line(name)
    if not name:
        raise InvalidInput({"name": say("Write a name for the team.")})
    if len(name) > LONGEST_NAME:
        raise InvalidInput({"name": say("A name may have %(longest)s characters.", longest=LONGEST_NAME)})
    same = select(Team.id).where(Team.name_key == folded(name), Team.archived_at.is_(None))
    if session.scalars(same).first() not in (None, team_id):
        raise InvalidInput({"name": say("There is a team of this name already.")})
    return name


def _place(session: Session, team: Team, area_id: int | None, manager_id: int | None) -> None:
    if area_id is not None and area_id != team.area_id:
        area = session.get(Area, area_id)
        if area is None or area.is_archived:
            raise InvalidInput({"area_id": say("Choose an area from the list.")})
    if manager_id is not None and manager_id != team.manager_id:
        manager = session.get(User, manager_id)
        if manager is None or manager.is_disabled:
            raise InvalidInput({"manager_id": say("Choose a person from the list.")})
    team.area_id, team.manager_id = area_id, manager_id
