"""Keeping an order's amounts and state true to its lines and facts, whoever writes those: forms, undo, an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, func, inspect, select, update
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import set_committed_value

from implementor.crm.orders import queries
from implementor.crm.orders.facts import FACTS, state_of
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.orders.pricing import totals_of
from implementor.foundation.bulk import write_many

TABLE: Table = Order.__table__  # type: ignore[assignment]  # declared tables are tables
AMOUNTS = ("net_amount", "tax_amount", "total_amount")


def keep_orders(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: let every order whose lines or facts it writes say what they come to."""
    kept = ((OrderLine, settle_amounts, queries.lines_of), (OrderFact, settle_state, queries.facts_of))
    for model, settle, load in kept:
        order_ids = touched(session, model, "order_id")
        if model is OrderLine:
            order_ids |= discounted(session, Order)
        if not order_ids:
            continue
        with session.no_autoflush:
            rows = session.scalars(load(order_ids)).all()
            orders = session.scalars(queries.orders_of_ids(order_ids)).all()
        by_order = in_use([*rows, *(one for one in session.new if type(one) is model)], "order_id")
        for order in orders:
            settle(order, by_order.get(order.id, []))


def touched(session: Session, model: type[Any], pointer: str) -> set[int]:
    """The ids of the records whose rows of this model are written, by the attribute that points at them."""
    found: set[int] = set()
    changed = (one for one in session.dirty if type(one) is model and session.is_modified(one))
    for row in (*(one for one in session.new if type(one) is model), *changed):
        found.update((getattr(row, pointer), *(inspect(row).attrs[pointer].history.deleted or ())))
    return found


def discounted(session: Session, model: type[Any]) -> set[int]:
    """The ids of known records of this model whose discount of the whole is another one now."""
    known = (one for one in session.dirty if type(one) is model)
    return {one.id for one in known if inspect(one).attrs["discount_ratio"].history.has_changes()}


def in_use(rows: Iterable[Any], pointer: str) -> Mapping[int, list[Any]]:
    """The rows that are not put away, by the record that they point at."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.archived_at is None:
            found[getattr(row, pointer)].append(row)
    return found


def settle_amounts(order: Order, lines: list[Any]) -> None:
    """The sums of the lines; nothing where there are none any more."""
    total = totals_of(lines, order.discount_ratio).amounts
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


def add_up(session: Session, ids: Iterable[int], line: Any = OrderLine, whole: Any = Order) -> None:
    """Let orders with lines have their sums, in few statements; those without keep what their source said.

    The same for what else has priced lines: `line` is their model, `whole` that of what they belong to.
    """
    of, table = getattr(line, f"{whole.__record_kind__}_id"), whole.__table__
    found = (
        select(of, func.sum(line.net_amount), func.sum(line.tax_amount))
        .join(whole, whole.id == of)
        .where(of.in_(list(ids)), line.archived_at.is_(None))
        .where(func.coalesce(whole.discount_ratio, Decimal(0)) == Decimal(0))
        .group_by(of)
    )
    rows = [
        {"of_id": each, "net_amount": int(net), "tax_amount": int(tax), "total_amount": int(net) + int(tax)}
        for each, net, tax in session.execute(found)
    ]
    rows += _sums_after_discount(session, ids, line, whole)
    write_many(session, update(table).where(table.c.id == bindparam("of_id")), rows)


def _sums_after_discount(session: Session, ids: Iterable[int], line: Any, whole: Any) -> list[dict[str, int]]:
    """The sums of what has a discount of the whole, which is rounded line by line."""
    of = getattr(line, f"{whole.__record_kind__}_id")
    columns = (of, line.net_amount, line.tax_amount, line.tax_ratio, whole.discount_ratio, line.archived_at)
    found = select(*columns).join(whole, whole.id == of)
    found = found.where(of.in_(list(ids)), whole.discount_ratio > Decimal(0))
    rows = []
    for order_id, lines in in_use(session.execute(found), of.key).items():
        amounts = totals_of(lines, lines[0].discount_ratio).amounts
        rows.append(
            {"of_id": order_id, "net_amount": amounts.net, "tax_amount": amounts.tax, "total_amount": amounts.total}
        )
    return rows


def settle_state(order: Order, facts: list[Any]) -> None:
    """The moments of the facts, and the state that the latest makes."""
    moments = {kind: next((one.at for one in facts if one.kind == kind), None) for kind in FACTS}
    for kind, at in moments.items():
        if getattr(order, f"{kind}_at") != at:
            setattr(order, f"{kind}_at", at)
    state = state_of(moments)
    if order.state != state:
        order.state = state
