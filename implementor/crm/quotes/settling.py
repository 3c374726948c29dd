"""Keeping a quote's amounts and state true to its lines and facts, whoever writes those: forms or an undo."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.pricing import totals_of
from implementor.crm.orders.settling import discounted, in_use, touched
from implementor.crm.quotes import queries
from implementor.crm.quotes.facts import FACTS, state_of
from implementor.crm.quotes.models import Quote, QuoteFact, QuoteLine


def keep_quotes(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: let every quote whose lines, discount or facts it writes say what they come to."""
    kept = ((QuoteLine, settle_amounts, queries.lines_of), (QuoteFact, settle_state, queries.facts_of))
    for model, settle, load in kept:
        quote_ids = touched(session, model, "quote_id")
        if model is QuoteLine:
            quote_ids |= discounted(session, Quote)
        if not quote_ids:
            continue
        with session.no_autoflush:
            rows = session.scalars(load(quote_ids)).all()
            quotes = session.scalars(queries.quotes_of_ids(quote_ids)).all()
        by_quote = in_use([*rows, *(one for one in session.new if type(one) is model)], "quote_id")
        for quote in quotes:
            settle(quote, by_quote.get(quote.id, []))


def settle_amounts(quote: Quote, lines: list[Any]) -> None:
    """What the lines come to after the discount of the whole; nothing where there are none."""
    amounts = totals_of(lines, quote.discount_ratio).amounts
    found = (amounts.net, amounts.tax, amounts.total) if lines else (None, None, None)
    if (quote.net_amount, quote.tax_amount, quote.total_amount) != found:
        quote.net_amount, quote.tax_amount, quote.total_amount = found


def settle_state(quote: Quote, facts: list[Any]) -> None:
    """The moments of the facts, and the state that they make."""
    moments = {one.kind: one.at for one in facts}
    for kind in FACTS:
        if getattr(quote, f"{kind}_at") != moments.get(kind):
            setattr(quote, f"{kind}_at", moments.get(kind))
    state = state_of(moments)
    if quote.state != state:
        quote.state = state
