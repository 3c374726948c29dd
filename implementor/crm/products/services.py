"""What can happen to products and price lists: unique codes, one default of a currency, prices in its currency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.products import queries
from implementor.crm.products.catalogue import PRICE, PRICE_LIST, PRODUCT
from implementor.crm.products.models import Price, PriceList, Product
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say


def add_product(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Product:
    """A new product with a code that no other in use has."""
    with session.no_autoflush:
        product: Product = records.new_record(session, PRODUCT, values, by=by, at=at)
        refuse_unsound_product(session, product, by)
    return product


def change_product(session: Session, product: Product, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a product other values."""
    with session.no_autoflush:
        records.change_record(session, PRODUCT, product, values, by=by, at=at)
        refuse_unsound_product(session, product, by)


def restore_product(session: Session, product: Product, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a product earlier values by attribute, as far as code and tree allow it now."""
    with session.no_autoflush:
        records.give_back(product, values)
        refuse_unsound_product(session, product, by)


def refuse_unsound_product(session: Session, product: Product, by: Actor) -> None:
    """Stop where the code is taken, the tree would loop, or the dates are in the wrong order."""
    holder = session.execute(queries.holder_of_code(product.code_key)).first()
    if holder is not None and holder.id != product.id and not product.is_archived:
        raise InvalidInput({"code": say("%(product)s has this code already.", product=holder.name)})
    records.refuse_impossible_parent(session, PRODUCT, product, by)
    if product.active_from and product.active_until and product.active_until < product.active_from:
        raise InvalidInput({"active_until": say("The last day comes after the first.")})


def add_price_list(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> PriceList:
    """A new price list; the present default of its currency gives way to a new one."""
    with session.no_autoflush:
        made: PriceList = records.new_record(session, PRICE_LIST, values, by=by, at=at)
        made.is_default = bool(made.is_default)
        settle_price_list(session, made)
    return made


def change_price_list(session: Session, kept: PriceList, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a price list other values; its currency stays once there are prices on it."""
    with session.no_autoflush:
        currency = kept.currency
        records.change_record(session, PRICE_LIST, kept, values, by=by, at=at)
        kept.is_default = bool(kept.is_default)
        if kept.currency != currency and session.scalar(queries.prices_of_list(kept.id).limit(1)) is not None:
            raise InvalidInput({"currency": say("There are prices in %(currency)s on this list.", currency=currency)})
        settle_price_list(session, kept)


def restore_price_list(session: Session, kept: PriceList, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a price list earlier values by attribute."""
    with session.no_autoflush:
        records.give_back(kept, values)
        settle_price_list(session, kept)


def settle_price_list(session: Session, kept: PriceList) -> None:
    """Stop where the dates are in the wrong order; let another default of the currency give way to this one."""
    if kept.valid_from and kept.valid_until and kept.valid_until < kept.valid_from:
        raise InvalidInput({"valid_until": say("The last day comes after the first.")})
    if not kept.is_default or kept.is_archived:
        return
    for other in session.scalars(queries.defaults_of(kept.currency)):
        if other is not kept:
            other.is_default = False
            # at once, because a flush writes in the order of ids and there is never more than one default
            session.execute(queries.no_default(other.id), execution_options={"synchronize_session": False})


def add_price(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Price:
    """The price of a product on a list that the actor may change."""
    with session.no_autoflush:
        price: Price = records.new_record(session, PRICE, values, by=by, at=at)
        refuse_unsound_price(session, price, by)
        records.found_to_see(session, PRODUCT, price.product_id, by, field="product")
    return price


def change_price(session: Session, price: Price, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a price another amount, product or list."""
    with session.no_autoflush:
        records.found_to_change(session, PRICE_LIST, price.price_list_id, by, field="price_list")
        records.change_record(session, PRICE, price, values, by=by, at=at)
        refuse_unsound_price(session, price, by)
        if "product" in values:  # one that was put away since keeps its price
            records.found_to_see(session, PRODUCT, price.product_id, by, field="product")


def restore_price(session: Session, price: Price, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a price earlier values by attribute, as far as its list allows it now."""
    with session.no_autoflush:
        records.give_back(price, values)
        refuse_unsound_price(session, price, by)


def refuse_unsound_price(session: Session, price: Price, by: Actor) -> None:
    """Stop where the list is somebody else's, or has the product already, or is in another currency."""
    kept = records.found_to_change(session, PRICE_LIST, price.price_list_id, by, field="price_list")
    if price.currency != kept.currency:
        reason = say("Prices of this list are in %(currency)s: write it with the amount.", currency=kept.currency)
        raise InvalidInput({"amount": reason})
    known = session.scalar(queries.prices_of_list(kept.id).where(Price.product_id == price.product_id))
    if known is not None and known != price.id and not price.is_archived:
        raise InvalidInput({"product": say("This product has a price on the list already.")})
