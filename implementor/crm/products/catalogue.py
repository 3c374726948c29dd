"""The fields of products, price lists and prices, said once for lists, pages, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import BigInteger, ColumnElement, Float, and_, case, cast, func, or_, type_coerce
from sqlalchemy.orm import aliased

from implementor.crm.products.models import Price, PriceList, Product
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.lookup import begins_with
from implementor.foundation.model import Scaled
from implementor.foundation.words import say

picklist(
    Picklist(
        "product.category",
        say("Categories of products"),
        (
            Choice("goods", say("Goods")),
            Choice("service", say("Service")),
            Choice("subscription", say("Subscription")),
            Choice("maintenance", say("Maintenance")),
            Choice("spare_part", say("Spare part")),
            Choice("other", say("Other")),
        ),
    )
)
picklist(
    Picklist(
        "product.unit",
        say("Units of products"),
        (
            Choice("piece", say("Piece"), is_default=True),
            Choice("pack", say("Pack")),
            Choice("hour", say("Hour")),
            Choice("day", say("Day")),
            Choice("month", say("Month")),
            Choice("year", say("Year")),
            Choice("licence", say("Licence")),
            Choice("kilogram", say("Kilogram")),
            Choice("litre", say("Litre")),
            Choice("metre", say("Metre")),
        ),
    )
)

Parent = aliased(Product, name="product_parent")
ABOUT, AMOUNTS, OFFERED = say("Product"), say("Cost and price"), say("Offered")
NOT_NEGATIVE = Decimal(0)


def product_like(words: str) -> ColumnElement[bool]:
    """Products whose code or name begins with these words."""
    return or_(begins_with(Product.code_key, words), begins_with(Product.name_key, words))


def price_list_like(words: str) -> ColumnElement[bool]:
    """Price lists whose name begins with these words."""
    return begins_with(PriceList.name_key, words)


def _margin() -> ColumnElement[Decimal]:
    """The share of the price that is not cost, where both are in one currency and a ratio says anything."""
    ratio = cast(Product.price_amount - Product.cost_amount, Float) / cast(Product.price_amount, Float)
    known = and_(
        Product.price_currency == Product.cost_currency,
        Product.price_amount > 0,
        Product.cost_amount <= Product.price_amount * 1000,
    )
    return type_coerce(case((known, cast(func.round(ratio * 10_000), BigInteger))), Scaled(4)).label("margin")


PRODUCT = entity(
    Entity(
        kind="product",
        label=say("Product"),
        label_plural=say("Products"),
        model=Product,
        default_columns=("name", "code", "category", "unit", "price", "margin", "active_until"),
        default_sort="code",
        title_field="name",
        unique_order=Product.id,
        search=product_like,
    )
)

if not PRODUCT.fields:
    PRODUCT.declare(
        (
            Field(
                "code", Kind.LINE, say("Code"), Product.code, required=True, sortable=True, nullable=False,
                sort_column=Product.code_key, longest=40, width="narrow", group=ABOUT,
            ),
            Field(
                "name", Kind.LINE, say("Name"), Product.name, required=True, sortable=True, nullable=False,
                sort_column=Product.name_key, width="wide", group=ABOUT,
            ),
            Field(
                "parent", Kind.REFERENCE, say("Belongs to"), Product.parent_id, target="product", shown=Parent.name,
                join=lambda found: found.outerjoin(Parent, Parent.id == Product.parent_id), filterable=True,
                group=ABOUT, hint=say("The product or group of products above it."),
            ),
            Field(
                "category", Kind.CHOICE, say("Category"), Product.category, picklist="product.category",
                filterable=True, groupable=True, bulk=True, group=ABOUT,
            ),
            Field(
                "unit", Kind.CHOICE, say("Unit"), Product.unit, picklist="product.unit", filterable=True, bulk=True,
                group=ABOUT,
            ),
            owner_field(Product, group=ABOUT),
            Field("description", Kind.TEXT, say("Description"), Product.description, longest=20_000, group=ABOUT),
            Field(
                "price", Kind.MONEY, say("List price"), Product.price_amount, currency=Product.price_currency,
                minimum=NOT_NEGATIVE, filterable=True, group=AMOUNTS,
            ),
            Field(
                "cost", Kind.MONEY, say("Cost"), Product.cost_amount, currency=Product.cost_currency,
                minimum=NOT_NEGATIVE, group=AMOUNTS,
            ),
            Field("margin", Kind.PERCENT, say("Margin"), _margin(), editable=False, group=AMOUNTS),
            Field(
                "active_from", Kind.DATE, say("Sold from"), Product.active_from, filterable=True, sortable=True,
                bulk=True, group=OFFERED,
            ),
            Field(
                "active_until", Kind.DATE, say("Sold until"), Product.active_until, filterable=True, sortable=True,
                bulk=True, group=OFFERED,
            ),
            *noted_fields(Product),
        )
    )  # fmt: skip

PRICE_LIST = entity(
    Entity(
        kind="price_list",
        label=say("Price list"),
        label_plural=say("Price lists"),
        model=PriceList,
        default_columns=("name", "currency", "valid_from", "valid_until", "is_default"),
        default_sort="name",
        title_field="name",
        unique_order=PriceList.id,
        search=price_list_like,
    )
)

if not PRICE_LIST.fields:
    PRICE_LIST.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), PriceList.name, required=True, sortable=True, nullable=False,
                sort_column=PriceList.name_key, width="wide",
            ),
            Field(
                "currency", Kind.CURRENCY, say("Currency"), PriceList.currency, required=True, filterable=True,
                nullable=False, width="narrow",
            ),
            Field(
                "valid_from", Kind.DATE, say("Holds from"), PriceList.valid_from, filterable=True, sortable=True,
            ),
            Field(
                "valid_until", Kind.DATE, say("Holds until"), PriceList.valid_until, filterable=True, sortable=True,
            ),
            Field(
                "is_default", Kind.YES_NO, say("Default of its currency"), PriceList.is_default, filterable=True,
                nullable=False,
                hint=say("Quotes in this currency begin with this list; another default gives way to it."),
            ),
            owner_field(PriceList),
            Field("description", Kind.TEXT, say("Description"), PriceList.description, longest=20_000),
            *noted_fields(PriceList),
        )
    )  # fmt: skip

OnList, OfProduct = aliased(PriceList, name="price_on_list"), aliased(Product, name="price_of_product")
PRICE = entity(
    Entity(
        kind="price",
        label=say("Price"),
        label_plural=say("Prices"),
        model=Price,
        default_columns=("product", "price_list", "amount"),
        default_sort="created_at",
        title_field="product_name",
        unique_order=Price.id,
    )
)

if not PRICE.fields:
    PRICE.declare(
        (
            Field(
                "price_list", Kind.REFERENCE, say("Price list"), Price.price_list_id, target="price_list",
                shown=OnList.name, join=lambda found: found.join(OnList, OnList.id == Price.price_list_id),
                required=True, filterable=True, nullable=False,
            ),
            Field(
                "product", Kind.REFERENCE, say("Product"), Price.product_id, target="product", shown=OfProduct.name,
                join=lambda found: found.join(OfProduct, OfProduct.id == Price.product_id), required=True,
                filterable=True, nullable=False,
            ),
            Field("product_name", Kind.LINE, say("Product"), Price.product_name, editable=False, is_order=True),
            Field(
                "amount", Kind.MONEY, say("Price"), Price.amount, currency=Price.currency, required=True,
                minimum=NOT_NEGATIVE, nullable=False,
            ),
            *noted_fields(Price),
        )
    )  # fmt: skip
