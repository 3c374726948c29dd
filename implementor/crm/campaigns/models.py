"""A campaign with its channels, its members and what happened with them, and the records that came from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, validates

from implementor.crm.campaigns.answers import HAPPENINGS, STATUSES
from implementor.crm.contacts.models import Contact
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.records.models import ABOUT_HISTORY, CrmRecord, list_index
from implementor.foundation.model import Archivable, BigId, RankKey, Record, table_args
from implementor.foundation.text import folded

PLANNED, RUNNING, FINISHED, CANCELLED = "planned", "running", "finished", "cancelled"
IN_USE = text("archived_at IS NULL")
BY_HAND, BY_LEAD, BY_FILE = "hand", "lead", "import"
"""How it became known that a record came from a campaign: `BY_LEAD` follows from the lead that it was."""


def among(column: str, values: tuple[str, ...]) -> str:
    """The condition that a column holds one of a few words."""
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


def _once(name: str, *columns: str) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE)


class Campaign(CrmRecord):
    """An effort of marketing. Amounts are minor units; what its channels say is added up in them.

    The cost is frozen in the base currency at the rate of the first day (None: there was no rate then).
    """

    __tablename__ = "campaign"
    __record_kind__: ClassVar[str] = "campaign"
    __table_args__ = table_args(
        CheckConstraint(among("status", (PLANNED, RUNNING, FINISHED, CANCELLED)), name="status_known"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint("(budget_amount IS NULL) = (budget_currency IS NULL)", name="budget_in_a_currency"),
        CheckConstraint("(cost_amount IS NULL) = (cost_currency IS NULL)", name="cost_in_a_currency"),
        CheckConstraint("budget_amount >= 0 AND cost_amount >= 0", name="amounts_not_negative"),
        CheckConstraint("(base_cost_amount IS NULL) = (base_currency IS NULL)", name="frozen_whole"),
        CheckConstraint("expected_responses >= 0", name="expected_not_negative"),
        _once("uq_campaign_code", "code_key"),
        list_index("campaign", "name_key"),
        list_index("campaign", "code_key"),
        list_index("campaign", "parent_id", "name_key"),
        list_index("campaign", "owner_id", "starts_on"),
        list_index("campaign", "area_id", "starts_on"),
        list_index("campaign", "type", "starts_on"),
        list_index("campaign", "status", "starts_on"),
        list_index("campaign", "starts_on"),
        list_index("campaign", "ends_on"),
        list_index("campaign", "budget_currency", "budget_amount"),
        list_index("campaign", "cost_currency", "cost_amount"),
        list_index("campaign", "created_at"),
        list_index("campaign", "updated_at"),
    )

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    code: Mapped[str | None]
    code_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    type: Mapped[str | None]
    status: Mapped[str] = mapped_column(default=PLANNED)
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("campaign.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    audience: Mapped[str | None]
    description: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    budget_amount: Mapped[int | None]
    budget_currency: Mapped[str | None]
    cost_amount: Mapped[int | None]
    cost_currency: Mapped[str | None]
    base_cost_amount: Mapped[int | None] = mapped_column(info=ABOUT_HISTORY)
    base_currency: Mapped[str | None] = mapped_column(info=ABOUT_HISTORY)
    expected_responses: Mapped[int | None] = mapped_column(Integer)

    @validates("name", "code")
    def _follow_words(self, attribute: str, value: str | None) -> str | None:
        """Keep the key beside the name and the code, whoever sets them."""
        setattr(self, f"{attribute}_key", folded(value) if value else None)
        return value

    @property
    def spellings(self) -> list[str]:
        """How a lead may write it: its name or code, as it is, in small letters, in capitals, or each word so."""
        words = [text for text in (self.name, self.code) if text]
        return sorted({spelled for text in words for spelled in (text, text.lower(), text.upper(), text.title())})


class CampaignChannel(Archivable, Record):
    """A channel that a campaign takes, with what is set aside for it and what it cost, in minor units."""

    __tablename__ = "campaign_channel"
    __record_kind__: ClassVar[str] = "campaign_channel"
    __table_args__ = table_args(
        CheckConstraint("(budget_amount IS NULL) = (budget_currency IS NULL)", name="budget_in_a_currency"),
        CheckConstraint("(cost_amount IS NULL) = (cost_currency IS NULL)", name="cost_in_a_currency"),
        Index("ix_campaign_channel_campaign", "campaign_id", "channel"),
        Index("ix_campaign_channel_channel", "channel", "campaign_id", sqlite_where=IN_USE, postgresql_where=IN_USE),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    channel: Mapped[str]
    budget_amount: Mapped[int | None]
    budget_currency: Mapped[str | None]
    cost_amount: Mapped[int | None]
    cost_currency: Mapped[str | None]
    note: Mapped[str | None]


class CampaignMember(Archivable, Record):
    """Somebody whom a campaign is for: a contact, a lead, or (in `named`) somebody of whom only a file tells.

    What stands beside them follows from what happened (see `answers`): `status`, when that was, the first response,
    how often they were approached. `tries_told` are approaches that a file only counted.
    """

    __tablename__ = "campaign_member"
    __record_kind__: ClassVar[str] = "campaign_member"
    __table_args__ = table_args(
        CheckConstraint(among("status", STATUSES), name="status_known"),
        CheckConstraint(
            "(contact_id IS NOT NULL AND lead_id IS NULL AND named IS NULL)"
            " OR (contact_id IS NULL AND lead_id IS NOT NULL AND named IS NULL)"
            " OR (contact_id IS NULL AND lead_id IS NULL AND named IS NOT NULL)",
            name="is_somebody",
        ),
        CheckConstraint("tries_told >= 0 AND tries >= tries_told", name="tries_counted"),
        _once("uq_campaign_member_contact", "campaign_id", "contact_id"),
        _once("uq_campaign_member_lead", "campaign_id", "lead_id"),
        list_index("campaign_member", "campaign_id", "joined_at"),
        list_index("campaign_member", "campaign_id", "status", "joined_at"),
        list_index("campaign_member", "contact_id", "joined_at"),
        list_index("campaign_member", "lead_id", "joined_at"),
        list_index("campaign_member", "status", "joined_at"),
        list_index("campaign_member", "channel", "joined_at"),
        list_index("campaign_member", "outcome", "joined_at"),
        list_index("campaign_member", "joined_at"),
        list_index("campaign_member", "status_at"),
        list_index("campaign_member", "responded_at"),
        list_index("campaign_member", "created_at"),
        list_index("campaign_member", "updated_at"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    lead_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("lead.id"))
    named: Mapped[str | None] = mapped_column()
    channel: Mapped[str | None]
    joined_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default="listed", info=ABOUT_HISTORY)
    status_at: Mapped[datetime] = mapped_column(info=ABOUT_HISTORY)
    responded_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    outcome: Mapped[str | None] = mapped_column(info=ABOUT_HISTORY)
    tries: Mapped[int] = mapped_column(Integer, default=0, info=ABOUT_HISTORY)
    tries_told: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str | None]
    name: Mapped[str] = column_property(
        func.coalesce(
            select(Contact.name).where(Contact.id == contact_id).correlate_except(Contact).scalar_subquery(),
            select(Lead.name).where(Lead.id == lead_id).correlate_except(Lead).scalar_subquery(),
            named,
        )
    )


class CampaignEvent(Archivable, Record):
    """A fact: something happened between a campaign and a member; who noted it made the row, archived ones were wrong.

    `outcome` is a word of the list, for responses; one that `is_sourced` was told by a file.
    """

    __tablename__ = "campaign_event"
    __record_kind__: ClassVar[str] = "campaign_event"
    __table_args__ = table_args(
        CheckConstraint(among("kind", HAPPENINGS), name="kind_known"),
        Index("ix_campaign_event_member", "member_id", "at", "id"),
        Index("ix_campaign_event_interaction", "interaction_id"),
    )

    member_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign_member.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    channel: Mapped[str | None]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    is_sourced: Mapped[bool] = mapped_column(Boolean, default=False)


class CampaignOrigin(Archivable, Record):
    """The one campaign that a lead or an opportunity came from."""

    __tablename__ = "campaign_origin"
    __record_kind__: ClassVar[str] = "campaign_origin"
    __table_args__ = table_args(
        CheckConstraint("(lead_id IS NULL) <> (opportunity_id IS NULL)", name="of_one_record"),
        CheckConstraint(among("told_by", (BY_HAND, BY_LEAD, BY_FILE)), name="told_by_known"),
        _once("uq_campaign_origin_lead", "lead_id"),
        _once("uq_campaign_origin_opportunity", "opportunity_id"),
        Index("ix_campaign_origin_lead", "campaign_id", "lead_id", sqlite_where=IN_USE, postgresql_where=IN_USE),
        Index(
            "ix_campaign_origin_opportunity", "campaign_id", "opportunity_id", sqlite_where=IN_USE,
            postgresql_where=IN_USE,
        ),
    )  # fmt: skip

    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    lead_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("lead.id"))
    opportunity_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("opportunity.id"))
    told_by: Mapped[str] = mapped_column(default=BY_HAND)

    lead: Mapped[Lead | None] = relationship(lazy="raise_on_sql")
    opportunity: Mapped[Opportunity | None] = relationship(lazy="raise_on_sql")
