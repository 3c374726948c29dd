"""Finding campaigns, their members within what the reader sees, what happened, and where records came from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from implementor.auth.models import User
from implementor.crm.campaigns.models import (
    Campaign,
    CampaignChannel,
    CampaignEvent,
    CampaignMember,
    CampaignOrigin,
)
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Interaction
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.records.queries import reaches_all, records_in_use, within
from implementor.foundation.fields import Scope, entities
from implementor.foundation.lookup import begins_with
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef

ORIGINS: dict[str, tuple[Any, Any]] = {
    "lead": (CampaignOrigin.lead_id, Lead), "opportunity": (CampaignOrigin.opportunity_id, Opportunity),
}  # fmt: skip
"""Kinds of records that come from campaigns: the column that names them, and their model."""
MEMBER_OF = {
    "campaign_member": CampaignMember.id, "campaign": CampaignMember.campaign_id,
    "contact": CampaignMember.contact_id, "lead": CampaignMember.lead_id,
}  # fmt: skip
"""Kinds whose timelines tell of members, and the column that leads to them."""


def campaign_like(words: str, actor: Actor) -> ColumnElement[bool]:
    """Campaigns whose name or code begins with these words, as far as the actor sees codes."""
    named = begins_with(Campaign.name_key, words)
    return or_(named, begins_with(Campaign.code_key, words)) if entities["campaign"].shows("code", actor) else named


def campaign_seen(campaign_id: int, scope: Scope) -> Select[Campaign]:
    """A campaign in use that the reader sees."""
    found: Select[Campaign] = records_in_use(Campaign, scope)
    return found.where(Campaign.id == campaign_id)


def bearers_of_code(code_key: str) -> Select[int]:
    """The ids of campaigns in use with this folded code."""
    return select(Campaign.id).where(Campaign.code_key == code_key, Campaign.archived_at.is_(None))


def called(keys: Collection[str]) -> Rows:
    """Rows (id, code_key, name_key) of campaigns in use with one of these folded codes or names."""
    return select(Campaign.id, Campaign.code_key, Campaign.name_key).where(
        or_(Campaign.code_key.in_(list(keys)), Campaign.name_key.in_(list(keys))), Campaign.archived_at.is_(None)
    )


def below(campaign_id: int, scope: Scope) -> Select[Campaign]:
    """The campaigns in use that belong directly to one, as far as the reader sees them, by name."""
    found: Select[Campaign] = records_in_use(Campaign, scope)
    return found.where(Campaign.parent_id == campaign_id).order_by(Campaign.name_key, Campaign.id)


def campaigns_of_ids(ids: Collection[int]) -> Select[Campaign]:
    """Campaigns by id."""
    return select(Campaign).where(Campaign.id.in_(list(ids)))


def channels_of(campaign_ids: Collection[int]) -> Select[CampaignChannel]:
    """The channels of campaigns, those put away too."""
    found = select(CampaignChannel).where(CampaignChannel.campaign_id.in_(list(campaign_ids)))
    return found.order_by(CampaignChannel.campaign_id, CampaignChannel.id)


# --- members ----------------------------------------------------------------------------------------------------------


def sees_members(model: Any, actor: Actor) -> ColumnElement[bool]:
    """Members are seen by who sees the campaign and the person."""
    conditions = [
        or_(
            column.is_(None), select(other.id).where(other.id == column, within(other, actor)).correlate(model).exists()
        )
        for column, other in ((model.campaign_id, Campaign), (model.contact_id, Contact), (model.lead_id, Lead))
        if not reaches_all(other, actor)
    ]
    return and_(*conditions) if conditions else true()


def _is_seen(model: Any, column: Any, actor: Actor) -> Select[Any]:
    return select(model.id).where(model.id == column, within(model, actor))


def member_seen(member_id: int, scope: Scope) -> Select[CampaignMember]:
    """A member in use that the reader sees."""
    found: Select[CampaignMember] = records_in_use(CampaignMember, scope)
    return found.where(CampaignMember.id == member_id)


def members_of_ids(ids: Collection[int]) -> Select[CampaignMember]:
    """Members by id."""
    return select(CampaignMember).where(CampaignMember.id.in_(list(ids)))


def members_among(campaign_id: int, kind: str, ids: Collection[int]) -> Select[Any]:
    """Those of the contacts or leads (`kind`) with these ids who are members of a campaign already."""
    column = MEMBER_OF[kind]
    return select(column).where(
        CampaignMember.campaign_id == campaign_id, column.in_(list(ids)), CampaignMember.archived_at.is_(None)
    )


def same_member(campaign_id: int, kind: str, record_id: int) -> Select[int]:
    """The ids of members in use of a campaign who are this contact or lead."""
    return select(CampaignMember.id).where(
        CampaignMember.campaign_id == campaign_id, MEMBER_OF[kind] == record_id, CampaignMember.archived_at.is_(None)
    )


def locked(campaign_id: int) -> Select[int]:
    """The id of a campaign, held until the transaction ends: of two who add somebody the second sees the first."""
    return select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(key_share=True)


def name_of(campaign_id: int) -> Select[str]:
    """What a campaign is called."""
    return select(Campaign.name).where(Campaign.id == campaign_id)


def interaction_with(member: CampaignMember, interaction_id: int) -> Select[int]:
    """That interaction, if it was with the contact, or about the lead, who is this member."""
    found = select(Interaction.id).where(Interaction.id == interaction_id, Interaction.archived_at.is_(None))
    if member.contact_id is not None:
        return found.where(Interaction.contact_id == member.contact_id)
    return found.where(Interaction.about_kind == "lead", Interaction.about_id == member.lead_id)


def interactions_with(member: CampaignMember, actor: Actor) -> Rows:
    """Rows (id, at, subject) of what was said lately with the contact or about the lead who is this member."""
    found = select(Interaction.id, Interaction.at, Interaction.subject).where(
        Interaction.archived_at.is_(None), within(Interaction, actor)
    )
    if member.contact_id is not None:
        found = found.where(Interaction.contact_id == member.contact_id)
    else:
        found = found.where(Interaction.about_kind == "lead", Interaction.about_id == member.lead_id)
    return found.order_by(Interaction.at.desc(), Interaction.id.desc()).limit(20)


def lead_flags(ids: Collection[int]) -> Rows:
    """Rows (id, is_opted_out, do_not_call) of leads."""
    return select(Lead.id, Lead.is_opted_out, Lead.do_not_call).where(Lead.id.in_(list(ids)))


# --- what happened ----------------------------------------------------------------------------------------------------


def events_of(member_ids: Collection[int]) -> Select[CampaignEvent]:
    """What happened with members, in order, what was taken back too."""
    found = select(CampaignEvent).where(CampaignEvent.member_id.in_(list(member_ids)))
    return found.order_by(CampaignEvent.at, CampaignEvent.id)


def events_shown(member_id: int) -> Rows:
    """Rows (event, who) of what happened with a member and holds, newest first."""
    return (
        select(CampaignEvent, User.name.label("who"))
        .outerjoin(User, User.id == CampaignEvent.created_by_id)
        .where(CampaignEvent.member_id == member_id, CampaignEvent.archived_at.is_(None))
        .order_by(CampaignEvent.at.desc(), CampaignEvent.id.desc())
    )


def event_of(member_id: int, event_id: int) -> Select[CampaignEvent]:
    """One thing that happened with a member and holds."""
    return select(CampaignEvent).where(
        CampaignEvent.id == event_id, CampaignEvent.member_id == member_id, CampaignEvent.archived_at.is_(None)
    )


def latest_events(ref: RecordRef, actor: Actor, *, before: datetime | None, limit: int) -> Rows:
    """The latest of what happened with a record's members: (event, campaign_id, campaign, member, who)."""
    found = (
        select(
            CampaignEvent, Campaign.id.label("campaign_id"), Campaign.name.label("campaign"),
            CampaignMember.name.label("member"), User.name.label("who"),
        )
        .join(CampaignMember, CampaignMember.id == CampaignEvent.member_id)
        .join(Campaign, Campaign.id == CampaignMember.campaign_id)
        .outerjoin(User, User.id == CampaignEvent.created_by_id)
        .where(
            MEMBER_OF[ref.kind] == ref.id, CampaignEvent.archived_at.is_(None), CampaignMember.archived_at.is_(None),
            within(CampaignMember, actor),
        )
        .order_by(CampaignEvent.at.desc(), CampaignEvent.id.desc())
        .limit(limit)
    )  # fmt: skip
    return found if before is None else found.where(CampaignEvent.at < before)


