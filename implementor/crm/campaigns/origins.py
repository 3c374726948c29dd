"""Where leads and opportunities came from: said by hand, by the words of a lead, or by the lead that a sale was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.catalogue import CAMPAIGN
from implementor.crm.campaigns.models import BY_HAND, BY_LEAD, Campaign, CampaignOrigin
from implementor.crm.leads.models import Lead, LeadConversion
from implementor.crm.records import services as records
from implementor.foundation.fields import Entity, Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.history.services import name_action

ADOPTED_AT_ONCE = 2000


def say_origin(
    session: Session, kind: str, record: Any, campaign_id: int | None, *, by: Actor, at: datetime
) -> CampaignOrigin | None:
    """Say which campaign a lead or an opportunity came from; None says that it came from none.

    Raises BeyondReach where the record is not the actor's to change, InvalidInput for a campaign that they do not see.
    """
    entity: Entity = entities[kind]
    records.refuse_beyond_reach(session, entity, record, by)
    known = session.scalars(queries.origin_of(kind, record.id)).one_or_none()
    title = getattr(record, entity.title_field)
    if campaign_id is None:
        if known is not None:
            name_action(session, say("%(title)s came from no campaign", title=title), verb=f"{kind}.origin")
            known.archived_at, known.archived_by_id = at, by.user_id
        return None
    campaign: Campaign = records.found_to_see(session, CAMPAIGN, campaign_id, by, field="campaign")
    summary = say("%(title)s came from %(campaign)s", title=title, campaign=campaign.name)
    name_action(session, summary, verb=f"{kind}.origin")
    if known is None:
        known = CampaignOrigin(campaign_id=campaign.id, told_by=BY_HAND, **{f"{kind}_id": record.id})
        session.add(known)
    elif known.campaign_id != campaign.id:
        known.campaign_id, known.told_by = campaign.id, BY_HAND
    return known


def restore_origin(session: Session, origin: CampaignOrigin, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Undo what was said, unless something else was said since."""
    kind = "lead" if origin.lead_id is not None else "opportunity"
    if "archived_at" in values and values["archived_at"] is None:
        others = session.scalars(queries.origins_of(kind, [origin.lead_id or origin.opportunity_id or 0])).all()
        if any(one is not origin for one in others):
            raise records.KnownElsewhere(say("Another campaign is named there now."))
    records.give_back(origin, values)


def adopt_leads(session: Session, campaign: Campaign, scope: Scope) -> int:
    """Count the leads in that name a campaign as it is called, and of which nobody said where they came from."""
    records.refuse_beyond_reach(session, CAMPAIGN, campaign, scope.actor)
    found = session.scalars(queries.leads_naming(campaign, scope).limit(ADOPTED_AT_ONCE)).all()
    session.add_all(CampaignOrigin(campaign_id=campaign.id, lead_id=lead.id, told_by=BY_LEAD) for lead in found)
    summary = say("Counted %(count)s leads of %(title)s in", count=len(found), title=campaign.name)
    name_action(session, summary, verb="campaign.adopt")
    return len(found)


def meant(session: Session, texts: Iterable[str]) -> dict[str, int]:
    """The campaigns that texts name, by folded text: the one of that code, else the only one of that name."""
    keys = {folded(text) for text in texts if text}
    if not keys:
        return {}
    by_code: dict[str, int] = {}
    by_name: dict[str, list[int]] = {}
    for row in session.execute(queries.called(keys)):
        by_code[row.code_key] = row.id
        by_name.setdefault(row.name_key, []).append(row.id)
    return {name: ids[0] for name, ids in by_name.items() if len(ids) == 1 and name in keys} | {
        code: one for code, one in by_code.items() if code in keys
    }


# --- following what is written about leads ----------------------------------------------------------------------------


def follow_leads(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: a lead that names a campaign came from it, and what a lead becomes came from where it did."""
    leads = [one for one in (*session.new, *session.dirty) if type(one) is Lead and one.campaign and _names_anew(one)]
    if leads:
        with session.no_autoflush:
            name_origins(session, leads, meant(session, [str(one.campaign) for one in leads]))
    conversions = [one for one in (*session.new, *session.dirty) if type(one) is LeadConversion and one.opportunity_id]
    for conversion in conversions:
        with session.no_autoflush:
            _follow_conversion(session, conversion)


def _names_anew(lead: Lead) -> bool:
    return bool(inspect(lead).attrs["campaign"].history.has_changes())


def name_origins(session: Session, leads: Collection[Lead], found: Mapping[str, int]) -> int:
    """Let leads come from the campaigns that they name, if those are known; returns how many were told."""
    named = [(lead, found.get(folded(str(lead.campaign)))) for lead in leads]
    known_ids = [lead.id for lead, campaign_id in named if campaign_id is not None and lead.id is not None]
    known = {one.lead_id: one for one in session.scalars(queries.origins_of("lead", known_ids))} if known_ids else {}
    told = 0
    for lead, campaign_id in named:
        if campaign_id is None:
            continue
        told += 1
        if lead.id in known:
            known[lead.id].campaign_id = campaign_id
        else:
            session.add(CampaignOrigin(campaign_id=campaign_id, lead=lead, told_by=BY_LEAD))
    return told


def _follow_conversion(session: Session, conversion: LeadConversion) -> None:
    opportunity_id = conversion.opportunity_id
    assert opportunity_id is not None
    known = session.scalars(queries.origin_of("opportunity", opportunity_id)).one_or_none()
    if conversion.undone_at is not None:
        if known is not None and known.told_by == BY_LEAD and conversion in session.dirty:
            known.archived_at, known.archived_by_id = conversion.undone_at, conversion.undone_by_id
        return
    lead = session.scalars(queries.origin_of("lead", conversion.lead_id)).one_or_none()
    if known is None and lead is not None and conversion in session.new:
        session.add(CampaignOrigin(campaign_id=lead.campaign_id, opportunity_id=opportunity_id, told_by=BY_LEAD))
