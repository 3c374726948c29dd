"""An opportunity, the facts of its way, and what is known about it: people, doubts, rivals and lines."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, validates

from implementor.crm.contacts.models import Contact
from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, list_index
from implementor.foundation.model import Archivable, BigId, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded

OPEN, WON, LOST = "open", "won", "lost"
STAGE, MANUAL = "stage", "manual"
RATIO_PLACES, RATE_PLACES, QUANTITY_PLACES = 4, 12, 4
ONE_PART = text("archived_at IS NULL")


def _covering(name: str, *columns: str) -> Index:
    """An index that answers a report without the table: it also holds the column that says what is in use."""
    return Index(f"ix_opportunity_{name}", *columns, "archived_at", sqlite_where=IN_USE, postgresql_where=IN_USE)


class Opportunity(CrmRecord):
    """A sale on its way. Amounts are minor units: `amount` of `currency`, `base_amount` of `base_currency`.

    `status` says how the stage ends the sale; `rate` and the base amount are frozen when it is closed, at the rate of
    `close_on`. `probability_ratio` is 0 to 1; its source says whether the stage or somebody's hand set it.
    """

    __tablename__ = "opportunity"
    __record_kind__: ClassVar[str] = "opportunity"
    __table_args__ = table_args(
        CheckConstraint("status IN ('open', 'won', 'lost')", name="status_known"),
        CheckConstraint("probability_source IN ('stage', 'manual')", name="probability_source_known"),
        CheckConstraint("probability_ratio BETWEEN 0 AND 10000", name="probability_range"),
        CheckConstraint("status <> 'won' OR probability_ratio = 10000", name="won_is_certain"),
        CheckConstraint("status <> 'lost' OR probability_ratio = 0", name="lost_is_certain"),
        CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed_at_a_moment"),
        CheckConstraint("status = 'open' OR close_on IS NOT NULL", name="closed_on_a_day"),
        CheckConstraint("amount IS NULL OR (amount >= 0 AND currency IS NOT NULL)", name="amount_in_a_currency"),
        CheckConstraint("(base_amount IS NULL) = (rate IS NULL)", name="frozen_whole"),
        list_index("opportunity", "name_key"),
        list_index("opportunity", "owner_id", "status", "updated_at"),
        list_index("opportunity", "account_id", "updated_at"),
        list_index("opportunity", "contact_id", "updated_at"),
        list_index("opportunity", "stage_id", "stage_since"),
        _covering("board", "pipeline_id", "status", "stage_id", "currency", "amount", "owner_id"),
        _covering("closed", "pipeline_id", "closed_at", "stage_id", "currency", "amount", "owner_id"),
        _covering(
            "forecast", "status", "close_on", "owner_id", "stage_id", "currency", "probability_ratio", "base_currency",
            "amount", "base_amount", "pipeline_id",
        ),
        _covering("decided", "status", "closed_at", "began_at", "currency", "amount", "account_id"),
        list_index("opportunity", "pipeline_id", "updated_at"),
        list_index("opportunity", "status", "amount"),
        list_index("opportunity", "status", "updated_at"),
        list_index("opportunity", "source", "updated_at"),
        list_index("opportunity", "motive", "updated_at"),
        list_index("opportunity", "loss_reason", "updated_at"),
        list_index("opportunity", "next_step_on"),
        list_index("opportunity", "began_at"),
        list_index("opportunity", "closed_at"),
        list_index("opportunity", "stage_since"),
        list_index("opportunity", "created_at"),
        list_index("opportunity", "updated_at"),
        list_index("opportunity", "close_on"),
        list_index("opportunity", "currency", "amount"),
        list_index("opportunity", "amount"),
        list_index("opportunity", "probability_ratio"),
    )  # fmt: skip

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("pipeline_stage.id"))
    status: Mapped[str] = mapped_column(default=OPEN)
    began_at: Mapped[datetime]
    stage_since: Mapped[datetime]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    close_on: Mapped[date | None]
    probability_ratio: Mapped[Decimal] = mapped_column(Scaled(RATIO_PLACES))
    probability_source: Mapped[str] = mapped_column(default=STAGE)
    source: Mapped[str | None]
    motive: Mapped[str | None]
    next_step: Mapped[str | None]
    next_step_on: Mapped[date | None]
    loss_reason: Mapped[str | None]
    loss_note: Mapped[str | None]
    description: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    rate: Mapped[Decimal | None] = mapped_column(Scaled(RATE_PLACES))
    base_amount: Mapped[int | None]
    base_currency: Mapped[str | None]

    @validates("name")
    def _follow_name(self, _attribute: str, name: str) -> str:
        """Keep the key beside the name, whoever sets it."""
        self.name_key = folded(name)
        return name

    @property
    def is_open(self) -> bool:
        return self.status == OPEN


class StageEvent(Model):
    """A fact: an opportunity came into a stage. `seconds` is how long it was in the one before (None: it began).

    `status` is what the stage makes of the sale; `reason` says why a closed one was opened again.
    """

    __tablename__ = "stage_event"
    __table_args__ = table_args(
        CheckConstraint("status IN ('open', 'won', 'lost')", name="status_known"),
        CheckConstraint("(from_stage_id IS NULL) = (seconds IS NULL)", name="began_or_moved"),
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
        Index("ix_stage_event_opportunity", "opportunity_id", "at", "id"),
        Index("ix_stage_event_entered", "to_stage_id", "at", "opportunity_id"),
        Index("ix_stage_event_left", "from_stage_id", "at", "seconds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    from_stage_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline_stage.id"))
    to_stage_id: Mapped[int] = mapped_column(ForeignKey("pipeline_stage.id"))
    status: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seconds: Mapped[int | None]
    reason: Mapped[str | None]


class DecisionMaker(Archivable, Record):
    """A person who has a say in the sale, and where they stand."""

    __tablename__ = "opportunity_decision_maker"
    __record_kind__: ClassVar[str] = "opportunity_decision_maker"
    __table_args__ = table_args(
        Index(
            "uq_opportunity_decision_maker", "opportunity_id", "contact_id", unique=True,
            sqlite_where=ONE_PART, postgresql_where=ONE_PART,
        ),
        Index("ix_opportunity_decision_maker_contact", "contact_id"),
    )  # fmt: skip

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    role: Mapped[str | None]
    stance: Mapped[str | None]
    note: Mapped[str | None]
    contact_name: Mapped[str] = column_property(
        select(Contact.name).where(Contact.id == contact_id).correlate_except(Contact).scalar_subquery()
    )


class Objection(Archivable, Record):
    """What the customer has against buying, and what was answered; without a day it is not settled."""

    __tablename__ = "opportunity_objection"
    __record_kind__: ClassVar[str] = "opportunity_objection"
    __table_args__ = table_args(Index("ix_opportunity_objection_opportunity", "opportunity_id"))

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    objection: Mapped[str]
    type: Mapped[str | None]
    answer: Mapped[str | None]
    settled_on: Mapped[date | None]


class Competitor(Archivable, Record):
    """Who else offers it, what speaks for and against them."""

    __tablename__ = "opportunity_competitor"
    __record_kind__: ClassVar[str] = "opportunity_competitor"
    __table_args__ = table_args(
        Index("ix_opportunity_competitor_opportunity", "opportunity_id"),
        Index("ix_opportunity_competitor_name", "name_key", sqlite_where=ONE_PART, postgresql_where=ONE_PART),
    )

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    strengths: Mapped[str | None]
    weaknesses: Mapped[str | None]

    @validates("name")
    def _follow_name(self, _attribute: str, name: str) -> str:
        self.name_key = folded(name)
        return name


class LineItem(Archivable, Record):
    """Something that is to be sold. `total_amount` is what `pricing.line_total` makes of the rest, in minor units."""

    __tablename__ = "opportunity_line"
    __record_kind__: ClassVar[str] = "opportunity_line"
    __table_args__ = table_args(
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("discount_ratio BETWEEN 0 AND 10000", name="discount_range"),
        CheckConstraint("unit_price_amount >= 0", name="price_not_negative"),
        Index("ix_opportunity_line_opportunity", "opportunity_id"),
        Index("ix_opportunity_line_product", "product_id"),
    )

    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunity.id"))
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("product.id"))
    name: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Scaled(QUANTITY_PLACES))
    unit_price_amount: Mapped[int]
    currency: Mapped[str]
    discount_ratio: Mapped[Decimal] = mapped_column(Scaled(RATIO_PLACES), default=Decimal(0))
    total_amount: Mapped[int]
    position: Mapped[int] = mapped_column(Integer, default=0)
