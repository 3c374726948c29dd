"""What stands beside a quote: what it comes to by rate of tax, and its other versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.pricing import totals_of
from implementor.crm.quotes import queries
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.words import STANDINGS
from implementor.foundation.amounts import shown_share
from implementor.foundation.panels import Place

MONEY = ("discount", "net", "tax", "total")


def sums_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """How the total comes about; nothing without lines, or for who may not see the amounts."""
    page = place.record
    if any(name not in page.cells for name in MONEY):
        return None
    quote = session.get_one(Quote, page.id)
    lines = session.scalars(queries.lines_in_use(page.id)).all()
    if not lines:
        return None
    totals = totals_of(lines, quote.discount_ratio)
    rates = [
        {"rate": f"{shown_share(rate)}\u00a0%", "net": one.net, "tax": one.tax}
        for rate, one in totals.by_rate.items()
        if rate or len(totals.by_rate) > 1
    ]
    return {"totals": totals, "rates": rates, "currency": quote.currency}


def versions_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """All versions of the quote on whose page we are, newest first; nothing where it is the only one."""
    page = place.record
    quote = session.get_one(Quote, page.id)
    rows = session.execute(queries.versions_of(quote.series, place.actor)).all()
    if len(rows) < 2:
        return None
    shown = {f"shows_{name}": name in page.cells for name in ("total", "state")}
    return {"rows": rows, "here": page.id, "standings": {one.key: one for one in STANDINGS}, **shown}
