"""How committees, the people on them and the limits of roles are found; always inside one project or programme."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from implementor.auth.models import User
from implementor.committees.models import Committee, CommitteeLimit, CommitteeMember
from implementor.committees.queries.programmes import committees_seen_by
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Programme, Project
from implementor.projects.queries import is_visible_to

CHAIR_FIRST = case({"chair": 0, "member": 1}, value=CommitteeMember.part, else_=2)


def in_use(model: type[Any]) -> Callable[[Scope], Rows]:
    """The records of the scope's project that are not put away."""
    return lambda scope: select(model).where(model.project_id == scope.project_id, model.archived_at.is_(None))


def in_scope(model: type[Any]) -> Callable[[Scope, int], Rows]:
    """One record of the scope's project by id, archived or not."""
    return lambda scope, record_id: select(model).where(model.project_id == scope.project_id, model.id == record_id)


def titles_of(model: type[Any], title: Any) -> Callable[[Actor, Iterable[int]], Rows]:
    """Visible records of some ids as rows (id, title, project_key, number, programme_id), to name them elsewhere.

    Those of a project are seen by its people, those of a programme by who sees its committee.
    """

    def titles(actor: Actor, ids: Iterable[int]) -> Rows:
        columns = (model.id, title.label("title"), Project.key.label("project_key"), model.id.label("number"))
        found = select(*columns, Committee.programme_id).select_from(model)
        if model is not Committee:
            found = found.join(Committee, Committee.id == model.committee_id)
        of_project = and_(Project.id.is_not(None), is_visible_to(actor))
        of_programme = and_(Committee.programme_id.is_not(None), committees_seen_by(actor))
        return found.outerjoin(Project, Project.id == model.project_id).where(
            model.id.in_(list(ids)), or_(of_project, of_programme)
        )

    return titles


def committees_offered(scope: Scope) -> Rows:
    """The (id, name) rows of the committees in use, for choices."""
    return (
        select(Committee.id, Committee.name)
        .where(Committee.project_id == scope.project_id, Committee.archived_at.is_(None))
        .order_by(Committee.name, Committee.id)
    )


def committee_in(*, project_id: int, committee_id: int) -> Select[Committee]:
    """A committee of a project, archived or not."""
    return select(Committee).where(Committee.project_id == project_id, Committee.id == committee_id)


def committee_in_programme(*, programme_id: int, committee_id: int) -> Select[Committee]:
    """A committee of a programme, archived or not."""
    return select(Committee).where(Committee.programme_id == programme_id, Committee.id == committee_id)


def members_of(*, committee_id: int) -> Select[CommitteeMember]:
    """Who sits on a committee, whatever the term, with the person; the chair first, then by name."""
    return (
        select(CommitteeMember)
        .join(User, User.id == CommitteeMember.user_id)
        .where(CommitteeMember.committee_id == committee_id, CommitteeMember.removed_at.is_(None))
        .options(joinedload(CommitteeMember.user))
        .order_by(CHAIR_FIRST, User.name_key, User.id)
    )


def member_in(*, committee_id: int, member_id: int) -> Select[CommitteeMember]:
    """One who sits on a committee, with the person."""
    return (
        select(CommitteeMember)
        .where(
            CommitteeMember.committee_id == committee_id, CommitteeMember.id == member_id,
            CommitteeMember.removed_at.is_(None),
        )
        .options(joinedload(CommitteeMember.user))
    )  # fmt: skip


def seat_of(*, committee_id: int, user_id: int | None) -> Select[CommitteeMember]:
    """The seat of a person on a committee."""
    return select(CommitteeMember).where(
        CommitteeMember.committee_id == committee_id, CommitteeMember.user_id == user_id,
        CommitteeMember.removed_at.is_(None),
    )  # fmt: skip


def chairs_of_person(*, user_id: int) -> Rows:
    """Rows (id, committee_id) of the seats from which a person chairs committees in use, whatever the term.

    A committee goes on where its project is closed, and rests where its project or programme is put away.
    """
    return (
        select(CommitteeMember.id, CommitteeMember.committee_id)
        .join(Committee, Committee.id == CommitteeMember.committee_id)
        .outerjoin(Project, Project.id == Committee.project_id)
        .outerjoin(Programme, Programme.id == Committee.programme_id)
        .where(
            CommitteeMember.user_id == user_id, CommitteeMember.part == "chair", CommitteeMember.removed_at.is_(None),
            Committee.archived_at.is_(None), Project.archived_at.is_(None), Programme.archived_at.is_(None),
        )
        .order_by(CommitteeMember.committee_id)
    )  # fmt: skip


def count_members(*, committee_id: int) -> Select[int]:
    """How many sit on a committee."""
    return select(func.count()).where(
        CommitteeMember.committee_id == committee_id, CommitteeMember.removed_at.is_(None)
    )


def limits_of(*, committee_id: int) -> Select[CommitteeLimit]:
    """What the roles may decide between the meetings of a committee."""
    return select(CommitteeLimit).where(CommitteeLimit.committee_id == committee_id).order_by(CommitteeLimit.id)


def limit_in(*, committee_id: int, limit_id: int) -> Select[CommitteeLimit]:
    """One limit of a committee."""
    return limits_of(committee_id=committee_id).where(CommitteeLimit.id == limit_id)


def limit_of_role(*, committee_id: int, role: str) -> Select[CommitteeLimit]:
    """The limit of one role."""
    return limits_of(committee_id=committee_id).where(CommitteeLimit.role == role)


def limits_in_project(*, project_id: int) -> Select[CommitteeLimit]:
    """The limits of every committee in use of a project."""
    return (
        select(CommitteeLimit)
        .join(Committee, Committee.id == CommitteeLimit.committee_id)
        .where(CommitteeLimit.project_id == project_id, Committee.archived_at.is_(None))
        .order_by(CommitteeLimit.id)
    )
