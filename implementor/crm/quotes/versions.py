"""A new version of a quote: the old one stays readable as it was, the new one is written and sent in its place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.crm.quotes import queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import ACCEPTED, DRAFT, SUPERSEDED
from implementor.crm.quotes.following import (
    Happening,
    NotSent,
    SettledQuote,
    SupersededQuote,
    held,
    newest_of,
    note,
)
from implementor.crm.quotes.lines import copy_lines
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.services import day_of, refuse_taken_number
from implementor.crm.records import services as records
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

TAKEN_OVER = (
    "series", "account_id", "contact_id", "opportunity_id", "currency", "reference", "introduction",
    "terms", "proposal_uid", "proposal_version", "description", "discount_ratio", "owner_id",
)  # fmt: skip
VERSION_MARK = " v"
"""Stands between the number of a quote and that of its version, from the second on: Q-1001 v2."""


def renew_quote(session: Session, quote: Quote, *, by: Actor, at: datetime) -> Quote:
    """A version in preparation that takes over from a quote, with its lines, valid for as many days from today.

    Raises NotSent, SupersededQuote (the second of two who renew it at once), SettledQuote, BeyondReach.
    """
    quote = held(session, quote, by)
    _refuse_final(session, quote)
    name_action(session, say("Made a new version of %(number)s", number=quote.number), verb="quote.renew")
    today, revision = day_of(at), quote.revision + 1
    given = {name: getattr(quote, name) for name in TAKEN_OVER}
    with session.no_autoflush:
        renewed: Quote = records.new_record(
            session, QUOTE, {"owner": quote.owner_id}, by=by, at=at, revision=revision, state=DRAFT,
            number=f"{quote.series}{VERSION_MARK}{revision}", supersedes_id=quote.id, quoted_on=today,
            valid_until=today + (quote.valid_until - quote.quoted_on), **given,
        )  # fmt: skip
        refuse_taken_number(session, renewed)
    session.flush()
    copy_lines(session, renewed, session.scalars(queries.lines_in_use(quote.id)).all())
    note(session, quote, SUPERSEDED, Happening(at), by=by, at=at)
    return renewed


def _refuse_final(session: Session, quote: Quote) -> None:
    """Stop where there is nothing to take over from."""
    number = quote.number
    if quote.state == DRAFT:
        raise NotSent(say("%(number)s is still in preparation: change it as it is.", number=number))
    if quote.state == SUPERSEDED:
        newest = newest_of(session, quote)
        raise SupersededQuote(
            say("%(number)s is superseded. Use the newest version, %(newest)s.", number=number, newest=newest.number)
        )
    if quote.state == ACCEPTED:
        raise SettledQuote(
            say("%(number)s became an order. Take the acceptance back first, or change the order.", number=number)
        )
