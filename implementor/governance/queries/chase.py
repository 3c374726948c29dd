"""How what is run after is found: rows of a kind in a project, who holds its roles, and who was reminded last."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Role
from implementor.governance.models import Reminder
from implementor.projects.models import Membership


def waiting_rows(rows: Rows, *, project_id: int, matter_id: int | None = None, limit: int) -> Rows:
    """Rows of one kind in a project with the name of their owner, the longest waiting first; or the one of an id."""
    found = rows.subquery()
    narrowed = (
        select(found, User.name.label("owner"))
        .outerjoin(User, User.id == found.c.owner_id)
        .where(found.c.project_id == project_id)
        .order_by(found.c.due_on, found.c.id)
        .limit(limit)
    )
    return narrowed if matter_id is None else narrowed.where(found.c.id == matter_id)


def people_by_role(*, project_id: int, roles: Iterable[Role]) -> Rows:
    """Who holds roles of a project, as rows (role, id, name), the longest in it first."""
    wanted = sorted(str(role) for role in roles)
    return (
        select(Membership.role, User.id, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.project_id == project_id, Membership.role.in_(wanted), Membership.removed_at.is_(None))
        .order_by(Membership.id)
    )


def last_reminders(*, project_id: int) -> Rows:
    """The latest reminder of each matter, as rows (chased, matter_id, at, told, who)."""
    told, who = aliased(User), aliased(User)
    latest = (
        select(func.max(Reminder.id).label("id"))
        .where(Reminder.project_id == project_id)
        .group_by(Reminder.chased, Reminder.matter_id)
        .subquery()
    )
    return (
        select(Reminder.chased, Reminder.matter_id, Reminder.at, told.name.label("told"), who.name.label("who"))
        .join(latest, latest.c.id == Reminder.id)
        .join(told, told.id == Reminder.told_id)
        .outerjoin(who, who.id == Reminder.by_id)
    )
