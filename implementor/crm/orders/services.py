"""What can happen to an order beyond its facts: made with a number of its own, changed, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders import queries
from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.models import SALE, Order
from implementor.crm.orders.numbering import next_numbers
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope, entities
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

POINTING = ("account", "contact", "opportunity")
"""Fields that point at records of the kind of that name."""


def add_order(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Order:
    """A new order in preparation; customer and currency come from its opportunity where they are not given."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    if "number" not in given:
        given["number"] = free_number(session)
    own: dict[str, Any] = {"type": SALE, "ordered_on": local_day(at), "state": "draft"}
    with session.no_autoflush:
        order: Order = records.new_record(session, ORDER, given, by=by, at=at, **own)
        order.currency = order.currency or None
        _settle(session, order, by)
        _follow_opportunity(session, order)
        order.currency = order.currency or base_currency(session)
    return order


def change_order(session: Session, order: Order, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an order other values; currency and type stay while there are lines."""
    before = (order.currency, order.type)
    kept = {"number": order.number, "ordered_on": order.ordered_on, "type": order.type, "currency": order.currency}
    given = {name: kept[name] if value in (None, "") and name in kept else value for name, value in values.items()}
    with session.no_autoflush:
        records.change_record(session, ORDER, order, given, by=by, at=at)
        _settle(session, order, by)
        if (order.currency, order.type) != before and session.scalars(queries.lines_in_use(order.id).limit(1)).first():
            name = "currency" if order.currency != before[0] else "type"
            raise InvalidInput({name: say("There are lines already. Archive them first.")})


def restore_order(session: Session, order: Order, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give an order earlier values by attribute, as far as its number is free."""
    with session.no_autoflush:
        records.give_back(order, values)
        _refuse_taken_number(session, order)


def _settle(session: Session, order: Order, by: Actor) -> None:
    _refuse_taken_number(session, order)
    for name in POINTING:
        attribute = ORDER.fields[name].attribute
        pointed = getattr(order, attribute)
        if pointed is not None and inspect(order).attrs[attribute].history.has_changes():
            records.found_to_see(session, entities[name], pointed, by, field=name)


def _follow_opportunity(session: Session, order: Order) -> None:
    if order.opportunity_id is None:
        return
    sale = session.get_one(Opportunity, order.opportunity_id)
    order.account_id = order.account_id or sale.account_id
    order.contact_id = order.contact_id or sale.contact_id
    order.currency = order.currency or sale.currency


def _refuse_taken_number(session: Session, order: Order) -> None:
    if order.is_archived:
        return
    others = session.scalars(queries.bearers_of_number(order.number_key)).all()
    if any(one != order.id for one in others):
        raise InvalidInput({"number": say("Another order has this number.")})


def free_number(session: Session) -> str:
    """The next number of ours that no order from elsewhere has taken."""
    while True:
        number = next_numbers(session)[0]
        if session.scalars(queries.bearers_of_number(number.lower())).first() is None:
            return number
