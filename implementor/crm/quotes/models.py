"""A quote, its lines, the facts of its way, what its acceptance made, and the counter that numbers quotes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from implementor.crm.orders.models import QUANTITY_PLACES, RATIO_PLACES, among
from implementor.crm.quotes.facts import FACTS, STATES
from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, list_index
from implementor.foundation.model import Archivable, BigId, Json, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded

STANDS = text("undone_at IS NULL")


class Quote(CrmRecord):
    """What a customer was offered: one version of it. `series` is the number that all its versions share.

    Amounts are minor units of `currency` and follow from the lines and `discount_ratio`, which is of the whole.
    `introduction` and `terms` stand on the paper; `proposal_uid` and `proposal_version` name the template that they
    were filled in from, as it was then. `state` is the furthest of its facts (draft: none); `valid_until` is the last
    day on which it may be accepted.
    """

    __tablename__ = "quote"
    __record_kind__: ClassVar[str] = "quote"
    __table_args__ = table_args(
        CheckConstraint(among("state", STATES), name="state_known"),
        CheckConstraint("revision >= 1", name="revision_counted"),
        CheckConstraint("discount_ratio BETWEEN 0 AND 10000", name="discount_range"),
        CheckConstraint("valid_until >= quoted_on", name="valid_for_days"),
        CheckConstraint("(net_amount IS NULL) = (tax_amount IS NULL)", name="net_and_tax"),
        CheckConstraint("net_amount + tax_amount = total_amount", name="total_adds_up"),
        list_index("quote", "number_key"),
        list_index("quote", "series", "revision"),
        list_index("quote", "owner_id", "quoted_on"),
        list_index("quote", "account_id", "quoted_on"),
        list_index("quote", "contact_id", "quoted_on"),
        list_index("quote", "opportunity_id", "quoted_on"),
        list_index("quote", "order_id"),
        list_index("quote", "state", "valid_until"),
        list_index("quote", "quoted_on"),
        list_index("quote", "valid_until"),
        list_index("quote", "currency", "total_amount"),
        list_index("quote", "total_amount"),
        *(list_index("quote", f"{fact}_at") for fact in FACTS),
        list_index("quote", "created_at"),
        list_index("quote", "updated_at"),
        Index("ix_quote_supersedes_id", "supersedes_id"),
    )

    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    series: Mapped[str] = mapped_column(info=ABOUT_HISTORY)
    revision: Mapped[int] = mapped_column(Integer, default=1)
    supersedes_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("quote.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunity.id"))
    order_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customer_order.id"), info=ABOUT_HISTORY)
    quoted_on: Mapped[date]
    valid_until: Mapped[date]
    currency: Mapped[str]
    reference: Mapped[str | None]
    introduction: Mapped[str | None]
    terms: Mapped[str | None]
    proposal_uid: Mapped[str | None] = mapped_column(info=ABOUT_HISTORY)
    proposal_version: Mapped[int | None] = mapped_column(Integer, info=ABOUT_HISTORY)
    description: Mapped[str | None]
    discount_ratio: Mapped[Decimal | None] = mapped_column(Scaled(RATIO_PLACES))
    net_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    tax_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    total_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    state: Mapped[str] = mapped_column(default="draft", info=ABOUT_HISTORY)
    sent_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    accepted_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    refused_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    superseded_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)

    @validates("number")
    def _follow_number(self, _attribute: str, number: str) -> str:
        """Keep the key beside the number, and the series of a first version, whoever sets it."""
        self.number_key = folded(number)
        if self.revision in (None, 1):
            self.series = number
        return number


class QuoteLine(Archivable, Record):
    """Something that was offered. Its amounts, in minor units, are what `pricing.amounts_of` makes of the rest."""

    __tablename__ = "quote_line"
    __record_kind__: ClassVar[str] = "quote_line"
    __table_args__ = table_args(
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("discount_ratio BETWEEN 0 AND 10000", name="discount_range"),
        CheckConstraint("tax_ratio BETWEEN 0 AND 10000", name="tax_range"),
        CheckConstraint("unit_price_amount >= 0", name="price_not_negative"),
        CheckConstraint("net_amount + tax_amount = total_amount", name="total_adds_up"),
        Index("ix_quote_line_quote", "quote_id"),
        Index("ix_quote_line_product", "product_id", "quote_id"),
    )

    quote_id: Mapped[int] = mapped_column(BigId, ForeignKey("quote.id"))
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


class QuoteFact(Archivable, Record):
    """Something that happened to a quote at a moment, and why; who noted it made the row, archived ones were wrong."""

    __tablename__ = "quote_fact"
    __record_kind__: ClassVar[str] = "quote_fact"
    __table_args__ = table_args(
        CheckConstraint(among("kind", FACTS), name="kind_known"),
        Index("uq_quote_fact", "quote_id", "kind", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
        Index("ix_quote_fact_quote", "quote_id", "at", "id"),
    )

    quote_id: Mapped[int] = mapped_column(BigId, ForeignKey("quote.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str | None]


class QuoteAcceptance(Model):
    """The order that a quote became, once, with the version that tells whether anybody touched it since.

    Where the opportunity was won along with it, `sale_before` holds what it was (by attribute), `sale_version` the
    version it had then.
    """

    __tablename__ = "quote_acceptance"
    __table_args__ = table_args(
        Index("uq_quote_acceptance", "quote_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_quote_acceptance_order", "order_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(BigId, ForeignKey("quote.id"))
    order_id: Mapped[int] = mapped_column(BigId, ForeignKey("customer_order.id"))
    order_version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sale_before: Mapped[dict[str, Any] | None] = mapped_column(Json)
    sale_version: Mapped[int | None] = mapped_column(Integer)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class QuoteCounter(Model):
    """The last number that a quote was given here; one row."""

    __tablename__ = "quote_counter"
    __table_args__ = table_args(CheckConstraint("id = 1", name="only_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
