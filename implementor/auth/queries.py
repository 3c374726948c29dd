"""People, areas, teams and sessions, as the pages and rules need to find them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from implementor.auth.models import AccountLink, Area, InstallationRole, Team, TeamMember, User, UserSession
from implementor.foundation.permissions import Role
from implementor.foundation.text import folded

ROLE_HELD = and_(InstallationRole.user_id == User.id, InstallationRole.revoked_at.is_(None))


def person_by_email(email: str) -> Select[User]:
    """The person with this address, however it is capitalised."""
    return select(User).where(User.email_key == folded(email.strip()))


def person_by_id(user_id: int) -> Select[User]:
    """The person of that id."""
    return select(User).where(User.id == user_id)


def sign_in_of(token_hash: Any, *carried: Any) -> Select[Any]:
    """Session and person of a token, one row for each role held (one without a role where none is).

    `carried` are labelled columns of others that would else cost a statement of their own.
    """
    person: tuple[Any, ...] = (
        User.name,
        User.email,
        User.language,
        User.time_zone,
        User.theme,
        User.density,
        User.single_keys,
    )
    times = (UserSession.created_at, UserSession.last_seen_at, UserSession.expires_at, UserSession.authenticated_at)
    return (
        select(
            UserSession.id, UserSession.user_id, *times, UserSession.is_remembered, UserSession.revoked_at, *person,
            User.disabled_at, InstallationRole.role, *carried,
        )
        .join(User, User.id == UserSession.user_id)
        .outerjoin(InstallationRole, ROLE_HELD)
        .where(UserSession.token_hash == token_hash)
    )  # fmt: skip


def roles_of(user_ids: Iterable[int]) -> Select[int, str]:
    """(user id, role) for every role of the installation that these people hold now."""
    return (
        select(InstallationRole.user_id, InstallationRole.role)
        .where(InstallationRole.user_id.in_(list(user_ids)), InstallationRole.revoked_at.is_(None))
        .order_by(InstallationRole.id)
    )


def role_held(user_id: int, role: Role) -> Select[InstallationRole]:
    """The fact that somebody holds a role now."""
    return select(InstallationRole).where(
        InstallationRole.user_id == user_id, InstallationRole.role == role, InstallationRole.revoked_at.is_(None)
    )


def active_administrators() -> Select[int]:
    """Ids of the people who can administer the installation now."""
    return (
        select(User.id)
        .join(InstallationRole, ROLE_HELD)
        .where(InstallationRole.role == Role.ADMIN, User.disabled_at.is_(None))
    )


def people(words: str = "", *, with_disabled: bool = True) -> Select[Any]:
    """Rows of the list of people; `words` must be part of the name or the address."""
    has_password: Any = User.password_hash.is_not(None).label("has_password")
    statement = select(User.id, User.name, User.email, User.disabled_at, has_password)
    if words.strip():
        part = folded(words.strip())
        statement = statement.where(
            or_(User.name_key.contains(part, autoescape=True), User.email_key.contains(part, autoescape=True))
        )
    return statement if with_disabled else statement.where(User.disabled_at.is_(None))


def people_to_choose() -> Select[int, str]:
    """(id, name) of everybody who may sign in, by name."""
    return select(User.id, User.name).where(User.disabled_at.is_(None)).order_by(User.name_key, User.id)


def open_sessions(user_id: int, at: datetime) -> Select[UserSession]:
    """Browsers in which somebody is signed in, the last used first; idle ones may still be among them."""
    return (
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.revoked_at.is_(None), UserSession.expires_at > at)
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )


def link_by_hash(token_hash: str) -> Select[AccountLink]:
    """The link with that token."""
    return select(AccountLink).where(AccountLink.token_hash == token_hash)


def areas(*, with_archived: bool = False) -> Select[Area]:
    """Areas by name, each with its head."""
    statement = select(Area).options(selectinload(Area.head)).order_by(Area.name_key, Area.id)
    return statement if with_archived else statement.where(Area.archived_at.is_(None))


def area_by_id(area_id: int) -> Select[Area]:
    """The area of that id, with its parent and head."""
    return select(Area).options(selectinload(Area.parent), selectinload(Area.head)).where(Area.id == area_id)


def areas_to_choose() -> Select[int, str]:
    """(id, name) of the areas in use, by name."""
    return select(Area.id, Area.name).where(Area.archived_at.is_(None)).order_by(Area.name_key, Area.id)


def children_of_area(area_id: int) -> Select[Area]:
    """Areas directly below one, those in use."""
    return select(Area).where(Area.parent_id == area_id, Area.archived_at.is_(None)).order_by(Area.name_key)


def teams() -> Select[Any]:
    """Rows of the list of teams, archived ones too: team, area's and manager's names, how many people."""
    manager = aliased(User)
    size = (
        select(func.count())
        .where(TeamMember.team_id == Team.id, TeamMember.left_at.is_(None))
        .correlate(Team)
        .scalar_subquery()
    )
    return (
        select(Team.id, Team.name, Team.archived_at, Area.name.label("area"), manager.name.label("manager"),
               size.label("size"))
        .outerjoin(Area, Area.id == Team.area_id)
        .outerjoin(manager, manager.id == Team.manager_id)
    )  # fmt: skip


def teams_to_choose() -> Select[int, str]:
    """(id, name) of the teams in use, by name."""
    return select(Team.id, Team.name).where(Team.archived_at.is_(None)).order_by(Team.name_key, Team.id)


def team_by_id(team_id: int) -> Select[Team]:
    """The team of that id, with its area and manager."""
    return select(Team).options(selectinload(Team.area), selectinload(Team.manager)).where(Team.id == team_id)


def members_of_team(team_id: int) -> Select[int, str, str, datetime]:
    """(user id, name, email, joined_at) of the people in a team now, by name."""
    return (
        select(User.id, User.name, User.email, TeamMember.joined_at)
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.team_id == team_id, TeamMember.left_at.is_(None))
        .order_by(User.name_key, User.id)
    )


def membership(team_id: int, user_id: int) -> Select[TeamMember]:
    """The fact that somebody is in a team now."""
    return select(TeamMember).where(
        TeamMember.team_id == team_id, TeamMember.user_id == user_id, TeamMember.left_at.is_(None)
    )


def colleagues_of(user_id: int | None) -> Select[int]:
    """Ids of the people in the teams that somebody is in or leads now; for conditions such as `owner_id IN (...)`."""
    led = select(Team.id).where(Team.manager_id == user_id, Team.archived_at.is_(None))
    joined = (
        select(TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.user_id == user_id, TeamMember.left_at.is_(None), Team.archived_at.is_(None))
    )
    theirs = or_(TeamMember.team_id.in_(led), TeamMember.team_id.in_(joined))
    return select(TeamMember.user_id).where(theirs, TeamMember.left_at.is_(None))


def teams_of_person(user_id: int) -> Select[int, str]:
    """(id, name) of the teams somebody is in now."""
    return (
        select(Team.id, Team.name)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.user_id == user_id, TeamMember.left_at.is_(None), Team.archived_at.is_(None))
        .order_by(Team.name_key)
    )
