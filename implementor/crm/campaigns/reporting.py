"""Reading the figures of campaigns: one statement for each side, however many campaigns and records there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.campaigns import report_queries
from implementor.crm.campaigns.catalogue import CAMPAIGN
from implementor.crm.campaigns.figures import Figures
from implementor.crm.opportunities.models import WON
from implementor.crm.opportunities.worth import sees_amounts
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor


def figures_of(session: Session, scope: Scope, campaign_ids: Collection[int], base: str) -> dict[int, Figures]:
    """The figures of campaigns by id, of what the reader sees, in the base currency. At most four statements."""
    begun = {"unrated": 0, "revenue": 0 if sees_amounts(scope.actor) else None}
    found: dict[int, dict[str, Any]] = {campaign_id: dict(begun) for campaign_id in campaign_ids}
    for row in session.execute(report_queries.members_by_campaign(campaign_ids, scope)):
        counted = row._mapping
        found[row.campaign_id] |= {
            name: int(counted[name]) for name in ("members", "approached", "responses", "accepted")
        }  # fmt: skip
    for row in session.execute(report_queries.leads_by_campaign(campaign_ids, scope)):
        found[row.campaign_id]["leads"] = row.leads
    for row in session.execute(report_queries.sales_by_campaign(campaign_ids, scope)):
        _count_sales(found[row.campaign_id], row, base)
    for row in session.execute(report_queries.costs(campaign_ids)) if sees_costs(scope.actor) else ():
        _count_cost(found[row.id], row, base)
    return {campaign_id: Figures(**values) for campaign_id, values in found.items()}


def _count_sales(values: dict[str, Any], row: Any, base: str) -> None:
    values[row.status] = values.get(row.status, 0) + row.sales
    if row.status != WON or row.has_no_amount or values["revenue"] is None:
        return
    if row.base_currency == base:
        values["revenue"] += int(row.revenue)
    else:
        values["unrated"] += row.sales


def _count_cost(values: dict[str, Any], row: Any, base: str) -> None:
    if row.cost_amount is None:
        return
    if row.base_currency == base:
        values["cost"] = int(row.base_cost_amount)
    else:
        values["unrated"] += 1


def sees_costs(actor: Actor) -> bool:
    """Whether what campaigns cost is shown to somebody."""
    return CAMPAIGN.fields["cost"].is_visible_to(actor)


@dataclass(frozen=True)
class ChannelFigures:
    """What a channel came to over several campaigns; sales belong to campaigns, not to one of their channels."""

    channel: str | None
    campaigns: int
    figures: Figures


def channels_of(session: Session, scope: Scope, campaign_ids: Collection[int], base: str) -> list[ChannelFigures]:
    """The channels of campaigns in the order of their cost, those on which members were approached too."""
    costs: dict[str | None, Decimal] = defaultdict(Decimal)
    campaigns: dict[str | None, set[int]] = defaultdict(set)
    unrated: dict[str | None, int] = defaultdict(int)
    is_told = sees_costs(scope.actor)
    for row in session.execute(report_queries.channel_costs(campaign_ids)):
        campaigns[row.channel].add(row.campaign_id)
        if not row.cost or not is_told:
            continue
        if row.base_currency == base and row.cost_amount:
            costs[row.channel] += Decimal(int(row.cost)) * row.base_cost_amount / row.cost_amount
        else:
            unrated[row.channel] += 1
    members = {
        row.channel: row._mapping for row in session.execute(report_queries.members_by_channel(campaign_ids, scope))
    }
    found = [
        ChannelFigures(
            channel,
            len(campaigns[channel]),
            Figures(
                **{name: int(members[channel][name]) for name in ("members", "approached", "responses", "accepted")}
                if channel in members
                else {},
                cost=_whole(costs[channel]) if channel in costs else None,
                unrated=unrated[channel],
            ),
        )
        for channel in {*campaigns, *members}
    ]
    return sorted(found, key=lambda one: (-(one.figures.cost or 0), -one.figures.members, one.channel or "~"))


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_EVEN))
