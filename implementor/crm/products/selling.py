"""A product as it is put on a line of something sold: seen by who sells it, at what it usually costs that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.products.catalogue import PRODUCT
from implementor.crm.products.models import Product
from implementor.crm.products.pricing import price_of, terms_of
from implementor.crm.products.queries import prices_on_lists
from implementor.crm.records.services import found_to_see
from implementor.foundation.permissions import Actor


def product_sold(session: Session, product_id: Any, by: Actor) -> Product | None:
    """The product that a line names, if it names one. Raises InvalidInput where the actor sees none of that id."""
    if product_id in (None, ""):
        return None
    found: Product = found_to_see(session, PRODUCT, product_id, by, field="product")
    return found


def usual_price(session: Session, product: Product, currency: str, by: Actor, on: date) -> int | None:
    """What one costs that day in this currency, by the default list or its own price; None where nobody said."""
    rows = session.execute(prices_on_lists([product.id], currency, by))
    priced = price_of(product, terms_of(rows), currency, on)
    return priced.amount if priced is not None else None
