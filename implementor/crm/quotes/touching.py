"""Whether anybody has worked with the order that a quote became."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.quotes.models import Quote, QuoteAcceptance
from implementor.crm.records.references import references_to

OWN = {OrderLine.__tablename__, QuoteAcceptance.__tablename__, Quote.__tablename__}
"""Tables whose rows came with the acceptance itself, or are looked at one by one."""


def touched_since(session: Session, order: Order, acceptance: QuoteAcceptance, *, but_for: int) -> bool:
    """Whether the order or a line of it was changed, or anything else than this quote points at it since."""
    if order.version != acceptance.order_version or order.is_archived:
        return True
    changed = select(OrderLine.id).where(
        OrderLine.order_id == order.id,
        (OrderLine.version != 1) | (OrderLine.created_at != acceptance.at) | OrderLine.archived_at.is_not(None),
    )
    others = select(Quote.id).where(Quote.order_id == order.id, Quote.id != but_for)
    if any(session.scalar(found.limit(1)) is not None for found in (changed, others)):
        return True
    pointing = (
        select(1).select_from(table).where(points).limit(1)
        for table, points in references_to(Order, order.id)
        if table.name not in OWN
    )
    return any(session.scalar(found) is not None for found in pointing)
