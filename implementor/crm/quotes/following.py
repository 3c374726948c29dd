"""Noting what happened to a quote, sent or refused, and taking back what was noted by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.quotes import queries
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import ACCEPTED, DRAFT, EXPIRED, FACTS, REFUSED, SENT, SUPERSEDED, standing_on
from implementor.crm.quotes.models import Quote, QuoteFact
from implementor.crm.quotes.services import day_of
from implementor.crm.quotes.words import LABELS
from implementor.crm.records.services import refuse_beyond_reach
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.history.services import name_action

LONGEST_NOTE = 2000


class NothingOffered(Refusal):
    """A quote without lines is not sent."""


class NotSent(Refusal):
    """The customer does not have it yet."""


class AlreadySent(Refusal):
    """It has gone to the customer already."""


class ExpiredQuote(Refusal):
    """Its last day is over."""


class SupersededQuote(Refusal):
    """A newer version has taken over."""


class SettledQuote(Refusal):
    """The customer has accepted or refused it already."""


class StillNeeded(Refusal):
    """A later fact stands on this one."""


@dataclass(frozen=True)
class Happening:
    """When it happened, and what is to be known about it."""

    on: datetime
    note: str = ""


def send_quote(session: Session, quote: Quote, told: Happening, *, by: Actor, at: datetime) -> QuoteFact:
    """Note that a quote has gone to the customer; from then on it stays as it is.

    Raises NothingOffered, AlreadySent, ExpiredQuote, and InvalidInput for a moment that cannot be.
    """
    quote = held(session, quote, by)
    if quote.state != DRAFT:
        raise AlreadySent(say("%(number)s has gone to the customer already.", number=quote.number))
    if session.scalars(queries.lines_in_use(quote.id).limit(1)).first() is None:
        raise NothingOffered(say("Nothing is offered yet. Add the first line."))
    if quote.valid_until < day_of(told.on):
        raise ExpiredQuote(say("%(number)s would be expired already. Give it a later last day.", number=quote.number))
    return note(session, quote, SENT, told, by=by, at=at)


def refuse_quote(session: Session, quote: Quote, told: Happening, *, by: Actor, at: datetime) -> QuoteFact:
    """Note that the customer does not want it, and why. Raises NotSent, SupersededQuote, SettledQuote, InvalidInput."""
    quote = held(session, quote, by)
    refuse_unanswerable(session, quote)
    if not clean(told.note).strip():
        raise InvalidInput({"note": say("Say why: it is what the next quote learns from.")})
    return note(session, quote, REFUSED, told, by=by, at=at)


def held(session: Session, quote: Quote, by: Actor) -> Quote:
    """The quote as it is stored now, nobody else's until the end of the transaction. Raises BeyondReach."""
    refuse_beyond_reach(session, QUOTE, quote, by)
    return session.scalars(queries.locked(quote.id)).one()


def refuse_unanswerable(session: Session, quote: Quote, on: date | None = None) -> None:
    """Stop where there is nothing to answer: not sent, superseded, answered already, or expired on the day."""
    number, standing = quote.number, standing_on(quote.state, quote.valid_until, on or quote.valid_until)
    if standing == DRAFT:
        raise NotSent(say("%(number)s is still in preparation. Send it first.", number=number))
    if standing == SUPERSEDED:
        newest = newest_of(session, quote)
        raise SupersededQuote(
            say("%(number)s is superseded. Use the newest version, %(newest)s.", number=number, newest=newest.number)
        )
    if standing == EXPIRED:
        raise ExpiredQuote(
            say("%(number)s is expired. Make a new version with a later last day, and send that.", number=number)
        )
    if standing in (ACCEPTED, REFUSED):
        raise SettledQuote(
            say("%(number)s: %(state)s. Take that back first.", number=number, state=LABELS[standing])
        )  # fmt: skip


def newest_of(session: Session, quote: Quote) -> Quote:
    """The version that took over last, or the quote itself."""
    while (later := session.scalars(queries.successor_of(quote.id)).one_or_none()) is not None:
        quote = later
    return quote


def note(session: Session, quote: Quote, kind: str, told: Happening, *, by: Actor, at: datetime) -> QuoteFact:
    """Keep a fact that was found possible. Raises InvalidInput for a moment that cannot be or a note too long."""
    why, errors = clean(told.note).strip(), dict[str, Any]()
    if told.on > at:
        errors["on"] = say("That day is still to come.")
    elif kind == SENT and day_of(told.on) < quote.quoted_on:
        errors["on"] = say("The quote is of a later day than that.")
    elif kind in (ACCEPTED, REFUSED) and quote.sent_at is not None and day_of(told.on) < day_of(quote.sent_at):
        errors["on"] = say("The quote was sent later than that.")
    if len(why) > LONGEST_NOTE:
        errors["note"] = say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)
    if errors:
        raise InvalidInput(errors)
    name_action(session, say("%(number)s: %(fact)s", number=quote.number, fact=LABELS[kind]), verb=f"quote.{kind}")
    made = QuoteFact(quote_id=quote.id, kind=kind, at=told.on, note=why or None)
    session.add(made)
    session.flush()
    return made


# --- taking back ------------------------------------------------------------------------------------------------------


def take_fact_back(session: Session, quote: Quote, kind: str, *, by: Actor, at: datetime) -> QuoteFact | None:
    """Put away a fact that was noted by mistake; None where there is none.

    Raises StillNeeded: an acceptance is taken back with its order, a version that took over is archived first.
    """
    quote = held(session, quote, by)
    fact = session.scalars(queries.fact_of(quote.id, kind)).one_or_none() if kind in FACTS else None
    if fact is None:
        return None
    refuse_needed(session, quote, kind)
    words = say("%(number)s: %(fact)s, taken back", number=quote.number, fact=LABELS[kind])
    name_action(session, words, verb="quote.take_back")
    return put_away(session, fact, by=by, at=at)


def put_away(session: Session, fact: QuoteFact, *, by: Actor, at: datetime) -> QuoteFact:
    """Keep a fact as one that was wrong."""
    fact.archived_at, fact.archived_by_id = at, by.user_id
    session.flush()
    return fact


def refuse_needed(session: Session, quote: Quote, kind: str) -> None:
    """Stop where more stands on a fact than the fact itself."""
    if kind == ACCEPTED:
        raise StillNeeded(say("It became an order. Take the acceptance back on the page of the quote."))
    if kind == SUPERSEDED:
        later = session.scalars(queries.successor_of(quote.id)).one_or_none()
        if later is not None:
            raise StillNeeded(say("%(number)s took over. Archive that version first.", number=later.number))
        return
    known = [row.kind for row in session.execute(queries.known_facts(quote.id))]
    later_facts = [one for one in FACTS[FACTS.index(kind) + 1 :] if one in known]
    if later_facts:
        raise StillNeeded(say("%(fact)s came after it. Take that back first.", fact=LABELS[later_facts[0]]))


def restore_fact(session: Session, fact: QuoteFact, values: dict[str, object], by: Actor, at: datetime) -> None:
    """Undo what was noted or taken back, as far as the other facts allow it now."""
    quote = session.get_one(Quote, fact.quote_id)
    if values.get("archived_at") is not None:
        refuse_needed(session, quote, fact.kind)
    elif "archived_at" in values and (fact.kind in (ACCEPTED, SUPERSEDED) or quote.state not in (DRAFT, SENT)):
        raise SettledQuote(say("%(number)s has gone on since.", number=quote.number))
    for name, value in values.items():
        setattr(fact, name, value)
