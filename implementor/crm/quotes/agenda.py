"""Quotes that wait for an answer and are about to expire, on the days of those who sent them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.crm.quotes import queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.models import Quote
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.foundation.amounts import shown_money

AHEAD, BEHIND = timedelta(days=7), timedelta(days=30)
"""How long before its last day a quote is called to mind, and how long after it."""


def to_renew(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Sent quotes that expire within a week, and those that lately did, for somebody's day."""
    return _entries(session, asked, asked.today - BEHIND, asked.last + AHEAD)


def last_days(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Sent quotes on the last days of their validity, for the calendar."""
    return _entries(session, asked, asked.first or asked.last, asked.last)


def _entries(session: Session, asked: Asked, first: Any, last: Any) -> list[AgendaEntry]:
    shows_total = QUOTE.fields["total"].is_visible_to(asked.actor)
    rows: Iterable[Any] = session.execute(
        queries.about_to_expire(asked.actor, asked.of(Quote.owner_id), first, last).limit(asked.limit)
    )
    return [
        AgendaEntry(
            key=f"quote-{row.id}",
            title=row.number,
            url=url_for("quotes.show", record_id=row.id),
            on=row.valid_until,
            who=row.who,
            beside=", ".join(str(one) for one in (row.account, _amount(row) if shows_total else None) if one) or None,
            icon="flag",
            is_late=row.valid_until < asked.today,
        )
        for row in rows
    ]


def _amount(row: Any) -> Any:
    return shown_money(row.total_amount, row.currency) if row.total_amount is not None else None