# --- where records came from ------------------------------------------------------------------------------------------


def origin_of(kind: str, record_id: int) -> Select[CampaignOrigin]:
    """Where a lead or an opportunity came from."""
    return select(CampaignOrigin).where(ORIGINS[kind][0] == record_id, CampaignOrigin.archived_at.is_(None))


def origins_of(kind: str, ids: Collection[int]) -> Select[CampaignOrigin]:
    """Where leads or opportunities came from."""
    return select(CampaignOrigin).where(ORIGINS[kind][0].in_(list(ids)), CampaignOrigin.archived_at.is_(None))


def leads_naming(campaign: Campaign, scope: Scope) -> Select[Lead]:
    """Leads in use that name a campaign and of which nobody says where they came from, as far as the reader may
    change them."""
    told = select(CampaignOrigin.id).where(CampaignOrigin.lead_id == Lead.id, CampaignOrigin.archived_at.is_(None))
    found: Select[Lead] = records_in_use(Lead, scope, "edit")
    return found.where(Lead.campaign.in_(campaign.spellings), ~told.exists())


def count_of_leads_naming(campaign: Campaign, scope: Scope) -> Select[int]:
    """How many such leads there are."""
    return leads_naming(campaign, scope).with_only_columns(func.count())


def leads_that_name(ids: Collection[int]) -> Rows:
    """Rows (id, campaign) of those of the leads with these ids that name a campaign."""
    return select(Lead.id, Lead.campaign).where(Lead.id.in_(list(ids)), Lead.campaign.is_not(None))
