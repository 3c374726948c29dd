"""What can happen to a quote in preparation: made with a number of its own, from an opportunity too, and changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency
from implementor.crm.opportunities import queries as opportunity_queries
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.numbering import numbers_of
from implementor.crm.quotes import queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import DRAFT
from implementor.crm.quotes.lines import copy_lines, refuse_sent
from implementor.crm.quotes.models import Quote, QuoteCounter
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope, entities
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

VALID_FOR = timedelta(days=30)
MARK = "Q-"
POINTING = ("account", "contact", "opportunity")
"""Fields that point at records of the kind of that name."""
KEPT = ("number", "currency", "quoted_on", "valid_until")
"""Fields that keep what they hold where a form leaves them empty."""


def day_of(at: datetime) -> date:
    """The day that a moment is where the person is."""
    return local_day(at)


def add_quote(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Quote:
    """A new quote in preparation; customer, currency and lines come from its opportunity as far as it has them."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    if "number" not in given:
        given["number"] = _free_number(session)
    own: dict[str, Any] = {"revision": 1, "quoted_on": day_of(at), "state": DRAFT}
    with session.no_autoflush:
        quote: Quote = records.new_record(session, QUOTE, given, by=by, at=at, **own)
        _settle(session, quote, by)
        sale = session.get_one(Opportunity, quote.opportunity_id) if quote.opportunity_id is not None else None
        if sale is not None:
            quote.account_id = quote.account_id or sale.account_id
            quote.contact_id = quote.contact_id or sale.contact_id
            quote.currency = quote.currency or sale.currency or ""
        quote.currency = quote.currency or base_currency(session)
    if sale is not None:
        session.flush()  # its lines point at it
        lines = session.scalars(opportunity_queries.lines_of(sale.id)).all()
        copy_lines(session, quote, (one for one in lines if one.currency == quote.currency))
    return quote


def change_quote(session: Session, quote: Quote, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a quote other values until it is sent; the currency stays while there are lines."""
    refuse_sent(quote)
    before = quote.currency
    given = {name: getattr(quote, name) if value in (None, "") and name in KEPT else value
             for name, value in values.items()}  # fmt: skip
    with session.no_autoflush:
        records.change_record(session, QUOTE, quote, given, by=by, at=at)
        _settle(session, quote, by)
        if quote.currency != before and session.scalars(queries.lines_in_use(quote.id).limit(1)).first() is not None:
            raise InvalidInput({"currency": say("There are lines already. Archive them first.")})


def restore_quote(session: Session, quote: Quote, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a quote earlier values by attribute until it is sent, as far as its number is free."""
    if values.keys() - {"archived_at", "archived_by_id"}:
        refuse_sent(quote)
    with session.no_autoflush:
        records.give_back(quote, values)
        refuse_taken_number(session, quote)


def _settle(session: Session, quote: Quote, by: Actor) -> None:
    """What must hold of a quote however it is written."""
    quote.valid_until = quote.valid_until or quote.quoted_on + VALID_FOR
    if quote.valid_until < quote.quoted_on:
        raise InvalidInput({"valid_until": say("It cannot end before the day of the quote.")})
    refuse_taken_number(session, quote)
    for name in POINTING:
        attribute = QUOTE.fields[name].attribute
        pointed = getattr(quote, attribute)
        if pointed is not None and inspect(quote).attrs[attribute].history.has_changes():
            records.found_to_see(session, entities[name], pointed, by, field=name)


def refuse_taken_number(session: Session, quote: Quote) -> None:
    """Stop where another quote in use has the number."""
    if quote.is_archived:
        return
    others = session.scalars(queries.bearers_of_number(quote.number_key)).all()
    if any(one != quote.id for one in others):
        raise InvalidInput({"number": say("Another quote has this number.")})


def _free_number(session: Session) -> str:
    """The next number of ours that no quote from elsewhere has taken."""
    while True:
        number = numbers_of(session, QuoteCounter, MARK, 1)[0]
        if session.scalars(queries.bearers_of_number(folded(number))).first() is None:
            return number
