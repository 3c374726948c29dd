"""What reports count of campaigns: members, leads, sales and cost, each side grouped by campaign on its own.

Nothing here joins one side with another: a campaign with three members and ten sales has its cost once.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, case, func, select

from implementor.crm.campaigns.answers import ACCEPTED, LISTED
from implementor.crm.campaigns.models import Campaign, CampaignChannel, CampaignMember, CampaignOrigin
from implementor.crm.campaigns.words import CHANNEL
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.records.importing import in_use
from implementor.crm.records.queries import records_in_use, within
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.returning import as_read


def members_by_campaign(campaign_ids: Collection[int], scope: Scope) -> Rows:
    """Rows (campaign_id, members, approached, responses, accepted)."""
    return (
        select(
            CampaignMember.campaign_id,
            func.count().label("members"),
            func.sum(case((CampaignMember.status != LISTED, 1), else_=0)).label("approached"),
            func.count(CampaignMember.responded_at).label("responses"),
            func.sum(case((CampaignMember.status == ACCEPTED, 1), else_=0)).label("accepted"),
        )
        .where(
            CampaignMember.campaign_id.in_(list(campaign_ids)), CampaignMember.archived_at.is_(None),
            within(CampaignMember, scope.actor),
        )
        .group_by(CampaignMember.campaign_id)
    )  # fmt: skip


def leads_by_campaign(campaign_ids: Collection[int], scope: Scope) -> Rows:
    """Rows (campaign_id, leads)."""
    return (
        select(CampaignOrigin.campaign_id, func.count().label("leads"))
        .join(Lead, Lead.id == CampaignOrigin.lead_id)
        .where(
            CampaignOrigin.campaign_id.in_(list(campaign_ids)), CampaignOrigin.archived_at.is_(None),
            *in_use(Lead), within(Lead, scope.actor),
        )
        .group_by(CampaignOrigin.campaign_id)
    )  # fmt: skip


def sales_by_campaign(campaign_ids: Collection[int], scope: Scope) -> Rows:
    """Rows (campaign_id, status, base_currency, sales, revenue): revenue is that of the frozen rates."""
    return (
        select(
            CampaignOrigin.campaign_id, Opportunity.status, Opportunity.base_currency,
            Opportunity.amount.is_(None).label("has_no_amount"),
            func.count().label("sales"), func.sum(Opportunity.base_amount).label("revenue"),
        )
        .join(Opportunity, Opportunity.id == CampaignOrigin.opportunity_id)
        .where(
            CampaignOrigin.campaign_id.in_(list(campaign_ids)), CampaignOrigin.archived_at.is_(None),
            *in_use(Opportunity), within(Opportunity, scope.actor),
        )
        .group_by(
            CampaignOrigin.campaign_id, Opportunity.status, Opportunity.base_currency, Opportunity.amount.is_(None)
        )
    )  # fmt: skip


def costs(campaign_ids: Collection[int]) -> Rows:
    """Rows (id, cost_amount, base_cost_amount, base_currency)."""
    return select(
        Campaign.id, Campaign.cost_amount, Campaign.base_cost_amount, Campaign.base_currency
    ).where(Campaign.id.in_(list(campaign_ids)))  # fmt: skip


# --- the comparison ---------------------------------------------------------------------------------------------------


def campaigns_between(first: date, last: date, scope: Scope) -> Select[Campaign]:
    """Campaigns in use that began on days from first to last, the latest first."""
    found: Select[Campaign] = records_in_use(Campaign, scope)
    found = found.where(Campaign.starts_on.between(first, last))
    return found.order_by(Campaign.starts_on.desc(), Campaign.id.desc())


def channel_costs(campaign_ids: Collection[int]) -> Rows:
    """Rows (channel, campaign_id, cost, cost_amount, base_cost_amount, base_currency): what a channel cost a campaign,
    with the whole cost of that campaign and what it is in the base currency."""
    channel = as_read(CampaignChannel.channel, CHANNEL.key)
    return (
        select(
            channel.label("channel"), CampaignChannel.campaign_id, func.sum(CampaignChannel.cost_amount).label("cost"),
            Campaign.cost_amount, Campaign.base_cost_amount, Campaign.base_currency,
        )
        .join(Campaign, Campaign.id == CampaignChannel.campaign_id)
        .where(CampaignChannel.campaign_id.in_(list(campaign_ids)), CampaignChannel.archived_at.is_(None))
        .group_by(
            channel, CampaignChannel.campaign_id, Campaign.cost_amount, Campaign.base_cost_amount,
            Campaign.base_currency,
        )
    )  # fmt: skip


def members_by_channel(campaign_ids: Collection[int], scope: Scope) -> Rows:
    """Rows (channel, members, approached, responses, accepted) by the channel on which members are approached."""
    counted = members_by_campaign(campaign_ids, scope)
    channel = as_read(CampaignMember.channel, CHANNEL.key)
    counts = list(counted.selected_columns)[1:]
    return counted.with_only_columns(channel.label("channel"), *counts).group_by(None).group_by(channel)
