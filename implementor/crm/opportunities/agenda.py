"""Next steps and close dates of sales on their way, as they wait for their owners."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import and_
from sqlalchemy.orm import Session, aliased

from implementor.auth.models import User
from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import OPEN, Opportunity
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.crm.records.queries import readable, records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows

Owner = aliased(User, name="opportunity_agenda_owner")


def next_steps(session: Session, asked: Asked) -> list[AgendaEntry]:
    """What is to be done next for open sales, on the days asked for."""
    rows = session.execute(_open_on(Opportunity.next_step_on, asked).limit(asked.limit))
    return [_entry("next-step", row, row.next_step or row.name, row.next_step and row.name, asked) for row in rows]


def close_dates(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Open sales that are to be closed on the days asked for."""
    rows = session.execute(_open_on(Opportunity.close_on, asked).limit(asked.limit))
    return [_entry("close", row, row.name, None, asked) for row in rows]


def _open_on(day: Any, asked: Asked) -> Rows:
    """Open sales of the people asked for by one of their days, the earliest first."""
    found = records_in_use(Opportunity, Scope(None, asked.actor)).where(
        Opportunity.status == OPEN, asked.of(Opportunity.owner_id), day <= asked.last
    )
    if asked.first is not None:
        found = found.where(day >= asked.first)
    named = readable(Opportunity, asked.actor, (Opportunity.id, Opportunity.name, Opportunity.next_step))
    columns = (*named, day.label("day"))
    return (
        found.with_only_columns(*columns, Owner.name.label("who"), Account.name.label("account"))
        .outerjoin(Owner, Owner.id == Opportunity.owner_id)
        .outerjoin(Account, and_(Account.id == Opportunity.account_id, within(Account, asked.actor)))
        .order_by(day, Opportunity.id)
    )


def _entry(kind: str, row: Any, title: str, beside: str | None, asked: Asked) -> AgendaEntry:
    return AgendaEntry(
        key=f"{kind}-{row.id}",
        title=title,
        url=url_for("opportunities.show", record_id=row.id),
        on=row.day,
        who=row.who,
        beside=", ".join(part for part in (beside, row.account) if part) or None,
        icon="flag" if kind == "close" else "arrow-right",
        is_late=row.day < asked.today,
    )
