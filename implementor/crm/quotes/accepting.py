"""A quote that is accepted becomes an order, once and in one piece of work; undone while nobody touched the order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.crm.opportunities.models import WON, Opportunity
from implementor.crm.opportunities.moves import Move, move_opportunity, restore_opportunity
from implementor.crm.orders.agreeing import order_as_agreed
from implementor.crm.orders.models import Order
from implementor.crm.quotes import queries
from implementor.crm.quotes.facts import ACCEPTED
from implementor.crm.quotes.following import Happening, held, note, put_away, refuse_unanswerable
from implementor.crm.quotes.lines import COPIED
from implementor.crm.quotes.models import Quote, QuoteAcceptance
from implementor.crm.quotes.services import day_of
from implementor.crm.quotes.touching import touched_since
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.encoding import decoded_values, encoded
from implementor.history.services import name_action

AGREED = ("account_id", "contact_id", "opportunity_id", "currency", "reference", "discount_ratio", "owner_id")
MOVED = (
    "stage_id", "pipeline_id", "stage_since", "status", "probability_ratio", "probability_source", "close_on",
    "closed_at", "rate", "base_amount", "base_currency",
)  # fmt: skip
"""What coming into a stage changes about an opportunity."""


class NotAccepted(Refusal):
    """There is no acceptance to take back."""


class OrderTouched(Refusal):
    """Somebody has worked with the order since."""


@dataclass(frozen=True)
class Answer(Happening):
    """The customer's yes; `wins` says whether the opportunity is won along with it."""

    wins: bool = False


def accept_quote(session: Session, quote: Quote, answer: Answer, *, by: Actor, at: datetime) -> QuoteAcceptance:
    """Make the order that a quote becomes; one that is accepted already answers with its order, so two make one.

    Raises NotSent, ExpiredQuote, SupersededQuote, SettledQuote, BeyondReach, InvalidInput, and what keeps an
    opportunity from being won.
    """
    quote = held(session, quote, by)
    known = session.scalars(queries.acceptance_of(quote.id)).one_or_none()
    if known is not None:
        return known
    refuse_unanswerable(session, quote, day_of(answer.on))
    name_action(session, say("%(number)s was accepted", number=quote.number), verb="quote.accept")
    note(session, quote, ACCEPTED, answer, by=by, at=at)
    lines = [{name: getattr(line, name) for name in COPIED} for line in session.scalars(queries.lines_in_use(quote.id))]
    agreed = {name: getattr(quote, name) for name in AGREED}
    order = order_as_agreed(session, agreed, lines, by=by, at=at)
    quote.order_id = order.id
    before, version = _win(session, quote, by=by, at=at) if answer.wins else (None, None)
    made = QuoteAcceptance(
        quote_id=quote.id, order_id=order.id, order_version=order.version, at=at, by_id=by.user_id,
        sale_before=before, sale_version=version,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _win(session: Session, quote: Quote, *, by: Actor, at: datetime) -> tuple[dict[str, Any] | None, int | None]:
    """Bring the opportunity to its won stage; what it was before and its version then, if it was still open."""
    if quote.opportunity_id is None:
        raise InvalidInput({"wins": say("The quote belongs to no opportunity.")})
    sale = session.get_one(Opportunity, quote.opportunity_id, with_for_update=True, populate_existing=True)
    if sale.status == WON:
        return None, None
    pipeline = live.present().pipeline(sale.pipeline_id)
    won = next((one for one in pipeline.stages if one.kind == WON and one.is_active), None) if pipeline else None
    if won is None:
        raise InvalidInput({"wins": say("Its pipeline has no stage for what is won.")})
    before = {name: encoded(getattr(sale, name)) for name in MOVED}
    move_opportunity(session, sale, Move(won.id), by=by, at=at)
    session.flush()
    return before, sale.version


def take_acceptance_back(session: Session, quote: Quote, *, by: Actor, at: datetime) -> QuoteAcceptance | None:
    """Put the order away and let the quote be unanswered again; the opportunity goes back if nobody moved it since.

    Raises NotAccepted, BeyondReach, and OrderTouched saying what to do instead.
    """
    quote = held(session, quote, by)
    acceptance = session.scalars(queries.acceptance_of(quote.id)).one_or_none()
    if acceptance is None and quote.state == ACCEPTED:  # a file said so, and no order came of it here
        fact = session.scalars(queries.fact_of(quote.id, ACCEPTED)).one()
        name_action(session, say("Took the acceptance of %(number)s back", number=quote.number), verb="quote.unaccept")
        put_away(session, fact, by=by, at=at)
        return None
    if acceptance is None:
        raise NotAccepted(say("%(number)s was not accepted, so there is nothing to take back.", number=quote.number))
    order = session.get_one(Order, acceptance.order_id, with_for_update=True, populate_existing=True)
    if touched_since(session, order, acceptance, but_for=quote.id):
        reason = say("%(number)s was worked with since, so it stays. Cancel the order there.", number=order.number)
        raise OrderTouched(reason)
    name_action(session, say("Took the acceptance of %(number)s back", number=quote.number), verb="quote.unaccept")
    order.archived_at, order.archived_by_id = at, by.user_id
    fact = session.scalars(queries.fact_of(quote.id, ACCEPTED)).one()
    quote.order_id = None
    acceptance.undone_at, acceptance.undone_by_id = at, by.user_id
    put_away(session, fact, by=by, at=at)
    _unwin(session, quote, acceptance, by=by, at=at)
    return acceptance


def _unwin(session: Session, quote: Quote, acceptance: QuoteAcceptance, *, by: Actor, at: datetime) -> None:
    """Bring the opportunity back to where it was, unless somebody changed it since."""
    if acceptance.sale_before is None or quote.opportunity_id is None:
        return
    sale = session.get_one(Opportunity, quote.opportunity_id)
    if sale.version == acceptance.sale_version:
        restore_opportunity(session, sale, decoded_values(inspect(Opportunity), acceptance.sale_before), by, at)
