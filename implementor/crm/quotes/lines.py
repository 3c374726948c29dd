"""The lines of a quote: what each costs with its tax, in the quote's currency, until it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.lines import AT_FIRST, priced, settle_line
from implementor.crm.products.selling import product_sold
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import DRAFT
from implementor.crm.quotes.line_catalogue import LINE
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.crm.records import services as records
from implementor.crm.records.services import found_to_change, refuse_beyond_reach
from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

COPIED = (
    "product_id", "name", "quantity", "unit_price_amount", "currency", "discount_ratio", "tax_ratio", "net_amount",
    "tax_amount", "total_amount", "position",
)  # fmt: skip
"""What a line is besides what it belongs to: the same of a quote and of an order."""


class SentQuote(Refusal):
    """The customer has it, so it is not written any more."""


def why_settled(quote: Quote) -> Phrase | None:
    """Why a quote is only to be read, and what to do instead; None while it is in preparation."""
    if quote.state == DRAFT:
        return None
    return say(
        "%(number)s has gone to the customer, so it stays as it is. Make a new version and change that.",
        number=quote.number,
    )


def refuse_sent(quote: Quote) -> None:
    """Stop where the quote is no longer written."""
    if (reason := why_settled(quote)) is not None:
        raise SentQuote(reason)


def add_line(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> QuoteLine:
    """A line of a quote, in its currency; name and price come from the product where they are not given."""
    quote: Quote = found_to_change(session, QUOTE, values.get("quote"), by, field="quote")
    refuse_sent(quote)
    given = {"quantity": 1, **priced(session, values, quote.currency, by, at.date())}
    with session.no_autoflush:
        line: QuoteLine = records.new_record(session, LINE, given, by=by, at=at, **AT_FIRST, currency=quote.currency)
        settle_line(LINE, line, quote.currency)
    return line


def change_line(session: Session, line: QuoteLine, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line other values; its amounts and the quote's follow."""
    quote = session.get_one(Quote, line.quote_id)
    refuse_beyond_reach(session, QUOTE, quote, by)
    refuse_sent(quote)
    if "product" in values:
        product_sold(session, values["product"], by)
    with session.no_autoflush:
        records.give(LINE, line, {name: value for name, value in values.items() if name != "quote"})
        name_action(session, say("Changed %(title)s", title=line.name), verb="quote_line.change")
        settle_line(LINE, line, quote.currency)


def restore_line(session: Session, line: QuoteLine, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line earlier values by attribute, until the quote is sent; its amounts follow from them."""
    refuse_sent(session.get_one(Quote, line.quote_id))
    with session.no_autoflush:
        records.give_back(line, values)
        settle_line(LINE, line, line.currency)


def copy_lines(session: Session, quote: Quote, lines: Iterable[Any]) -> None:
    """Give a quote the lines of another version of it as they are, or those of an opportunity, which know no tax."""
    for line in lines:
        copied = {name: getattr(line, name) for name in COPIED if hasattr(line, name)}
        made = QuoteLine(**{**AT_FIRST, **copied}, quote_id=quote.id)
        settle_line(LINE, made, quote.currency)
        session.add(made)
