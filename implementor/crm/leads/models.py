"""A lead, the facts of its way, and what it became."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from implementor.crm.contacts.models import address_key, number_key, whole_name
from implementor.crm.leads.lifecycle import ALL, CONVERTED, NEW
from implementor.crm.records.models import ABOUT_HISTORY, CrmRecord, Mergeable, list_index, merged_index
from implementor.foundation.model import BigId, Json, Model, RankKey, table_args
from implementor.foundation.text import folded

STANDS = text("undone_at IS NULL")
COUNTED: dict[str, Any] = {
    "sqlite_where": text("is_first = 1 AND undone_at IS NULL"),
    "postgresql_where": text("is_first AND undone_at IS NULL"),
}  # fmt: skip


def _stage_known(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(stage) for stage in ALL)})", name=f"{column}_known")


class Lead(Mergeable, CrmRecord):
    """Somebody who may become a customer. `potential_amount` is in minor units of `currency`.

    `account_id` and `contact_id` are whom it comes from (re-entry) or what it became; `about_kind` and `about_id` name
    the case it came out of. The moments are those of the present cycle; `stage` changes only with a fact.
    """

    __tablename__ = "lead"
    __record_kind__: ClassVar[str] = "lead"
    __table_args__ = table_args(
        _stage_known("stage"),
        CheckConstraint("cycle > 0", name="cycle_counted"),
        CheckConstraint("score >= 0", name="score_not_negative"),
        CheckConstraint("(about_kind IS NULL) = (about_id IS NULL)", name="about_whole"),
        CheckConstraint(
            "potential_amount IS NULL OR (potential_amount >= 0 AND currency IS NOT NULL)", name="potential_in_currency"
        ),
        merged_index("lead"),
        list_index("lead", "name_key"),
        list_index("lead", "stage", "updated_at"),
        list_index("lead", "stage", "stage_since"),
        list_index("lead", "owner_id", "stage", "updated_at"),
        list_index("lead", "source", "updated_at"),
        list_index("lead", "urgency", "updated_at"),
        list_index("lead", "industry", "updated_at"),
        list_index("lead", "campaign", "updated_at"),
        list_index("lead", "language", "updated_at"),
        list_index("lead", "country", "updated_at"),
        list_index("lead", "account_id", "updated_at"),
        list_index("lead", "contact_id", "updated_at"),
        list_index("lead", "opportunity_id", "updated_at"),
        list_index("lead", "about_kind", "about_id"),
        list_index("lead", "email_key"),
        list_index("lead", "phone_key"),
        list_index("lead", "company_key"),
        list_index("lead", "score"),
        list_index("lead", "currency", "potential_amount"),
        list_index("lead", "potential_amount"),
        list_index("lead", "stage_since"),
        list_index("lead", "mql_at"),
        list_index("lead", "sal_at"),
        list_index("lead", "sql_at"),
        list_index("lead", "converted_at"),
        list_index("lead", "began_at"),
        list_index("lead", "created_at"),
        list_index("lead", "updated_at"),
    )

    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    company: Mapped[str | None]
    company_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    name: Mapped[str] = mapped_column(info=ABOUT_HISTORY)
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    job_title: Mapped[str | None]
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    is_opted_out: Mapped[bool] = mapped_column(Boolean, default=False)
    phone: Mapped[str | None]
    phone_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    do_not_call: Mapped[bool] = mapped_column(Boolean, default=False)
    website: Mapped[str | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    country: Mapped[str | None]
    language: Mapped[str | None]
    industry: Mapped[str | None]
    source: Mapped[str | None]
    campaign: Mapped[str | None]
    need: Mapped[str | None]
    urgency: Mapped[str | None]
    score: Mapped[int | None] = mapped_column(Integer)
    potential_amount: Mapped[int | None]
    currency: Mapped[str | None]
    description: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunity.id"))
    about_kind: Mapped[str | None]
    about_id: Mapped[int | None]
    stage: Mapped[str] = mapped_column(default=NEW)
    stage_since: Mapped[datetime] = mapped_column(info=ABOUT_HISTORY)
    cycle: Mapped[int] = mapped_column(Integer, default=1, info=ABOUT_HISTORY)
    began_at: Mapped[datetime] = mapped_column(info=ABOUT_HISTORY)
    mql_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    sal_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    sql_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    converted_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)

    @validates("first_name", "last_name", "company")
    def _follow_names(self, attribute: str, value: str | None) -> str | None:
        """Keep the title and the keys beside what they are made of, whoever sets it."""
        parts = {one: getattr(self, one) for one in ("first_name", "last_name", "company")} | {attribute: value}
        self.company_key = folded(parts["company"]) if parts["company"] else None
        self.name = title_of(**parts)
        self.name_key = folded(self.name)
        return value

    @validates("email")
    def _follow_email(self, _attribute: str, email: str | None) -> str | None:
        self.email_key = address_key(email) if email else None
        return email

    @validates("phone")
    def _follow_phone(self, _attribute: str, phone: str | None) -> str | None:
        self.phone_key = number_key(phone) if phone else None
        return phone

    @property
    def is_converted(self) -> bool:
        return self.stage == CONVERTED


def title_of(first_name: str | None, last_name: str | None, company: str | None) -> str:
    """What a lead is called: the person, else the company."""
    return whole_name(first_name, last_name) or company or ""


class LeadEvent(Model):
    """A fact: a lead came into a stage (see `lifecycle.Fact`).

    `reason` is a word of the stage's list, `note` what people wrote; one that `is_sourced` was told by a file. What was
    taken back has a moment in `undone_at` and counts nowhere.
    """

    __tablename__ = "lead_event"
    __table_args__ = table_args(
        _stage_known("to_stage"),
        CheckConstraint("seconds >= 0 AND mql_seconds >= 0", name="time_not_negative"),
        Index("ix_lead_event_lead", "lead_id", "cycle", "id"),
        Index("ix_lead_event_entered", "to_stage", "at", "lead_id", **COUNTED),
        Index("uq_lead_event_first", "lead_id", "cycle", "to_stage", unique=True, **COUNTED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    cycle: Mapped[int] = mapped_column(Integer)
    from_stage: Mapped[str | None]
    to_stage: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seconds: Mapped[int | None]
    mql_seconds: Mapped[int | None]
    is_first: Mapped[bool] = mapped_column(Boolean)
    is_sourced: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str | None]
    note: Mapped[str | None]
    undone_at: Mapped[datetime | None]


class LeadConversion(Model):
    """What a lead became, once. `made` are the kinds of the records that were made for it, with the version they had.

    `filled` holds by kind the fields that were blank and what was written there; `before` the lead's pointers;
    `relinked` by table the rows about the lead, such as calls, that are with its account and contact since.
    """

    __tablename__ = "lead_conversion"
    __table_args__ = table_args(
        Index("uq_lead_conversion", "lead_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_lead_conversion_account", "account_id"),
        Index("ix_lead_conversion_contact", "contact_id"),
        Index("ix_lead_conversion_opportunity", "opportunity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunity.id"))
    made: Mapped[dict[str, Any]] = mapped_column(Json)
    filled: Mapped[dict[str, Any]] = mapped_column(Json)
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    relinked: Mapped[dict[str, Any]] = mapped_column(Json)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
