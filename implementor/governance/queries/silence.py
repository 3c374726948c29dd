"""How what rests is found: limits, open records with the moment they last moved, and who was told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, select

from implementor.auth.models import User
from implementor.comments.models import Comment
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Role
from implementor.governance.models import SilenceLimit, SilenceNotice
from implementor.projects.models import WATCHED, Membership, Project


def open_rows_of(model: type[Any], title: Any, *is_open: Any) -> Callable[[], Rows]:
    """Rows of open records of a model, each with when it was last changed or talked about."""

    def rows() -> Rows:
        talked = (
            select(func.max(Comment.created_at))
            .where(Comment.about_kind == model.__record_kind__, Comment.about_id == model.id)
            .correlate(model)
            .scalar_subquery()
        )
        moved = case((talked > model.updated_at, talked), else_=model.updated_at)
        return select(
            model.id, model.project_id, model.number, title.label("title"), model.owner_id, moved.label("moved_at")
        ).where(model.archived_at.is_(None), *is_open)

    return rows


def resting(rows: Rows, *, since: datetime, project_id: int | None = None, after: int = 0, limit: int) -> Rows:
    """The part of such rows, in projects in use, that did not move after a moment; by id, for batches after an id.

    `hearer_id` and `owner` are of an owner who is still of the project; whoever left it is neither told nor named.
    """
    found = rows.subquery()
    is_here = exists().where(
        Membership.project_id == found.c.project_id, Membership.user_id == found.c.owner_id,
        Membership.removed_at.is_(None),
    )  # fmt: skip
    narrowed = (
        select(found, User.id.label("hearer_id"), User.name.label("owner"), Project.key.label("project_key"))
        .join(Project, Project.id == found.c.project_id)
        .outerjoin(User, and_(User.id == found.c.owner_id, is_here))
        .where(found.c.moved_at <= since, found.c.id > after)
        .where(Project.archived_at.is_(None), Project.status.in_(WATCHED))
        .order_by(found.c.id)
        .limit(limit)
    )
    return narrowed if project_id is None else narrowed.where(found.c.project_id == project_id)


def limits_of(*, project_id: int | None = None) -> Select[SilenceLimit]:
    """The limits that projects set for themselves; of one project, or of all."""
    found = select(SilenceLimit).order_by(SilenceLimit.id)
    return found if project_id is None else found.where(SilenceLimit.project_id == project_id)


def notices_about(kind: str, ids: Iterable[int]) -> Rows:
    """Who was told of records, as rows (record_id, moved_at, step, told_at, who)."""
    return (
        select(
            SilenceNotice.record_id, SilenceNotice.moved_at, SilenceNotice.step, SilenceNotice.told_at,
            User.name.label("who"),
        )
        .outerjoin(User, User.id == SilenceNotice.told_id)
        .where(SilenceNotice.record_kind == kind, SilenceNotice.record_id.in_(list(ids)))
        .order_by(SilenceNotice.step)
    )  # fmt: skip


def holders(*, project_ids: Iterable[int]) -> Rows:
    """Who leads and sponsors projects, as rows (project_id, role, user_id), the longest in the role first."""
    wanted = (str(Role.PROJECT_LEAD), str(Role.SPONSOR))
    return (
        select(Membership.project_id, Membership.role, Membership.user_id)
        .where(
            Membership.project_id.in_(list(project_ids)), Membership.role.in_(wanted), Membership.removed_at.is_(None)
        )
        .order_by(Membership.id)
    )
