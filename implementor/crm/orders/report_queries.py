"""How long customers wait between close and service: orders from placing to dispatch, as far as the reader sees."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from implementor.crm.orders.models import SALE, Order
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows

MOST_PAIRS = 20_000


def handed_to_service(*, scope: Scope, time: tuple[datetime, datetime]) -> Rows:
    """Rows (placed, dispatched) of the orders that were dispatched in a time, latest first."""
    return (
        records_in_use(Order, scope)
        .where(
            Order.type == SALE, Order.placed_at.is_not(None), Order.dispatched_at >= time[0],
            Order.dispatched_at < time[1],
        )
        .with_only_columns(Order.placed_at, Order.dispatched_at)
        .order_by(Order.dispatched_at.desc(), Order.id.desc())
        .limit(MOST_PAIRS)
    )  # fmt: skip


def waiting_for_service(*, scope: Scope) -> Rows:
    """One row: how many orders are placed and neither dispatched nor cancelled."""
    found = records_in_use(Order, scope).where(
        Order.type == SALE, Order.placed_at.is_not(None), Order.dispatched_at.is_(None), Order.cancelled_at.is_(None)
    )
    return select(func.count()).select_from(found.with_only_columns(Order.id).subquery())
