"""Builders of quotes: written, sent, answered, through the services that people use."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.quotes.accepting import Answer, accept_quote, take_acceptance_back
from implementor.crm.quotes.following import Happening, refuse_quote, send_quote, take_fact_back
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.crm.quotes.versions import renew_quote
from tests.auth.builders import reading
from tests.crm.builders import START, Company

LATER = START + timedelta(days=10)
SEND = {"sent": send_quote, "refused": refuse_quote}


def offered(here: Company, *prices: str, who: str = "seller", tax: str = "21 %", **values: Any) -> int:
    """A quote with a line for each price."""
    quote = here.add("quote", who, **{"currency": "EUR", **values})
    for price in prices:
        here.add("quote_line", who, quote=quote, name=f"Thing at {price}", unit_price=price, tax=tax)
    return quote


def told(here: Company, quote: int, kind: str, note: str = "", *, who: str = "seller", at: datetime = START) -> None:
    """Note that it was sent or refused."""
    with here.working(who, at) as session:
        SEND[kind](session, session.get_one(Quote, quote), Happening(at, note), by=here.by(who), at=at)


def sent(here: Company, *prices: str, **values: Any) -> int:
    """A quote that the customer has."""
    quote = offered(here, *(prices or ("10 EUR",)), **values)
    told(here, quote, "sent")
    return quote


def accept(here: Company, quote: int, *, who: str = "seller", at: datetime = LATER, wins: bool = False) -> int:
    """Accept a quote; the id of its order."""
    with here.working(who, at) as session:
        answer = Answer(at, wins=wins)
        return accept_quote(session, session.get_one(Quote, quote), answer, by=here.by(who), at=at).order_id


def take_back(here: Company, quote: int, kind: str = "accepted", *, who: str = "seller", at: datetime = LATER) -> None:
    """Take back what was noted."""
    with here.working(who, at) as session:
        stored = session.get_one(Quote, quote)
        if kind == "accepted":
            take_acceptance_back(session, stored, by=here.by(who), at=at)
        else:
            take_fact_back(session, stored, kind, by=here.by(who), at=at)


def renew(here: Company, quote: int, *, who: str = "seller", at: datetime = LATER) -> int:
    """Make a new version; its id."""
    with here.working(who, at) as session:
        renewed = renew_quote(session, session.get_one(Quote, quote), by=here.by(who), at=at)
        session.flush()
        return renewed.id


def now(here: Company, quote: int) -> Quote:
    """A quote as it is stored."""
    found: Quote = here.stored(Quote, quote)
    return found


def ordered(here: Company, order: int) -> Order:
    """An order as it is stored."""
    found: Order = here.stored(Order, order)
    return found


def lines(here: Company, model: Any, of_id: int) -> list[tuple[Any, ...]]:
    """What the lines in use of a quote or order say and come to."""
    pointer = {QuoteLine: "quote_id", OrderLine: "order_id"}[model]
    with reading(here.app) as session:
        rows = session.scalars(
            select(model)
            .where(getattr(model, pointer) == of_id, model.archived_at.is_(None))
            .order_by(model.position, model.id)
        )
        return [
            (row.name, row.product_id, row.quantity, row.unit_price_amount, row.currency, row.discount_ratio,
             row.tax_ratio, row.net_amount, row.tax_amount, row.total_amount)
            for row in rows
        ]  # fmt: skip
