"""Noting what happened to an order, each fact in its order, and taking a fact back that was noted by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.crm.orders import permissions, queries
from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.facts import (
    APPROVED,
    CANCELLED,
    DISPATCHED,
    FACTS,
    PLACED,
    missing_before,
    needing,
)
from implementor.crm.orders.models import Order, OrderFact
from implementor.crm.orders.words import LABELS
from implementor.crm.records.services import refuse_beyond_reach
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action

LONGEST_NOTE, LONGEST_DOCUMENT = 2000, 100


class OutOfOrder(Refusal):
    """Something else must happen first."""


class AlreadyNoted(Refusal):
    """The order has this fact."""


class OrderIsCancelled(Refusal):
    """Nothing happens to a cancelled order any more."""


class OrderIsDispatched(Refusal):
    """What has left cannot be called off."""


class NothingOrdered(Refusal):
    """An order without lines cannot be placed."""


class MayNotApprove(Refusal):
    """Only those who answer for finance approve."""


class StillNeeded(Refusal):
    """A later fact stands on this one."""


@dataclass(frozen=True)
class Happening:
    """What is noted: the fact, when it happened, the number of its paper and a note."""

    kind: str
    on: datetime
    document: str = ""
    note: str = ""


def note_fact(session: Session, order: Order, fact: Happening, *, by: Actor, at: datetime) -> OrderFact:
    """Note that something happened to an order.

    Raises OutOfOrder, AlreadyNoted, OrderIsCancelled, OrderIsDispatched, NothingOrdered, MayNotApprove, and
    InvalidInput for a moment that cannot be or texts that are too long.
    """
    refuse_beyond_reach(session, ORDER, order, by)
    known = [row.kind for row in session.execute(queries.known_facts(order.id))]
    _refuse_impossible(session, order, fact.kind, known, by)
    document, note = clean_line(fact.document), clean(fact.note)
    _refuse_wrong(order, fact, document, note, at)
    label = LABELS[fact.kind]
    name_action(session, say("%(number)s: %(fact)s", number=order.number, fact=label), verb=f"order.{fact.kind}")
    made = OrderFact(order_id=order.id, kind=fact.kind, at=fact.on, document=document or None, note=note or None)
    session.add(made)
    session.flush()
    return made


def _refuse_impossible(session: Session, order: Order, kind: str, known: list[str], by: Actor) -> None:
    number, words = order.number, LABELS
    if kind in known:
        raise AlreadyNoted(say("%(number)s has this already: %(fact)s.", number=number, fact=words[kind]))
    if CANCELLED in known:
        raise OrderIsCancelled(say("%(number)s is cancelled. Take the cancellation back first.", number=number))
    if missing := missing_before(kind, known):
        needed = ", ".join(str(words[one]) for one in missing)
        raise OutOfOrder(
            say("%(fact)s? First comes: %(needed)s. Note that first.", fact=words[kind], needed=needed)
        )  # fmt: skip
    if kind == CANCELLED and DISPATCHED in known:
        raise OrderIsDispatched(
            say("%(number)s has left already. Write a credit note for what comes back.", number=number)
        )
    if kind == APPROVED and not by.may(permissions.APPROVE):
        raise MayNotApprove(say("Finance approves orders. Ask a manager."))
    if kind == PLACED and order.total_amount is None:
        has_lines = session.scalars(queries.lines_in_use(order.id).limit(1)).first() is not None
        if not has_lines:
            raise NothingOrdered(say("Nothing is ordered yet. Add the first line."))


def _refuse_wrong(order: Order, fact: Happening, document: str, note: str, at: datetime) -> None:
    errors = {}
    if fact.on > at:
        errors["on"] = say("That day is still to come.")
    elif fact.kind != PLACED and order.placed_at is not None and fact.on < order.placed_at:
        errors["on"] = say("The order was placed later than that.")
    if len(document) > LONGEST_DOCUMENT:
        errors["document"] = say("Up to %(longest)s characters, please.", longest=LONGEST_DOCUMENT)
    if len(note) > LONGEST_NOTE:
        errors["note"] = say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)
    if errors:
        raise InvalidInput(errors)


def take_fact_back(session: Session, order: Order, kind: str, *, by: Actor, at: datetime) -> OrderFact | None:
    """Put away a fact that was noted by mistake; None where there is none. Raises StillNeeded."""
    refuse_beyond_reach(session, ORDER, order, by)
    if kind == APPROVED and not by.may(permissions.APPROVE):
        raise MayNotApprove(say("Finance approves orders. Ask a manager."))
    fact = session.scalars(queries.fact_of(order.id, kind)).one_or_none() if kind in FACTS else None
    if fact is None:
        return None
    refuse_needed(session, order, kind)
    number, label = order.number, LABELS[kind]
    name_action(session, say("%(number)s: %(fact)s, taken back", number=number, fact=label), verb="order.take_back")
    fact.archived_at, fact.archived_by_id = at, by.user_id
    session.flush()
    return fact


def refuse_needed(session: Session, order: Order, kind: str) -> None:
    """Stop where later facts stand on this one."""
    known = [row.kind for row in session.execute(queries.known_facts(order.id))]
    if later := needing(kind, known):
        raise StillNeeded(say("%(fact)s came after it. Take that back first.", fact=LABELS[later[0]]))


def restore_fact(session: Session, fact: OrderFact, values: dict[str, object], by: Actor, at: datetime) -> None:
    """Undo what was noted or taken back, as far as the other facts allow it now."""
    order = session.get_one(Order, fact.order_id)
    if values.get("archived_at") is not None:
        refuse_needed(session, order, fact.kind)
    elif "archived_at" in values:
        known = [row.kind for row in session.execute(queries.known_facts(order.id))]
        _refuse_impossible(session, order, fact.kind, known, by)
    for name, value in values.items():
        setattr(fact, name, value)
