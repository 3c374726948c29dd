"""An account: an organisation with its place in a tree, its address, and the products it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, validates

from implementor.crm.products.models import Product
from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, Mergeable, list_index, merged_index
from implementor.foundation.model import Archivable, BigId, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded


class Account(Mergeable, CrmRecord):
    """An organisation. `revenue_amount` is a year's turnover in minor units of `currency`."""

    __tablename__ = "account"
    __record_kind__: ClassVar[str] = "account"
    __table_args__ = table_args(
        CheckConstraint("employees >= 0", name="employees_not_negative"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        merged_index("account"),
        list_index("account", "name_key"),
        list_index("account", "owner_id", "name_key"),
        list_index("account", "type", "name_key"),
        list_index("account", "industry", "name_key"),
        list_index("account", "segment", "name_key"),
        list_index("account", "zone", "name_key"),
        list_index("account", "area_id", "name_key"),
        list_index("account", "country", "name_key"),
        list_index("account", "employees"),
        list_index("account", "created_at"),
        list_index("account", "updated_at"),
        Index("ix_account_parent", "parent_id", sqlite_where=IN_USE, postgresql_where=IN_USE),
        Index("ix_account_tax_id", "tax_id", sqlite_where=IN_USE, postgresql_where=IN_USE),
    )

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    type: Mapped[str | None]
    industry: Mapped[str | None]
    segment: Mapped[str | None]
    zone: Mapped[str | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    tax_id: Mapped[str | None]
    employees: Mapped[int | None] = mapped_column(Integer)
    founded: Mapped[int | None] = mapped_column(Integer)
    revenue_amount: Mapped[int | None]
    currency: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    website: Mapped[str | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    country: Mapped[str | None]
    description: Mapped[str | None]

    @validates("name")
    def _follow_name(self, _attribute: str, name: str) -> str:
        """Keep the key beside the name, whoever sets it: a service, an import or an undo."""
        self.name_key = folded(name)
        return name


class Relation(Archivable, Record):
    """A product that an account holds: in which state, since when, until when (both days count) and how many."""

    __tablename__ = "relation"
    __record_kind__: ClassVar[str] = "relation"
    __table_args__ = table_args(
        CheckConstraint("until >= since", name="in_order"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_relation_account", "account_id", "id"),
        Index("ix_relation_product", "product_id", "id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    state: Mapped[str | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    quantity: Mapped[Decimal | None] = mapped_column(Scaled(3))
    note: Mapped[str | None]
    product_name: Mapped[str] = column_property(
        select(Product.name).where(Product.id == product_id).correlate_except(Product).scalar_subquery()
    )
