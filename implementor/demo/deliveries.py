"""The orders of the demo world: what was won is placed, approved, sent, invoiced and paid, as far as its days allow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.following import Happening, note_fact
from implementor.demo.crm_texts import luck_of
from implementor.demo.market import Market, make
from implementor.demo.offers import CODES, accept_offer
from implementor.foundation.permissions import Actor

WAY = (("placed", 0.4), ("approved", 3), ("dispatched", 16), ("invoiced", 18), ("paid", 48))
"""The facts of an order with the days after the sale was won."""


def plan_order(market: Market, name: str, owner: str, won: float) -> None:
    """Plan the order of a sale that is won so many days before today."""
    made: list[Any] = []
    market.play.plan(won - 0.2, owner, lambda *deed: made.append(_order(market, name, *deed)))
    for kind, days in WAY:
        if won - days > 0.5:
            by = "functional" if kind == "approved" else owner
            market.play.plan(won - days, by, _noting(made, kind))


def _order(market: Market, name: str, session: Session, by: Actor, at: datetime) -> Any:
    accepted = accept_offer(market, name, session, by, at)
    if accepted is not None:
        return accepted
    sale = market.records["opportunity"][name]
    dice = luck_of("order", name)
    reference = f"OC-{dice.randint(1000, 9999)}"
    order = market.add(session, "order", name, {"opportunity": sale.id, "reference": reference}, by, at)
    for code in dice.sample(CODES, 2):
        line = {"product": market.records["product"][code].id, "quantity": str(dice.randint(1, 3)), "tax": "19 %"}
        make(session, "order_line", {"order": order.id, **line}, by, at)
    return order


def _noting(made: list[Any], kind: str) -> Any:
    return lambda session, by, at: note_fact(session, made[0], Happening(kind, at), by=by, at=at)
