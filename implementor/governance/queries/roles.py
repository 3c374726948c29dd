"""How terms, delegations and the holders of roles are found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, joinedload

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Permission, Role
from implementor.governance.delegation import BETWEEN, WITHIN
from implementor.governance.models import RoleDelegation, RoleTerm
from implementor.projects.models import ENDED, Membership, Programme, Project
from implementor.projects.place import sees_every_project

REQUIRED_ROLES = (
    Role.SPONSOR, Role.COMMITTEE, Role.PROJECT_LEAD, Role.FUNCTIONAL_LEAD, Role.DATA_LEAD, Role.CHANGE_LEAD,
)  # fmt: skip
"""Somebody has to hold these; a project without one of them has a gap."""
Deputy = aliased(User, name="deputy")


def _is_in_force() -> Any:
    """The giver still holds the role, and nobody ended it."""
    held = exists().where(
        Membership.project_id == RoleDelegation.project_id, Membership.user_id == RoleDelegation.from_id,
        Membership.role == RoleDelegation.role, Membership.removed_at.is_(None),
    )  # fmt: skip
    return and_(RoleDelegation.ended_at.is_(None), held)


def _packed() -> Any:
    starts, ends = cast(RoleDelegation.starts_on, String), cast(RoleDelegation.ends_on, String)
    packed = RoleDelegation.role + literal(WITHIN) + starts + literal(WITHIN) + ends
    return func.aggregate_strings(packed, BETWEEN)


def carried_in_place() -> ScalarSelect[str]:
    """What the person asking carries for others in a project, packed; asked along with the project itself."""
    return (
        select(_packed())
        .where(RoleDelegation.project_id == Project.id, RoleDelegation.to_id == bindparam("user_id"), _is_in_force())
        .correlate(Project)
        .scalar_subquery()
    )


def carried_by(*, user_id: int | None, project_id: int) -> Select[str]:
    """What a person carries for others in a project, packed."""
    return select(_packed()).where(
        RoleDelegation.project_id == project_id, RoleDelegation.to_id == user_id, _is_in_force()
    )


def carried_in(*, user_id: int | None, project_ids: Collection[int]) -> Rows:
    """Rows (project_id, packed) of what a person carries for others in these projects."""
    return (
        select(RoleDelegation.project_id, _packed().label("packed"))
        .where(RoleDelegation.project_id.in_(list(project_ids)), RoleDelegation.to_id == user_id, _is_in_force())
        .group_by(RoleDelegation.project_id)
    )


def roles_held_in(*, user_id: int | None, project_ids: Collection[int]) -> Rows:
    """Rows (project_id, role) of the roles that a person holds now in these projects."""
    return select(Membership.project_id, Membership.role).where(
        Membership.user_id == user_id, Membership.project_id.in_(list(project_ids)), Membership.removed_at.is_(None)
    )


def projects_in_role(actor: Actor, wanted: Permission) -> Select[int]:
    """Ids of the projects in which somebody holds a role that a permission names, or carries one today (UTC)."""
    roles = [str(role) for role in sorted(wanted.roles)]
    mine = select(Membership.project_id).where(Membership.user_id == actor.user_id, Membership.removed_at.is_(None))
    today = bindparam("roles_on", callable_=_today, type_=Date)
    carried = select(RoleDelegation.project_id).where(
        RoleDelegation.to_id == actor.user_id, RoleDelegation.role.in_(roles), RoleDelegation.starts_on <= today,
        RoleDelegation.ends_on >= today, _is_in_force(), RoleDelegation.project_id.in_(mine),
    )  # fmt: skip
    return select(Project.id).where(
        or_(Project.id.in_(mine.where(Membership.role.in_(roles))), Project.id.in_(carried))
    )


def _today() -> date:
    """Read when the statement runs: it is put together once and kept."""
    return datetime.now(UTC).date()


def holders_of_roles(*, project_id: int) -> Rows:
    """Who holds which role, as rows of membership, person, term and deputy, in the order they came."""
    return (
        select(
            Membership.id, Membership.role, Membership.user_id, User.name, User.disabled_at,
            Membership.created_at.label("since"), RoleTerm.starts_on, RoleTerm.ends_on, RoleTerm.mandate,
            RoleTerm.deputy_id, Deputy.name.label("deputy"),
        )
        .join(User, User.id == Membership.user_id)
        .outerjoin(RoleTerm, RoleTerm.membership_id == Membership.id)
        .outerjoin(Deputy, Deputy.id == RoleTerm.deputy_id)
        .where(Membership.project_id == project_id, Membership.removed_at.is_(None))
        .order_by(Membership.id)
    )  # fmt: skip


def term_of(*, membership_id: int) -> Select[RoleTerm]:
    """The term of a membership."""
    return select(RoleTerm).where(RoleTerm.membership_id == membership_id)


def delegations_of(*, project_id: int) -> Select[RoleDelegation]:
    """The latest delegations of a project with both people, those that end last first."""
    return (
        select(RoleDelegation)
        .where(RoleDelegation.project_id == project_id)
        .options(joinedload(RoleDelegation.giver), joinedload(RoleDelegation.bearer))
        .order_by(RoleDelegation.ends_on.desc(), RoleDelegation.id.desc())
        .limit(50)
    )


def delegation_in(*, project_id: int, delegation_id: int) -> Select[RoleDelegation]:
    """One delegation of a project with both people."""
    return (
        select(RoleDelegation)
        .where(RoleDelegation.project_id == project_id, RoleDelegation.id == delegation_id)
        .options(joinedload(RoleDelegation.giver), joinedload(RoleDelegation.bearer))
    )


def only_held_by(*, user_id: int) -> Rows:
    """Required roles that only this person holds, in projects in use, as rows (membership_id, project_id, role)."""
    other, account = aliased(Membership), aliased(User)
    others = exists().where(
        other.project_id == Membership.project_id, other.role == Membership.role, other.user_id != user_id,
        other.removed_at.is_(None), account.id == other.user_id, account.disabled_at.is_(None),
    )  # fmt: skip
    return (
        select(Membership.id.label("membership_id"), Membership.project_id, Membership.role)
        .join(Project, Project.id == Membership.project_id)
        .where(
            Membership.user_id == user_id, Membership.removed_at.is_(None), Project.archived_at.is_(None),
            Project.status.not_in(ENDED), Membership.role.in_([str(role) for role in REQUIRED_ROLES]), ~others,
        )
        .order_by(Membership.project_id, Membership.id)
    )  # fmt: skip


def programmes_sponsored_by(*, user_id: int) -> Select[int]:
    """Ids of the programmes in use whose sponsor this person is."""
    return (
        select(Programme.id)
        .where(Programme.sponsor_id == user_id, Programme.archived_at.is_(None))
        .order_by(Programme.name_key, Programme.id)
    )


def programmes_named_for(actor: Actor, ids: Collection[int]) -> Rows:
    """Rows (id, title) of programmes, for who sees every project and for their sponsor."""
    known = true() if sees_every_project(actor) else Programme.sponsor_id == actor.user_id
    return select(Programme.id, Programme.name.label("title")).where(Programme.id.in_(list(ids)), known)


def possible_successors(*, user_id: int) -> Rows:
    """Everybody else who can sign in, as rows (id, name), by name."""
    return (
        select(User.id, User.name)
        .where(User.disabled_at.is_(None), User.id != user_id)
        .order_by(User.name_key, User.id)
    )
