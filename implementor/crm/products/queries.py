"""Finding products, the default of a currency, and prices on lists."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, Update, or_, select, update

from implementor.crm.products.models import Price, PriceList, Product
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.lookup import begins_with
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor


def products_found(text: str, actor: Actor) -> Rows:
    """Rows (id, name, code) of products whose code or name begins with the text."""
    found = records_in_use(Product, Scope(None, actor))
    named = or_(begins_with(Product.code_key, text), begins_with(Product.name_key, text))
    return found.with_only_columns(Product.id, Product.name, Product.code).where(named).order_by(Product.code_key)


def holder_of_code(code_key: str) -> Rows:
    """Rows (id, name) of the product in use that has a folded code."""
    return select(Product.id, Product.name).where(Product.code_key == code_key, Product.archived_at.is_(None))


def defaults_of(currency: str) -> Select[PriceList]:
    """The default list of a currency."""
    return select(PriceList).where(
        PriceList.currency == currency, PriceList.is_default.is_(True), PriceList.archived_at.is_(None)
    )


def no_default(price_list_id: int) -> Update:
    """Take the default away from a list."""
    return update(PriceList).where(PriceList.id == price_list_id).values(is_default=False)


def prices_of_list(price_list_id: int) -> Rows:
    """The ids of the prices in use on a list."""
    return select(Price.id).where(Price.price_list_id == price_list_id, Price.archived_at.is_(None))


def prices_on_lists(product_ids: Collection[int], currency: str, actor: Actor, *, preferred: int | None = None) -> Rows:
    """Prices of products on the lists of a currency, for `pricing.terms_of`: the preferred list and the default."""
    lists = records_in_use(PriceList, Scope(None, actor)).where(PriceList.currency == currency)
    wanted = PriceList.is_default.is_(True) if preferred is None else (PriceList.id == preferred) | PriceList.is_default
    return (
        lists.join(Price, Price.price_list_id == PriceList.id)
        .where(wanted, Price.product_id.in_(product_ids), Price.archived_at.is_(None))
        .with_only_columns(
            PriceList.id.label("price_list_id"),
            PriceList.currency,
            PriceList.valid_from,
            PriceList.valid_until,
            PriceList.is_default,
            Price.product_id,
            Price.amount,
        )
        .order_by(PriceList.is_default, PriceList.id, Price.product_id)
    )
