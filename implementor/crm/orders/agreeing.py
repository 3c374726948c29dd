"""Orders made of what was agreed elsewhere, such as in a quote: the same lines, the same discount, the same amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.facts import DRAFT
from implementor.crm.orders.models import SALE, Order, OrderLine
from implementor.crm.orders.services import free_number
from implementor.crm.records import services as records
from implementor.foundation.local_days import local_day
from implementor.foundation.permissions import Actor


def order_as_agreed(
    session: Session, agreed: Mapping[str, Any], lines: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime
) -> Order:
    """An order in preparation with these columns and lines (by attribute), taken as they are.

    Its customer is taken along even out of the sight of who writes. Raises BeyondReach for who adds no orders.
    """
    owner = {"owner": agreed.get("owner_id")}
    own = {"type": SALE, "state": DRAFT, "ordered_on": local_day(at), **agreed}
    with session.no_autoflush:
        order: Order = records.new_record(
            session, ORDER, owner, by=by, at=at, number=free_number(session), **own
        )  # fmt: skip
    session.flush()  # its lines point at it
    session.add_all([OrderLine(**one, order_id=order.id) for one in lines])
    session.flush()
    return order
