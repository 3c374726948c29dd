"""Lines of orders from files, one in a row: their orders, customers and products are found by name, or made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy import literal_column

from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.importing import CUSTOMERS, FACT_HEADERS, ORDERED
from implementor.crm.orders.line_catalogue import MOST_QUANTITY, line_fields
from implementor.crm.orders.made_from_lines import (
    CUSTOMER,
    MOMENTS,
    complete_for_lines_that_are_back,
    complete_made,
    find_names,
    make_orders,
    new_product,
    refuse_other_currency,
)
from implementor.crm.orders.models import Order, OrderLine
from implementor.crm.orders.pricing import amounts_of
from implementor.crm.orders.settling import add_up
from implementor.crm.orders.words import LABELS
from implementor.crm.products.importing import product_link
from implementor.crm.products.models import Product
from implementor.crm.records.importing import maker, named_link
from implementor.crm.records.queries import parent_is_visible
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, Link, RecordImport, Writing, Written
from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

CREDITED = re.compile(r"[A-Za-z]")
WHOLE = re.compile(r"\d+\.0")
"""What spreadsheets and data frames make of a number that is a name."""
SHARES = {"discount": "discount_ratio", "tax": "tax_ratio"}
ORDER_NAMES = (
    "order|order id|orderid|order no|order number|invoice|invoice no|invoiceno|invoice number|pedido|id de pedido|"
    "número de pedido|numero de pedido|factura|número de factura|numero de factura"
)
PRODUCT_NAMES = (
    "product|product id|productid|product code|stock code|stockcode|sku|item|item code|item number|producto|artículo|"
    "articulo|código de producto|codigo de producto|id producto"
)
HEADERS = {
    EXTERNAL_ID: "line id|order line id|id de línea",
    "name": "description|item description|product name|text|descripcion|descripción|concepto|nombre del producto",
    "quantity": "quantity|qty|units|cantidad|unidades",
    "unit_price": "unit price|unitprice|price|price each|precio|precio unitario",
    "discount": "discount|descuento|dto",
    "tax": "tax|tax rate|vat|vat rate|iva|tipo de iva|impuesto",
    "currency": "currency|moneda|divisa",
    "ordered_on": ORDERED,
    **FACT_HEADERS,
}


def _entity() -> Entity:
    """The catalogue of a row: a line, and what the row says of its order."""
    row = Entity(
        "order_line", say("Line of an order"), say("Lines of orders"), OrderLine, ("name",), "name", "name",
        OrderLine.id,
    )  # fmt: skip
    fields = [
        Field("order", Kind.REFERENCE, say("Customer order"), OrderLine.order_id, required=True, nullable=False),
        Field("currency", Kind.CURRENCY, say("Currency"), OrderLine.currency),
        *line_fields(OrderLine, -MOST_QUANTITY),
        Field("ordered_on", Kind.DATE, say("Ordered on"), literal_column("ordered_on")),
        *(
            Field(name, Kind.MOMENT, LABELS[name.removesuffix("_at")], literal_column(name))
            for name in MOMENTS
            if name != "ordered_on"
        ),
    ]
    needed = ("quantity", "unit_price")
    return row.declare(replace(one, required=True) if one.name in needed else one for one in fields)


def take_line(draft: Draft) -> Iterable[Reason]:
    """Part what a row says of its order from its line, and read shares that are written as parts of one."""
    values = draft.values
    for name in MOMENTS:
        moment = values.pop(name, None)
        if moment is not None:
            draft.extra[name] = [moment.isoformat()]
    for texts in (draft.links, draft.extra):
        _without_decimals(texts)
    read_shares(draft)
    yield from _unsound(draft)


def read_shares(draft: Draft) -> None:
    """Read shares of a line that are written as parts of one: 0.15 means 15 %, as systems write it."""
    values = draft.values
    for field, name in SHARES.items():
        if field not in draft.signed and 0 < (values.get(name) or 0) < Decimal("0.01"):
            values[name] *= 100


def _without_decimals(texts: dict[str, Any]) -> None:
    """Names such as 17850.0 are 17850."""
    if "order" in texts or "product" in texts:
        for name, text in texts.items():
            texts[name] = text.removesuffix(".0") if WHOLE.fullmatch(text) else text
    elif CUSTOMER in texts:
        texts[CUSTOMER] = [one.removesuffix(".0") if WHOLE.fullmatch(one) else one for one in texts[CUSTOMER]]


def _unsound(draft: Draft) -> Iterable[Reason]:
    quantity = draft.values.get("quantity")
    order = draft.links.get("order", "")
    if quantity is not None and not quantity:
        yield Reason(say("The quantity is 0."))
    if quantity is not None and quantity < 0 and not CREDITED.match(order):
        yield Reason(
            say("A negative quantity belongs to a credit note, whose number begins with a letter: C536379."),
            "",
            str(quantity),
        )
    yield from unsound_name(draft)


def unsound_name(draft: Draft) -> Iterable[Reason]:
    """A line says what is sold, by a product or a text."""
    if not draft.values.get("name") and not draft.links.get("product"):
        yield Reason(say("Neither a product nor a text says what was sold."))


def complete(row: dict[str, Any]) -> None:
    """Compute what the line comes to."""
    amounts = amounts_of(
        quantity=row["quantity"],
        unit_price=row["unit_price_amount"],
        discount=row["discount_ratio"] or Decimal(0),
        tax=row["tax_ratio"] or Decimal(0),
    )
    row["net_amount"], row["tax_amount"], row["total_amount"] = amounts.net, amounts.tax, amounts.total


def prepare(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Before new lines are written: complete the orders and products that they made, and give lines their names."""
    complete_made(writing, drafts)
    refuse_other_currency(writing, drafts)
    find_names(writing, drafts)


def settle(writing: Writing, written: Sequence[Written]) -> None:
    """Let the orders of a batch have the sums of their lines."""
    add_up(writing.session, order_ids_of(writing, written))


def order_ids_of(writing: Writing, written: Sequence[Written]) -> set[int]:
    """The orders whose lines were written, those that a line left too."""
    ids = {one.draft.values["order_id"] for one in written if "order_id" in one.draft.values}
    return ids | {one.before["order_id"] for one in written if "order_id" in one.before}


def _order_link() -> Link:
    found = named_link("order", Order, Order.number_key, headers=ORDER_NAMES)
    return replace(found, make=make_orders)


def product_of_line() -> Link:
    """By code, name or its name elsewhere; what is none of them is made with it as its code."""
    return replace(product_link("product", PRODUCT_NAMES), make=maker(Product, new_product))


def _may_change(actor: Actor) -> Any:
    return parent_is_visible(OrderLine.order_id, Order, Scope(None, actor), "edit")


USUAL: Mapping[str, Any] = {
    "discount_ratio": Decimal(0), "tax_ratio": Decimal(0), "product_id": None, "position": 0,
    "archived_at": None, "archived_by_id": None,
}  # fmt: skip
LINE_IMPORT = RecordImport(
    entity=_entity(),
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("orders.index", sort="-created_at"),
    needs=("order",),
    headers=HEADERS,
    links=(_order_link(), product_of_line()),
    extra=(Extra(CUSTOMER, say("Account of the order"), CUSTOMERS),),
    usual=USUAL,
    derive=take_line,
    complete=complete,
    before_new=prepare,
    before_changes=complete_for_lines_that_are_back,
    settle=settle,
    may_change=_may_change,
    is_open_to=ORDER.fields["total"].is_visible_to,  # lines tell what the sum is made of
)
