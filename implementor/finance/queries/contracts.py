"""How contracts and the counts of their licences are found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, func, literal, select

from implementor.auth.models import User
from implementor.finance.models import Contract, LicenceCount
from implementor.finance.queries.lines import shows_money_to
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.governance.models import Decision
from implementor.projects.models import Membership, Project

MOST_COUNTS = 100


def contracts_in_use(scope: Scope) -> Select[Contract]:
    """The contracts of the scope's project that are not put away."""
    return select(Contract).where(Contract.project_id == scope.project_id, Contract.archived_at.is_(None))


def contract_in_scope(scope: Scope, record_id: int) -> Select[Contract]:
    """One contract of the scope's project by id, archived or not."""
    return select(Contract).where(Contract.project_id == scope.project_id, Contract.id == record_id)


def contract_of(*, project_id: int, contract_id: int) -> Select[Contract]:
    """One contract by id, archived or not."""
    return select(Contract).where(Contract.project_id == project_id, Contract.id == contract_id)


def contracts_of(*, project_id: int) -> Select[Contract]:
    """The contracts in use, those that end first before the others."""
    found = select(Contract).where(Contract.project_id == project_id, Contract.archived_at.is_(None))
    return found.order_by(Contract.ends_on.is_(None), Contract.ends_on, Contract.id)


def titles_of_contracts(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible contracts of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(
            Contract.id, Contract.title.label("title"), Project.key.label("project_key"), literal(None).label("number")
        )
        .join(Project, Project.id == Contract.project_id)
        .where(Contract.id.in_(list(ids)), shows_money_to(actor))
    )


def contracts_by_decision(*, project_id: int, decision_id: int) -> Select[Contract]:
    """The contracts that a decision said go or no-go to."""
    return select(Contract).where(Contract.project_id == project_id, Contract.decision_id == decision_id)


def decision_of_contract(*, project_id: int, decision_id: int | None) -> Rows:
    """One row (number, question, reason, decided_at, author) of the decision on a contract."""
    return (
        select(Decision.number, Decision.question, Decision.reason, Decision.decided_at, User.name.label("author"))
        .outerjoin(User, User.id == Decision.decided_by_id)
        .where(Decision.project_id == project_id, Decision.id == decision_id)
    )


def counts_of(*, project_id: int, contract_id: int, limit: int = MOST_COUNTS) -> Rows:
    """Rows (LicenceCount, author) of a contract, the latest day first."""
    return (
        select(LicenceCount, User.name.label("author"))
        .outerjoin(User, User.id == LicenceCount.by_id)
        .where(LicenceCount.project_id == project_id, LicenceCount.contract_id == contract_id)
        .order_by(LicenceCount.counted_on.desc(), LicenceCount.id.desc())
        .limit(limit)
    )


def latest_counts(*, project_id: int) -> Rows:
    """Rows (contract_id, counted_on, used): the latest count of each contract of a project."""
    place = func.row_number().over(
        partition_by=LicenceCount.contract_id, order_by=(LicenceCount.counted_on.desc(), LicenceCount.id.desc())
    )
    numbered = (
        select(LicenceCount.contract_id, LicenceCount.counted_on, LicenceCount.used, place.label("place"))
        .where(LicenceCount.project_id == project_id)
        .subquery()
    )
    return select(numbered.c.contract_id, numbered.c.counted_on, numbered.c.used).where(numbered.c.place == 1)


def people_with_roles(*, project_id: int) -> Select[int]:
    """How many people have a role in a project now: those who could use a licence here."""
    return select(func.count(func.distinct(Membership.user_id))).where(
        Membership.project_id == project_id, Membership.removed_at.is_(None)
    )


def contracts_measured() -> Select[Contract]:
    """Contracts in use whose licences something counts by itself."""
    return (
        select(Contract).where(Contract.archived_at.is_(None), Contract.counted_by.is_not(None)).order_by(Contract.id)
    )


def contracts_ending(*, until: date) -> Rows:
    """Rows (Contract, project_key) of bought contracts that end by a day and of whose end nobody heard."""
    return (
        select(Contract, Project.key.label("project_key"))
        .join(Project, Project.id == Contract.project_id)
        .where(
            Contract.archived_at.is_(None),
            Contract.verdict == "go",
            Contract.ends_on <= until,
            Contract.warned_at.is_(None),
            Project.archived_at.is_(None),
        )
        .order_by(Contract.ends_on, Contract.id)
    )
