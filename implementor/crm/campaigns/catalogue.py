"""The fields of a campaign and of its channels, said once for list, page, forms, bulk edit, import and export."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import Area
from implementor.crm.campaigns.columns import areas_in_use, takes_channel
from implementor.crm.campaigns.models import Campaign, CampaignChannel
from implementor.crm.campaigns.queries import campaign_like
from implementor.crm.campaigns.words import CAMPAIGN_STATES, CHANNEL, TYPE
from implementor.crm.records.fields import noted_fields, owner_field
from implementor.foundation.fields import Entity, Field, Kind, entity
from implementor.foundation.words import Phrase, say

WHAT, WHEN, MONEY = say("What it is about"), say("When and who"), say("Money and goals")
MOST_AMOUNT = Decimal(1_000_000_000_000)
"""In the currency's main unit; sums of very many stay within 64 bits."""
Parent, CampaignArea = aliased(Campaign, name="campaign_parent"), aliased(Area, name="campaign_area")
Whole = aliased(Campaign, name="campaign_channel_of")

CAMPAIGN = entity(
    Entity(
        kind="campaign",
        label=say("Campaign"),
        label_plural=say("Campaigns"),
        model=Campaign,
        default_columns=("name", "code", "type", "status", "starts_on", "ends_on", "budget", "cost", "owner"),
        default_sort="-starts_on",
        title_field="name",
        unique_order=Campaign.id,
        search_for=campaign_like,
    )
)
CAMPAIGN_CHANNEL = entity(
    Entity(
        "campaign_channel", say("Channel of the campaign"), say("Channels and their cost"), CampaignChannel,
        ("channel", "budget", "cost", "note"), "channel", "channel", CampaignChannel.id,
    )
)  # fmt: skip


def _amount(name: str, label: Phrase, column: Any, currency: Any, **more: Any) -> Field:
    return Field(
        name, Kind.MONEY, label, column, currency=currency, minimum=Decimal(0), maximum=MOST_AMOUNT, **more
    )  # fmt: skip


def _day(name: str, label: Phrase, column: Any) -> Field:
    return Field(name, Kind.DATE, label, column, filterable=True, sortable=True, bulk=True, group=WHEN)


if not CAMPAIGN.fields:
    CAMPAIGN.declare(
        (
            Field(
                "name", Kind.LINE, say("Name"), Campaign.name, required=True, sortable=True, nullable=False,
                sort_column=Campaign.name_key, width="wide", group=WHAT,
            ),
            Field(
                "code", Kind.LINE, say("Code"), Campaign.code, sortable=True, sort_column=Campaign.code_key, longest=60,
                width="narrow", group=WHAT, hint=say("How mailings and files call it, such as utm_campaign."),
            ),
            Field(
                "type", Kind.CHOICE, say("Type"), Campaign.type, picklist=TYPE.key, filterable=True, groupable=True,
                bulk=True, group=WHAT,
            ),
            Field(
                "status", Kind.CHOICE, say("Status"), Campaign.status, choices=CAMPAIGN_STATES, nullable=False,
                filterable=True, groupable=True, bulk=True, group=WHAT,
            ),
            Field(
                "parent", Kind.REFERENCE, say("Belongs to"), Campaign.parent_id, target="campaign", shown=Parent.name,
                join=lambda found: found.outerjoin(Parent, Parent.id == Campaign.parent_id), filterable=True,
                group=WHAT, hint=say("The larger campaign that this one is a part of."),
            ),
            Field("audience", Kind.TEXT, say("For whom"), Campaign.audience, longest=2000, group=WHAT),
            Field("description", Kind.TEXT, say("Description"), Campaign.description, longest=20_000, group=WHAT),
            owner_field(Campaign, group=WHEN),
            Field(
                "area", Kind.REFERENCE, say("Area"), Campaign.area_id, options=areas_in_use, shown=CampaignArea.name,
                join=lambda found: found.outerjoin(CampaignArea, CampaignArea.id == Campaign.area_id), filterable=True,
                groupable=True, bulk=True, group=WHEN,
            ),
            _day("starts_on", say("Starts on"), Campaign.starts_on),
            _day("ends_on", say("Ends on"), Campaign.ends_on),
            _amount("budget", say("Budget"), Campaign.budget_amount, Campaign.budget_currency, filterable=True,
                    group=MONEY),
            _amount("cost", say("Actual cost"), Campaign.cost_amount, Campaign.cost_currency, filterable=True,
                    group=MONEY, hint=say("Added up from the channels, where those say what they cost.")),
            Field(
                "expected_responses", Kind.WHOLE, say("Expected responses"), Campaign.expected_responses,
                minimum=Decimal(0), maximum=Decimal(1_000_000_000), group=MONEY, width="narrow",
            ),
            Field(
                "channel", Kind.CHOICE, say("Channel"), Campaign.id, picklist=CHANNEL.key, editable=False,
                filterable=True, matches=takes_channel, is_order=True,
            ),
            *noted_fields(Campaign),
        )
    )  # fmt: skip
    CAMPAIGN_CHANNEL.declare(
        (
            Field(
                "campaign", Kind.REFERENCE, say("Campaign"), CampaignChannel.campaign_id, target="campaign",
                shown=Whole.name, join=lambda found: found.join(Whole, Whole.id == CampaignChannel.campaign_id),
                required=True, nullable=False,
            ),
            Field(
                "channel", Kind.CHOICE, say("Channel"), CampaignChannel.channel, picklist=CHANNEL.key, required=True,
                nullable=False, sortable=True,
            ),
            _amount("budget", say("Budget"), CampaignChannel.budget_amount, CampaignChannel.budget_currency),
            _amount("cost", say("Actual cost"), CampaignChannel.cost_amount, CampaignChannel.cost_currency),
            Field("note", Kind.LINE, say("Note"), CampaignChannel.note),
        )
    )  # fmt: skip
