"""How the columns and cards of a pipeline's board are found: two statements, however many opportunities there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, true, union_all

from implementor.auth.models import User
from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import OPEN, Opportunity
from implementor.crm.opportunities.standing import standing
from implementor.crm.records.queries import readable, records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows

ON_A_CARD = (
    Opportunity.id, Opportunity.version, Opportunity.name, Opportunity.status, Opportunity.amount,
    Opportunity.currency, Opportunity.close_on, Opportunity.next_step,
)  # fmt: skip


def totals_of_stages(
    *, pipeline_id: int, scope: Scope, owner: ColumnElement[bool], closed_since: datetime
) -> CompoundSelect[Any]:
    """Rows (stage id, currency, count, sum of amounts in minor units); closed ones only from a moment on."""
    found = records_in_use(Opportunity, scope).where(Opportunity.pipeline_id == pipeline_id, owner)
    still_open = _counted(found.where(Opportunity.status == OPEN))
    closed = _counted(found.where(Opportunity.closed_at >= closed_since))  # which no open one has
    return union_all(still_open, closed)  # each by an index of its own


def _counted(found: Rows) -> Rows:
    stage_id = standing().stage_id
    counted = found.with_only_columns(
        stage_id.label("stage_id"),
        Opportunity.currency,
        func.count().label("records"),
        func.sum(Opportunity.amount).label("amount"),
    )
    return counted.group_by(stage_id, Opportunity.currency)


def cards_of_stages(
    *, stages: Sequence[tuple[int, int]], scope: Scope, owner: ColumnElement[bool], closed_since: datetime
) -> Rows:
    """The cards of each (stage id, how many), those that came last first; everything they show, one row a card."""
    here, parts = standing(), []
    since = here.stage_since.desc()
    for stage_id, most in stages:
        shown = or_(Opportunity.status == OPEN, Opportunity.closed_at >= closed_since)
        newest = records_in_use(Opportunity, scope).where(here.stage_id == stage_id, shown, owner)
        newest = newest.with_only_columns(Opportunity.id)
        limited = newest.order_by(since, Opportunity.id.desc()).limit(most).subquery()
        parts.append(select(limited.c.id))
    chosen = union_all(*parts).subquery("chosen")
    return (
        select(
            *readable(Opportunity, scope.actor, ON_A_CARD),
            *readable(
                Opportunity, scope.actor, (here.stage_id.label("stage_id"), here.stage_since.label("stage_since"))
            ),
            Account.name.label("account"),
            User.name.label("owner"),
        )
        .join(chosen, chosen.c.id == Opportunity.id)
        .outerjoin(Account, and_(Account.id == Opportunity.account_id, within(Account, scope.actor)))
        .outerjoin(User, User.id == Opportunity.owner_id)
        .order_by(since, Opportunity.id.desc())
    )


def owned_by(owner_id: int | None) -> ColumnElement[bool]:
    """The opportunities of one person, or all."""
    return true() if owner_id is None else Opportunity.owner_id == owner_id


def newest_change(scope: Scope, pipeline_id: int) -> Rows:
    """One row (when anything of a pipeline changed last)."""
    newest = records_in_use(Opportunity, scope).where(Opportunity.pipeline_id == pipeline_id)
    newest = newest.with_only_columns(Opportunity.updated_at).order_by(Opportunity.updated_at.desc())
    return newest.limit(1)
