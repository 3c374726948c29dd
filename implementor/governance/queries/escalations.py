"""How the climbing of obstacles is found: clocks of a project, those whose time is over, and the steps of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, func, literal, or_, select

from implementor.auth.models import User
from implementor.foundation.elapsed import SecondsBetween
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Role
from implementor.governance.escalation import COMMITTEE
from implementor.governance.models import Obstacle, ObstacleClock, ObstacleEscalation
from implementor.projects.models import WATCHED, Membership, Project


def clocks_of(*, project_id: int) -> Select[ObstacleClock]:
    """What a project says of working days on a rung."""
    return select(ObstacleClock).where(ObstacleClock.project_id == project_id).order_by(ObstacleClock.id)


def climbing(*, by: datetime, after: int, limit: int) -> Select[Obstacle]:
    """Open obstacles of projects in use whose time on their rung is over, or was never counted; by id after one."""
    return (
        select(Obstacle)
        .join(Project, Project.id == Obstacle.project_id)
        .where(
            Obstacle.resolved_at.is_(None),
            Obstacle.archived_at.is_(None),
            Obstacle.rung != COMMITTEE,
            or_(Obstacle.escalates_at <= by, Obstacle.escalates_at.is_(None)),
            Obstacle.id > after,
            Project.archived_at.is_(None),
            Project.status.in_(WATCHED),
        )
        .order_by(Obstacle.id)
        .limit(limit)
    )


def open_obstacles(*, project_id: int) -> Select[Obstacle]:
    """Everything that stands in a project's way, put away or not: its clock goes on."""
    return select(Obstacle).where(Obstacle.project_id == project_id, Obstacle.resolved_at.is_(None))


def steps_of(*, project_id: int, obstacle_id: int) -> Rows:
    """How an obstacle climbed, as rows (rung, at, reason, who), the latest first."""
    return (
        select(ObstacleEscalation.rung, ObstacleEscalation.at, ObstacleEscalation.reason, User.name.label("who"))
        .outerjoin(User, User.id == ObstacleEscalation.by_id)
        .where(ObstacleEscalation.project_id == project_id, ObstacleEscalation.obstacle_id == obstacle_id)
        .order_by(ObstacleEscalation.id.desc())
    )


def people_in_roles(*, project_id: int, roles: Iterable[Role]) -> Select[int]:
    """Ids of those who hold any of these roles in a project."""
    wanted = [str(role) for role in roles]
    return (
        select(Membership.user_id)
        .where(Membership.project_id == project_id, Membership.role.in_(wanted), Membership.removed_at.is_(None))
        .distinct()
    )


def weight_of_kinds(*, project_id: int, at: datetime) -> Rows:
    """What obstacles of each kind cost by now, as rows (kind, count, seconds, hours); open ones count until now."""
    until = func.coalesce(Obstacle.resolved_at, literal(at, Obstacle.opened_at.type))
    return (
        select(
            Obstacle.kind,
            func.count().label("count"),
            func.sum(SecondsBetween(Obstacle.opened_at, until)).label("seconds"),
            func.coalesce(func.sum(Obstacle.hours_lost), 0).label("hours"),
        )
        .where(Obstacle.project_id == project_id, Obstacle.archived_at.is_(None), Obstacle.opened_at <= at)
        .group_by(Obstacle.kind)
    )


def open_by_rung(*, project_id: int) -> Rows:
    """How many open obstacles are whose matter, as rows (rung, count)."""
    return (
        select(Obstacle.rung, func.count().label("count"))
        .where(Obstacle.project_id == project_id, Obstacle.resolved_at.is_(None), Obstacle.archived_at.is_(None))
        .group_by(Obstacle.rung)
    )
