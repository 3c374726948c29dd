"""The fields of an order's line, for the table on its page, its form and its history."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.orders.catalogue import MOST_AMOUNT, amount
from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.products.models import Product
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import say

MOST_QUANTITY = Decimal(1_000_000_000)
LINE = entity(
    Entity(
        "order_line", say("Line"), say("Lines"), OrderLine,
        ("name", "quantity", "unit_price", "discount", "tax", "total"), "name", "name", OrderLine.id,
    )
)  # fmt: skip


def line_fields(model: Any, least: Decimal) -> tuple[Field, ...]:
    """What every priced line has: of an order or of a quote. `least` is the smallest quantity."""
    product = aliased(Product, name=f"{model.__tablename__}_product")
    return (
        Field(
            "product", Kind.REFERENCE, say("Product"), model.product_id, target="product", shown=product.name,
            join=lambda found: found.outerjoin(product, product.id == model.product_id),
            hint=say("Name and price come from it where you leave them out."),
        ),
        Field("name", Kind.LINE, say("What is sold"), model.name, nullable=False, sortable=True),
        Field(
            "quantity", Kind.DECIMAL, say("Quantity"), model.quantity, nullable=False, minimum=least,
            maximum=MOST_QUANTITY,
        ),
        Field(
            "unit_price", Kind.MONEY, say("Price of one"), model.unit_price_amount, currency=model.currency,
            nullable=False, minimum=Decimal(0), maximum=MOST_AMOUNT,
        ),
        Field("discount", Kind.PERCENT, say("Discount"), model.discount_ratio, nullable=False),
        Field("tax", Kind.PERCENT, say("Tax rate"), model.tax_ratio, nullable=False),
        amount("net", say("Without tax"), model.net_amount, model.currency, nullable=False),
        amount("total", say("Total"), model.total_amount, model.currency, nullable=False),
    )  # fmt: skip


_Order = aliased(Order, name="order_line_of")
if not LINE.fields:
    LINE.declare(
        (
            Field(
                "order", Kind.REFERENCE, say("Customer order"), OrderLine.order_id, target="order", shown=_Order.number,
                join=lambda found: found.outerjoin(_Order, _Order.id == OrderLine.order_id), required=True,
                nullable=False,
            ),
            *line_fields(OrderLine, -MOST_QUANTITY),
        )
    )  # fmt: skip
