"""How obstacles are found, always inside one project or inside what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Role
from implementor.governance.models import Obstacle
from implementor.projects.models import Membership, Project
from implementor.projects.queries import is_visible_to

MOST_OF_MINE = 10


def obstacles_in_use(scope: Scope) -> Select[Obstacle]:
    """The obstacles of the scope's project that are not put away."""
    return select(Obstacle).where(Obstacle.project_id == scope.project_id, Obstacle.archived_at.is_(None))


def obstacle_in_scope(scope: Scope, record_id: int) -> Select[Obstacle]:
    """One obstacle of the scope's project by id, archived or not."""
    return select(Obstacle).where(Obstacle.project_id == scope.project_id, Obstacle.id == record_id)


def obstacle_with_people(*, project_id: int, number: int) -> Select[Obstacle]:
    """One obstacle by its number, with who owns, opened and resolved it."""
    people = (Obstacle.owner, Obstacle.opened_by, Obstacle.resolved_by)
    return (
        select(Obstacle)
        .where(Obstacle.project_id == project_id, Obstacle.number == number)
        .options(*(joinedload(person) for person in people))
    )


def open_obstacles_by_severity(*, project_id: int) -> Rows:
    """How many open obstacles of each severity a project has, as rows (severity, count)."""
    return (
        select(Obstacle.severity, func.count().label("count"))
        .where(Obstacle.project_id == project_id, Obstacle.resolved_at.is_(None), Obstacle.archived_at.is_(None))
        .group_by(Obstacle.severity)
    )


def open_obstacles_of_person(actor: Actor) -> Rows:
    """Open obstacles that the actor owns in projects in use, the oldest first."""
    return (
        select(
            Obstacle.id, Obstacle.number, Obstacle.title, Obstacle.severity, Obstacle.opened_at,
            Project.key.label("project_key"),
        )
        .join(Project, Project.id == Obstacle.project_id)
        .where(
            Obstacle.owner_id == actor.user_id,
            Obstacle.resolved_at.is_(None),
            Obstacle.archived_at.is_(None),
            Project.archived_at.is_(None),
            is_visible_to(actor),
        )
        .order_by(Obstacle.opened_at, Obstacle.id)
        .limit(MOST_OF_MINE)
    )  # fmt: skip


def person_in_role(*, project_id: int, role: Role) -> Select[int]:
    """Id of the person who has held a role of a project for longest."""
    return (
        select(Membership.user_id)
        .where(Membership.project_id == project_id, Membership.role == str(role), Membership.removed_at.is_(None))
        .order_by(Membership.id)
        .limit(1)
    )


def titles_of_obstacles(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible obstacles of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(Obstacle.id, Obstacle.title, Project.key.label("project_key"), Obstacle.number)
        .join(Project, Project.id == Obstacle.project_id)
        .where(Obstacle.id.in_(list(ids)), is_visible_to(actor))
    )
