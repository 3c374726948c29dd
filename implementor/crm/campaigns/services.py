"""What can happen to a campaign and its channels: made, changed, put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.catalogue import CAMPAIGN, CAMPAIGN_CHANNEL
from implementor.crm.campaigns.models import PLANNED, Campaign, CampaignChannel
from implementor.crm.campaigns.settling import sum_of_channels
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

ADDED_UP = {"budget": ("budget_amount", "budget_currency"), "cost": ("cost_amount", "cost_currency")}


def add_campaign(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Campaign:
    """A new campaign, planned unless somebody says otherwise."""
    given = {name: value for name, value in values.items() if name != "status" or value not in (None, "")}
    with session.no_autoflush:
        campaign: Campaign = records.new_record(session, CAMPAIGN, given, by=by, at=at, status=PLANNED)
        _refuse_impossible(session, campaign, by)
    return campaign


def change_campaign(session: Session, campaign: Campaign, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a campaign other values; amounts that its channels add up are changed there."""
    given = {name: campaign.status if name == "status" and not value else value for name, value in values.items()}
    before = {name: _amount(campaign, name) for name in ADDED_UP}
    with session.no_autoflush:
        records.change_record(session, CAMPAIGN, campaign, given, by=by, at=at)
        _refuse_impossible(session, campaign, by)
        changed = [name for name in ADDED_UP if name in values and _amount(campaign, name) != before[name]]
        _refuse_other_sums(session, campaign, changed)


def restore_campaign(session: Session, campaign: Campaign, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a campaign earlier values by attribute, as far as its code is free and its tree stays a tree."""
    with session.no_autoflush:
        records.give_back(campaign, values)
        _refuse_impossible(session, campaign, by if "parent_id" in values else None)


def _amount(campaign: Campaign, name: str) -> tuple[int | None, str | None]:
    amount, currency = ADDED_UP[name]
    return getattr(campaign, amount), getattr(campaign, currency)


def _refuse_impossible(session: Session, campaign: Campaign, by: Actor | None) -> None:
    campaign.code = campaign.code or None
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        raise InvalidInput({"ends_on": say("It ends before it starts.")})
    if by is not None:
        records.refuse_impossible_parent(session, CAMPAIGN, campaign, by)
    if campaign.code_key is None or campaign.is_archived:
        return
    if any(one != campaign.id for one in session.scalars(queries.bearers_of_code(campaign.code_key))):
        raise InvalidInput({"code": say("Another campaign has this code.")})


def _refuse_other_sums(session: Session, campaign: Campaign, changed: list[str]) -> None:
    if not changed:
        return
    rows = session.scalars(queries.channels_of([campaign.id])).all()
    errors: dict[str, Phrase] = {
        name: say("The channels add up to it. Change it there.")
        for name in changed
        if (told := sum_of_channels(rows, name)) is not None and told != _amount(campaign, name)
    }
    if errors:
        raise InvalidInput(errors)


# --- channels ---------------------------------------------------------------------------------------------------------


def add_channel(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> CampaignChannel:
    """A channel of a campaign, with its budget and cost in the currency of the others."""
    campaign = records.found_to_change(session, CAMPAIGN, values.get("campaign"), by, field="campaign")
    with session.no_autoflush:
        channel: CampaignChannel = records.new_record(session, CAMPAIGN_CHANNEL, values, by=by, at=at)
        _refuse_other_currency(session, campaign, channel)
    return channel


def change_channel(
    session: Session, channel: CampaignChannel, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give a channel other values; the campaign's sums follow."""
    campaign = session.get_one(Campaign, channel.campaign_id)
    records.refuse_beyond_reach(session, CAMPAIGN, campaign, by)
    with session.no_autoflush:
        records.give(CAMPAIGN_CHANNEL, channel, {name: value for name, value in values.items() if name != "campaign"})
        name_action(session, say("Changed a channel of %(title)s", title=campaign.name), verb="campaign_channel.change")
        _refuse_other_currency(session, campaign, channel)


def restore_channel(
    session: Session, channel: CampaignChannel, values: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Give a channel earlier values by attribute, in the currency of the others."""
    with session.no_autoflush:
        records.give_back(channel, values)
        _refuse_other_currency(session, session.get_one(Campaign, channel.campaign_id), channel)


def _refuse_other_currency(session: Session, campaign: Campaign, channel: CampaignChannel) -> None:
    if channel.is_archived:
        return
    others = [
        one for one in session.scalars(queries.channels_of([campaign.id])) if one is not channel and not one.is_archived
    ]
    errors = {}
    for name, (_amount_of, currency) in ADDED_UP.items():
        known = {getattr(one, currency) for one in others} - {None}
        mine = getattr(channel, currency)
        if mine is not None and known - {mine}:
            reason = say("The other channels are in %(currency)s: write it with the amount.", currency=min(known))
            errors[name] = reason
    if errors:
        raise InvalidInput(errors)
