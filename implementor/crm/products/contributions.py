"""What products and price lists add to the shared pages."""

from __future__ import annotations

from flask import Flask

from implementor.crm.products import permissions, queries, services
from implementor.crm.products.catalogue import PRICE, PRICE_LIST, PRODUCT
from implementor.crm.products.importing import PRODUCT_IMPORT
from implementor.crm.products.models import PriceList, Product
from implementor.crm.products.price_importing import import_prices
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.exchange.records.kind import record_import
from implementor.foundation.access import REFERENCE
from implementor.foundation.words import say

PRODUCTS = CrmKind(
    entity=PRODUCT,
    plural="products",
    may_view=permissions.VIEW,
    may_edit=permissions.EDIT,
    new_label=say("New product"),
    empty_text=say("What you sell stands here, with its code and price. Add the first one, or import a list."),
    order=80,
    reach=REFERENCE,
    create=services.add_product,
    change=services.change_product,
    restore=services.restore_product,
    keys="g d",
    known_elsewhere=True,
    searched=("code", "description"),
    found=queries.products_found,
)
PRICE_LISTS = CrmKind(
    entity=PRICE_LIST,
    plural="price_lists",
    may_view=permissions.VIEW_LISTS,
    may_edit=permissions.EDIT_LISTS,
    new_label=say("New price list"),
    empty_text=say("Prices for a currency, a market or a season stand on lists. Add the first one."),
    order=85,
    reach=REFERENCE,
    create=services.add_price_list,
    change=services.change_price_list,
    restore=services.restore_price_list,
    hint=PriceList.currency,
)
PRICES = CrmPart(
    entity=PRICE,
    parent_kind="price_list",
    parent="price_list",
    also_of={"product": "product"},
    new_label=say("Add price"),
    show=("product", "price_list", "amount"),
    create=services.add_price,
    change=services.change_price,
    restore=services.restore_price,
)
BELOW = Around(
    "product",
    say("Belongs to it"),
    lambda product_id: Product.parent_id == product_id,
    filter_name="parent",
    show=("code",),
    order=90,
)


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    crm_kind(app, PRODUCTS)
    crm_kind(app, PRICE_LISTS)
    crm_part(PRICES)
    around("product", BELOW)
    record_import(PRODUCT_IMPORT)
    import_prices()
