"""The roles of a project as their page shows them: who holds which, until when, who stands in, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import PROJECT_ROLES, ROLE_LABELS, Role
from implementor.foundation.words import Phrase
from implementor.governance.models import RoleDelegation
from implementor.governance.queries.roles import REQUIRED_ROLES, delegations_of, holders_of_roles


@dataclass(frozen=True)
class Held:
    """One person in a role; `row` has the membership, the person, the term and the deputy."""

    row: Any
    is_over: bool
    stands_in: Sequence[RoleDelegation]


@dataclass(frozen=True)
class RoleRow:
    """One role with everybody who holds it."""

    role: Role
    label: Phrase
    is_required: bool
    held: Sequence[Held]

    @property
    def is_gap(self) -> bool:
        """Whether nobody holds it who could act, though somebody has to."""
        return self.is_required and all(one.is_over or one.row.disabled_at is not None for one in self.held)


@dataclass(frozen=True)
class RoleBoard:
    """Every role in the order of the domain, and the delegations that are not over."""

    rows: Sequence[RoleRow]
    delegations: Sequence[RoleDelegation]

    @property
    def gaps(self) -> list[RoleRow]:
        return [one for one in self.rows if one.is_gap]


def role_board(session: Session, *, project_id: int, at: datetime) -> RoleBoard:
    """The board of a project; two statements."""
    day = at.date()
    holders = session.execute(holders_of_roles(project_id=project_id)).all()
    found = session.scalars(delegations_of(project_id=project_id)).all()
    delegations = [one for one in found if one.ended_at is None and one.ends_on >= day]
    rows = [
        RoleRow(
            role, ROLE_LABELS[role], role in REQUIRED_ROLES,
            [_held(row, delegations, day) for row in holders if row.role == str(role)],
        )
        for role in PROJECT_ROLES
    ]  # fmt: skip
    return RoleBoard(rows, delegations)


def _held(row: Any, delegations: Sequence[RoleDelegation], day: date) -> Held:
    now = [
        one
        for one in delegations
        if (one.role, one.from_id) == (row.role, row.user_id) and one.starts_on <= day <= one.ends_on
    ]
    return Held(row, row.ends_on is not None and row.ends_on < day, now)
