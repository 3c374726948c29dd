"""A product with its code, its place in the tree, its cost and its price; lists of prices, and prices on them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, validates

from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, list_index
from implementor.foundation.model import Archivable, BigId, RankKey, Record, table_args
from implementor.foundation.text import folded

_IS_DEFAULT = text("is_default AND archived_at IS NULL")


class Product(CrmRecord):
    """Something that is sold. Amounts are minor units of the currency beside them; codes in use are unique."""

    __tablename__ = "product"
    __record_kind__: ClassVar[str] = "product"
    __table_args__ = table_args(
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("active_until >= active_from", name="active_in_order"),
        CheckConstraint("cost_amount >= 0", name="cost_not_negative"),
        CheckConstraint("price_amount >= 0", name="price_not_negative"),
        Index("uq_product_code", "code_key", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
        list_index("product", "name_key"),
        list_index("product", "code_key"),
        list_index("product", "owner_id", "code_key"),
        list_index("product", "category", "code_key"),
        list_index("product", "unit", "code_key"),
        list_index("product", "parent_id", "code_key"),
        list_index("product", "price_currency", "price_amount"),
        list_index("product", "active_from"),
        list_index("product", "active_until"),
        list_index("product", "created_at"),
        list_index("product", "updated_at"),
    )

    code: Mapped[str]
    code_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("product.id"))
    category: Mapped[str | None]
    unit: Mapped[str | None]
    cost_amount: Mapped[int | None]
    cost_currency: Mapped[str | None]
    price_amount: Mapped[int | None]
    price_currency: Mapped[str | None]
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]
    description: Mapped[str | None]

    @validates("code", "name")
    def _follow(self, attribute: str, value: str) -> str:
        """Keep the key beside the text, whoever sets it: a service, an import or an undo."""
        setattr(self, f"{attribute}_key", folded(value))
        return value

    def is_offered_on(self, day: date) -> bool:
        """Whether it may be sold that day; both ends count."""
        return (self.active_from or day) <= day <= (self.active_until or day)


class PriceList(CrmRecord):
    """Prices in one currency for a time; of the lists in use of a currency one may be the default."""

    __tablename__ = "price_list"
    __record_kind__: ClassVar[str] = "price_list"
    __table_args__ = table_args(
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint("valid_until >= valid_from", name="valid_in_order"),
        Index(
            "uq_price_list_default",
            "currency",
            unique=True,
            sqlite_where=_IS_DEFAULT,
            postgresql_where=_IS_DEFAULT,
        ),
        list_index("price_list", "name_key"),
        list_index("price_list", "owner_id", "name_key"),
        list_index("price_list", "currency", "name_key"),
        list_index("price_list", "is_default", "name_key"),
        list_index("price_list", "valid_from"),
        list_index("price_list", "valid_until"),
        list_index("price_list", "created_at"),
        list_index("price_list", "updated_at"),
    )

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    currency: Mapped[str]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    is_default: Mapped[bool] = mapped_column(Boolean, default=False)
    description: Mapped[str | None]

    @validates("name")
    def _follow_name(self, _attribute: str, name: str) -> str:
        self.name_key = folded(name)
        return name


class Price(Archivable, Record):
    """What a product costs on a price list, in minor units of the list's currency."""

    __tablename__ = "price"
    __record_kind__: ClassVar[str] = "price"
    __table_args__ = table_args(
        CheckConstraint("amount >= 0", name="not_negative"),
        Index("uq_price", "price_list_id", "product_id", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
        Index("ix_price_product", "product_id", "id"),
    )

    price_list_id: Mapped[int] = mapped_column(ForeignKey("price_list.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    amount: Mapped[int]
    currency: Mapped[str]
    product_name: Mapped[str] = column_property(
        select(Product.name).where(Product.id == product_id).correlate_except(Product).scalar_subquery()
    )
