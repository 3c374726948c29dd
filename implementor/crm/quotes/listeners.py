"""Quotes listen to every flush, so that none is left with sums or a state that its lines and facts do not have."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from implementor.crm.quotes.settling import keep_quotes

if not event.contains(Session, "before_flush", keep_quotes):
    # before all others: history stamps and notes what is changed here as well
    event.listen(Session, "before_flush", keep_quotes, insert=True)
