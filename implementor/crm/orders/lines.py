"""The lines of an order: what each costs with its tax, in the order's currency, while they may still be written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.orders.catalogue import MOST_AMOUNT, ORDER
from implementor.crm.orders.facts import OPEN_TO_CHANGE
from implementor.crm.orders.line_catalogue import LINE
from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.orders.pricing import amounts_of
from implementor.crm.orders.words import LABELS
from implementor.crm.products.selling import product_sold, usual_price
from implementor.crm.records import services as records
from implementor.crm.records.services import found_to_change, refuse_beyond_reach
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.money import plain_amount
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import name_action

AT_FIRST: Mapping[str, Any] = {
    "discount_ratio": Decimal(0), "tax_ratio": Decimal(0), "net_amount": 0, "tax_amount": 0, "total_amount": 0,
    "position": 0,
}  # fmt: skip
"""The columns of a line before anything is said of it."""


class LinesAreSettled(Refusal):
    """What finance approved, or the customer received, is no longer written."""


def add_line(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> OrderLine:
    """A line of an order, in its currency; name and price come from the product where they are not given."""
    order: Order = found_to_change(session, ORDER, values.get("order"), by, field="order")
    refuse_settled(order)
    usual = {"quantity": -1 if order.is_credit else 1}
    given = {**usual, **priced(session, values, order.currency or "", by, at.date())}
    own = {**AT_FIRST, "currency": order.currency}
    with session.no_autoflush:
        line: OrderLine = records.new_record(session, LINE, given, by=by, at=at, **own)
        settle_line(LINE, line, order.currency or "", negative=order.is_credit)
    return line


def change_line(session: Session, line: OrderLine, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line other values; its amounts and the order's follow."""
    order = session.get_one(Order, line.order_id)
    refuse_beyond_reach(session, ORDER, order, by)
    refuse_settled(order)
    if "product" in values:
        product_sold(session, values["product"], by)
    with session.no_autoflush:
        records.give(LINE, line, {name: value for name, value in values.items() if name != "order"})
        name_action(session, say("Changed %(title)s", title=line.name), verb="order_line.change")
        settle_line(LINE, line, order.currency or "", negative=order.is_credit)


def restore_line(session: Session, line: OrderLine, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a line earlier values by attribute, while lines may be written; its amounts follow from them."""
    order = session.get_one(Order, line.order_id)
    refuse_settled(order)
    with session.no_autoflush:
        records.give_back(line, values)
        settle_line(LINE, line, line.currency, negative=order.is_credit)


def refuse_settled(order: Order) -> None:
    """Stop where the order has gone too far for other lines."""
    if order.state not in OPEN_TO_CHANGE:
        reason = say(
            "The lines of %(number)s stay (%(state)s). Take that step back first, or write a credit note.",
            number=order.number,
            state=LABELS[order.state],
        )
        raise LinesAreSettled(reason)


def priced(session: Session, values: Mapping[str, Any], currency: str, by: Actor, on: date) -> dict[str, Any]:
    """The values of a line with name and price of the product where those are left out."""
    given = {name: value for name, value in values.items() if value not in (None, "")}
    product = product_sold(session, given.get("product"), by)
    if product is not None:
        given.setdefault("name", product.name)
        if "unit_price" not in given and (price := usual_price(session, product, currency, by, on)) is not None:
            given["unit_price"] = price
    return given


def settle_line(entity: Entity, line: Any, currency: str, *, negative: bool = False) -> None:
    """Compute what a line of an order or quote comes to. Raises InvalidInput where something is missing or wrong."""
    needed = {name: entity.fields[name] for name in ("name", "quantity", "unit_price")}
    errors = {
        name: say("%(field)s is needed.", field=field.label)
        for name, field in needed.items()
        if getattr(line, field.attribute) is None
    }
    if errors:
        raise InvalidInput(errors)
    if line.currency != currency:
        reason = say("Prices here are in %(currency)s: write it with the amount.", currency=currency)
        raise InvalidInput({"unit_price": reason})
    if (line.quantity < 0) != negative or not line.quantity:
        kinds = say("On a credit note quantities are negative.") if negative else say("More than 0, please.")
        raise InvalidInput({"quantity": kinds})
    line.discount_ratio, line.tax_ratio = line.discount_ratio or Decimal(0), line.tax_ratio or Decimal(0)
    amounts = amounts_of(
        quantity=line.quantity, unit_price=line.unit_price_amount, discount=line.discount_ratio, tax=line.tax_ratio
    )
    if abs(plain_amount(amounts.total, currency)) > MOST_AMOUNT:
        raise InvalidInput({"quantity": say("The total of this line is too large an amount.")})
    line.net_amount, line.tax_amount, line.total_amount = amounts.net, amounts.tax, amounts.total
