"""Keeping an order's amounts and state true to its lines and facts, whoever writes those: forms, undo, an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table, bindparam, func, inspect, select, update
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from implementor.crm.orders import queries
from implementor.crm.orders.facts import FACTS, state_of
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.orders.pricing import sum_of
from implementor.foundation.bulk import write_many

TABLE: Table = Order.__table__  # type: ignore[assignment]  # declared tables are tables
AMOUNTS = ("net_amount", "tax_amount", "total_amount")


def keep_orders(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: let every order whose lines or facts it writes say what they come to."""
    kept = ((OrderLine, settle_amounts, queries.lines_of), (OrderFact, settle_state, queries.facts_of))
    for model, settle, load in kept:
        order_ids = _touched(session, model)
        if not order_ids:
            continue
        with session.no_autoflush:
            rows = session.scalars(load(order_ids)).all()
            orders = session.scalars(queries.orders_of_ids(order_ids)).all()
        by_order = _in_use([*rows, *(one for one in session.new if type(one) is model)])
        for order in orders:
            settle(order, by_order.get(order.id, []))


def _touched(session: Session, model: type[Any]) -> set[int]:
    touched: set[int] = set()
    changed = (one for one in session.dirty if type(one) is model and session.is_modified(one))
    for row in (*(one for one in session.new if type(one) is model), *changed):
        touched.update((row.order_id, *(inspect(row).attrs["order_id"].history.deleted or ())))
    return touched


def _in_use(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.archived_at is None:
            found[row.order_id].append(row)
    return found


def settle_amounts(order: Order, lines: list[Any]) -> None:
    """The sums of the lines; nothing where there are none any more."""
    total = sum_of(lines)
    amounts = (total.net, total.tax, total.total) if lines else (None, None, None)
    if (order.net_amount, order.tax_amount, order.total_amount) == amounts:
        return
    session = object_session(order)
    assert session is not None  # it was just loaded
    if not _only_put_away(session, order.id):
        order.net_amount, order.tax_amount, order.total_amount = amounts
        return
    # an import that is taken back puts lines away first and must still find its orders as it left them
    values = dict(zip(AMOUNTS, amounts, strict=True))
    session.connection().execute(update(TABLE).where(TABLE.c.id == order.id).values(**values))
    for name, value in values.items():
        set_committed_value(order, name, value)


def _only_put_away(session: Session, order_id: int) -> bool:
    """Whether all that is new about an order's lines is that some are put away."""
    if any(type(one) is OrderLine and one.order_id == order_id for one in session.new):
        return False
    changed = [one for one in session.dirty if type(one) is OrderLine and one.order_id == order_id]
    return all(one.archived_at is not None for one in changed if session.is_modified(one))


def add_up(session: Session, order_ids: Iterable[int]) -> None:
    """Let orders with lines have their sums, in two statements; those without keep what their source said."""
    found = (
        select(OrderLine.order_id, func.sum(OrderLine.net_amount), func.sum(OrderLine.tax_amount))
        .where(OrderLine.order_id.in_(list(order_ids)), OrderLine.archived_at.is_(None))
        .group_by(OrderLine.order_id)
    )
    rows = [
        {"of_id": order_id, "net_amount": int(net), "tax_amount": int(tax), "total_amount": int(net) + int(tax)}
        for order_id, net, tax in session.execute(found)
    ]
    write_many(session, update(TABLE).where(TABLE.c.id == bindparam("of_id")), rows)


def settle_state(order: Order, facts: list[Any]) -> None:
    """The moments of the facts, and the state that the latest makes."""
    moments = {kind: next((one.at for one in facts if one.kind == kind), None) for kind in FACTS}
    for kind, at in moments.items():
        if getattr(order, f"{kind}_at") != at:
            setattr(order, f"{kind}_at", at)
    state = state_of(moments)
    if order.state != state:
        order.state = state
