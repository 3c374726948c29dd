"""The quotes of the demo world: sent with a proposal, some renewed at a better price, and answered in the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.models import Order
from implementor.crm.quotes import queries
from implementor.crm.quotes.accepting import Answer, accept_quote
from implementor.crm.quotes.facts import SENT
from implementor.crm.quotes.following import Happening, refuse_quote, send_quote
from implementor.crm.quotes.lines import change_line
from implementor.crm.quotes.models import Quote
from implementor.crm.quotes.services import change_quote
from implementor.crm.quotes.versions import renew_quote
from implementor.demo.crm_texts import luck_of
from implementor.demo.market import Market, make
from implementor.foundation.permissions import Actor

CODES = ("COC-H6", "COC-E6", "FRI-N4", "LAV-C60")
TERMS = "Entrega en 30 días después del anticipo del 50 %. Garantía de un año. Instalación en el sitio incluida."
VALID_FOR = 75
"""Days; those of the last weeks are about to expire."""


def plan_offer(market: Market, name: str, owner: str, proposed: float) -> None:
    """Plan the quote of a sale whose proposal was made so many days before today."""
    dice = luck_of("quote", name)
    days = VALID_FOR if proposed > VALID_FOR else max(proposed + dice.randint(-3, 12), 5)
    market.play.plan(proposed - 0.2, owner, lambda *deed: _write(market, name, proposed - days, *deed))
    if dice.random() < 0.9:
        market.play.plan(proposed - 0.4, owner, lambda *deed: _send(market, name, *deed))
    if dice.random() < 0.35 and proposed > 6:
        market.play.plan(proposed - 5, owner, lambda *deed: _renew(market, name, *deed))


def _write(market: Market, name: str, until: float, session: Session, by: Actor, at: datetime) -> None:
    dice, sale = luck_of("quote lines", name), market.records["opportunity"][name]
    values = {
        "opportunity": sale.id, "terms": TERMS, "reference": f"SC-{dice.randint(100, 999)}",
        "valid_until": max(market.play.day(until), at.date()), "discount": dice.choice(("", "", "3 %", "5 %")),
    }  # fmt: skip
    quote = market.add(session, "quote", name, values, by, at)
    lines = session.scalars(queries.lines_in_use(quote.id)).all()
    for line in lines:
        change_line(session, line, {"tax": "19 %"}, by, at)
    for code in dice.sample(CODES, 2) if not lines else ():
        sold = {"product": market.records["product"][code].id, "quantity": str(dice.randint(1, 3)), "tax": "19 %"}
        make(session, "quote_line", {"quote": quote.id, **sold}, by, at)


def _send(market: Market, name: str, session: Session, by: Actor, at: datetime) -> None:
    send_quote(session, market.records["quote"][name], Happening(at, "Por correo, con la ficha técnica."), by=by, at=at)


def _renew(market: Market, name: str, session: Session, by: Actor, at: datetime) -> None:
    """The customer asked for a better price, if there is no answer yet."""
    quote = market.records["quote"][name]
    if quote.state != SENT:
        return
    renewed = renew_quote(session, quote, by=by, at=at)
    change_quote(session, renewed, {"discount": "8 %"}, by, at)
    session.flush()
    send_quote(session, renewed, Happening(at, "Con el descuento que pidieron."), by=by, at=at)
    market.records["quote"][name] = renewed


def refuse_offer(market: Market, name: str, reason: str, session: Session, by: Actor, at: datetime) -> None:
    """The customer does not want what was offered."""
    quote: Quote | None = market.records["quote"].get(name)
    if quote is not None and quote.state == SENT:
        refuse_quote(session, quote, Happening(at, reason), by=by, at=at)


def accept_offer(market: Market, name: str, session: Session, by: Actor, at: datetime) -> Any:
    """The order that the quote of a sale becomes; None where nothing was offered that still holds."""
    quote: Quote | None = market.records["quote"].get(name)
    if quote is None or quote.state != SENT or quote.valid_until < at.date():
        return None
    accepted = accept_quote(session, quote, Answer(at, "Aceptada por correo."), by=by, at=at)
    order = market.records["order"][name] = session.get_one(Order, accepted.order_id)
    return order
