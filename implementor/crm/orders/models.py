"""An order, its lines, the facts of its way, and the counter that numbers those that nobody else numbered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from implementor.crm.orders.facts import FACTS, STATES
from implementor.crm.records.models import ABOUT_HISTORY, CrmRecord, list_index
from implementor.foundation.model import Archivable, BigId, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded

SALE, CREDIT = "sale", "credit"
RATIO_PLACES, QUANTITY_PLACES = 4, 4
_IN_USE = text("archived_at IS NULL")


def among(column: str, values: tuple[str, ...]) -> str:
    """The condition that a column holds one of a few words."""
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class Order(CrmRecord):
    """What a customer ordered, or was credited (`type`; then quantities and amounts are negative).

    Amounts are minor units of `currency` and follow from the lines; one without lines keeps the total that its source
    gave. `discount_ratio` is of the whole, beyond what lines give themselves. `state` is the latest of its facts
    (draft: none), whose moments stand beside it so that lists find them.
    """

    __tablename__ = "customer_order"
    __record_kind__: ClassVar[str] = "order"
    __table_args__ = table_args(
        CheckConstraint(among("type", (SALE, CREDIT)), name="type_known"),
        CheckConstraint(among("state", STATES), name="state_known"),
        CheckConstraint("total_amount IS NULL OR currency IS NOT NULL", name="total_in_a_currency"),
        CheckConstraint("(net_amount IS NULL) = (tax_amount IS NULL)", name="net_and_tax"),
        CheckConstraint("net_amount + tax_amount = total_amount", name="total_adds_up"),
        list_index("customer_order", "number_key"),
        list_index("customer_order", "owner_id", "ordered_on"),
        list_index("customer_order", "account_id", "ordered_on"),
        list_index("customer_order", "contact_id", "ordered_on"),
        list_index("customer_order", "opportunity_id", "ordered_on"),
        list_index("customer_order", "type", "ordered_on"),
        list_index("customer_order", "state", "ordered_on"),
        list_index("customer_order", "ordered_on"),
        list_index("customer_order", "wanted_on"),
        list_index("customer_order", "currency", "total_amount"),
        list_index("customer_order", "total_amount"),
        *(list_index("customer_order", f"{fact}_at") for fact in FACTS),
        list_index("customer_order", "created_at"),
        list_index("customer_order", "updated_at"),
    )

    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    type: Mapped[str] = mapped_column(default=SALE)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunity.id"))
    ordered_on: Mapped[date]
    wanted_on: Mapped[date | None]
    currency: Mapped[str | None]
    reference: Mapped[str | None]
    description: Mapped[str | None]
    discount_ratio: Mapped[Decimal | None] = mapped_column(Scaled(RATIO_PLACES))
    net_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    tax_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    total_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    state: Mapped[str] = mapped_column(default="draft", info=ABOUT_HISTORY)
    placed_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    approved_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    dispatched_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    invoiced_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    paid_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    cancelled_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)

    @validates("number")
    def _follow_number(self, _attribute: str, number: str) -> str:
        """Keep the key beside the number, whoever sets it."""
        self.number_key = folded(number)
        return number

    @property
    def is_credit(self) -> bool:
        return self.type == CREDIT


class OrderLine(Archivable, Record):
    """Something that was ordered. Its amounts, in minor units, are what `pricing.amounts_of` makes of the rest."""

    __tablename__ = "order_line"
    __record_kind__: ClassVar[str] = "order_line"
    __table_args__ = table_args(
        CheckConstraint("quantity <> 0", name="quantity_not_zero"),
        CheckConstraint("discount_ratio BETWEEN 0 AND 10000", name="discount_range"),
        CheckConstraint("tax_ratio BETWEEN 0 AND 10000", name="tax_range"),
        CheckConstraint("unit_price_amount >= 0", name="price_not_negative"),
        CheckConstraint("net_amount + tax_amount = total_amount", name="total_adds_up"),
        Index("ix_order_line_order", "order_id"),
        Index("ix_order_line_product", "product_id", "order_id"),
    )

    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("customer_order.id"))
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("product.id"))
    name: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Scaled(QUANTITY_PLACES))
    unit_price_amount: Mapped[int]
    currency: Mapped[str]
    discount_ratio: Mapped[Decimal] = mapped_column(Scaled(RATIO_PLACES), default=Decimal(0))
    tax_ratio: Mapped[Decimal] = mapped_column(Scaled(RATIO_PLACES), default=Decimal(0))
    net_amount: Mapped[int]
    tax_amount: Mapped[int]
    total_amount: Mapped[int]
    position: Mapped[int] = mapped_column(Integer, default=0)


class OrderFact(Archivable, Record):
    """Something that happened to an order at a moment; who noted it is who made the row, archived ones were wrong.

    `document` is the number of the paper that proves it: delivery note, invoice, payment.
    """

    __tablename__ = "order_fact"
    __record_kind__: ClassVar[str] = "order_fact"
    __table_args__ = table_args(
        CheckConstraint(among("kind", FACTS), name="kind_known"),
        Index("uq_order_fact", "order_id", "kind", unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE),
        Index("ix_order_fact_order", "order_id", "at", "id"),
    )

    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("customer_order.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str | None]
    document: Mapped[str | None]


class OrderCounter(Model):
    """The last number that an order was given here; one row."""

    __tablename__ = "order_counter"
    __table_args__ = table_args(CheckConstraint("id = 1", name="only_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
