"""Finding orders, their lines and facts, and what happened to the orders of an account, contact or opportunity."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from implementor.auth.models import User
from implementor.crm.orders.facts import OPEN_TO_CHANGE
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.records.queries import records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.lookup import begins_with
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef

POINTING = {
    "order": Order.id, "account": Order.account_id, "contact": Order.contact_id, "opportunity": Order.opportunity_id,
}  # fmt: skip
"""Kinds whose timelines tell of orders, and the column that leads to them."""


def number_begins(words: str) -> ColumnElement[bool]:
    """Orders whose number begins with these words."""
    return begins_with(Order.number_key, words)


def order_to_change(order_id: int, scope: Scope) -> Select[Order]:
    """An order in use that the actor sees."""
    found: Select[Order] = records_in_use(Order, scope)
    return found.where(Order.id == order_id)


def bearers_of_number(number_key: str) -> Select[int]:
    """The ids of orders in use with this folded number."""
    return select(Order.id).where(Order.number_key == number_key, Order.archived_at.is_(None))


def orders_of_ids(order_ids: Collection[int]) -> Select[Order]:
    """Orders by id."""
    return select(Order).where(Order.id.in_(list(order_ids)))


def lines_of(order_ids: Collection[int]) -> Select[OrderLine]:
    """The lines of orders, those put away too, in order."""
    found = select(OrderLine).where(OrderLine.order_id.in_(list(order_ids)))
    return found.order_by(OrderLine.order_id, OrderLine.position, OrderLine.id)


def lines_in_use(order_id: int) -> Select[OrderLine]:
    """The lines of one order."""
    return lines_of([order_id]).where(OrderLine.archived_at.is_(None))


def facts_of(order_ids: Collection[int]) -> Select[OrderFact]:
    """The facts of orders, wrong ones that were taken back too."""
    return select(OrderFact).where(OrderFact.order_id.in_(list(order_ids))).order_by(OrderFact.at, OrderFact.id)


def known_facts(order_id: int) -> Rows:
    """Rows (kind, at, document, note, who) of the facts of an order that hold."""
    return (
        select(OrderFact.kind, OrderFact.at, OrderFact.document, OrderFact.note, User.name.label("who"))
        .outerjoin(User, User.id == OrderFact.created_by_id)
        .where(OrderFact.order_id == order_id, OrderFact.archived_at.is_(None))
        .order_by(OrderFact.at, OrderFact.id)
    )


def fact_of(order_id: int, kind: str) -> Select[OrderFact]:
    """One fact of an order."""
    found = select(OrderFact).where(OrderFact.order_id == order_id, OrderFact.kind == kind)
    return found.where(OrderFact.archived_at.is_(None))


def line_is_open() -> ColumnElement[bool]:
    """Lines of orders whose lines are still written."""
    return OrderLine.order_id.in_(select(Order.id).where(Order.state.in_(OPEN_TO_CHANGE)))


def latest_facts(ref: RecordRef, actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest facts of a record's orders: (id, kind, at, document, note, who, order_id, number, total, currency)."""
    found = (
        select(
            OrderFact.id, OrderFact.kind, OrderFact.at, OrderFact.document, OrderFact.note, User.name.label("who"),
            Order.id.label("order_id"), Order.number, Order.total_amount, Order.currency, Order.type,
        )
        .join(Order, Order.id == OrderFact.order_id)
        .outerjoin(User, User.id == OrderFact.created_by_id)
        .where(POINTING[ref.kind] == ref.id, OrderFact.archived_at.is_(None), within(Order, actor))
        .order_by(OrderFact.at.desc(), OrderFact.id.desc())
        .limit(limit)
    )  # fmt: skip
    if ref.kind != "order":
        found = found.where(Order.archived_at.is_(None))
    return found if before is None else found.where(OrderFact.at < before)
