"""An account: an organisation with its place in a tree, its address and the person who answers for it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column, validates

from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, Mergeable, list_index
from implementor.foundation.model import BigId, RankKey, table_args
from implementor.foundation.text import folded


class Account(Mergeable, CrmRecord):
    """An organisation. `revenue_amount` is a year's turnover in minor units of `currency`."""

    __tablename__ = "account"
    __record_kind__: ClassVar[str] = "account"
    __table_args__ = table_args(
        CheckConstraint("employees >= 0", name="employees_not_negative"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
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
