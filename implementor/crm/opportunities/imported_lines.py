"""What an imported opportunity sells: one line of the product that its row names, at the row's amount."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from implementor.crm.opportunities.models import LineItem
from implementor.crm.opportunities.pricing import line_total
from implementor.crm.products.models import Product
from implementor.exchange.records.declaring import Draft, Writing, Written
from implementor.exchange.records.writing import insert_rows
from implementor.exchange.values import UnreadableValue, number_of
from implementor.foundation.conventions import conventions

PRODUCT_SOLD, QUANTITY = "product", "quantity"
MOST = Decimal(1_000_000_000)


def settle_lines(writing: Writing, written: Sequence[Written]) -> None:
    """Write a line for each new opportunity whose product was found."""
    sold = {one.record_id: one.draft for one in written if PRODUCT_SOLD in one.draft.linked}
    ids = {draft.linked[PRODUCT_SOLD] for draft in sold.values()}
    named = select(Product.id, Product.name, Product.price_amount, Product.price_currency).where(Product.id.in_(ids))
    products = {row.id: row for row in writing.session.execute(named)} if ids else {}
    rows = []
    for opportunity_id, draft in sold.items():
        product = products[draft.linked[PRODUCT_SOLD]]
        amount, quantity = draft.values.get("amount"), quantity_of(draft)
        currency = draft.values.get("currency") or product.price_currency or conventions().currency
        own = product.price_amount if product.price_currency == currency else None
        price = int(Decimal(amount) / quantity) if amount else own or 0
        rows.append({
            **writing.stamps(), "opportunity_id": opportunity_id, "product_id": product.id, "name": product.name,
            "quantity": quantity, "unit_price_amount": price, "currency": currency, "discount_ratio": Decimal(0),
            "total_amount": line_total(quantity=quantity, unit_price=price, discount=Decimal(0)), "position": 0,
        })  # fmt: skip
    insert_rows(writing, LineItem, rows)


def quantity_of(draft: Draft) -> Decimal:
    """How many the row says, one where it says nothing that can be counted."""
    try:
        number = number_of(draft.text(QUANTITY))
    except UnreadableValue:
        return Decimal(1)
    return number if number is not None and 0 < number <= MOST else Decimal(1)
