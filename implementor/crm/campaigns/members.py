"""Members of campaigns: somebody joins, once, if they may be approached; what happens with them is noted as facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.answers import HAPPENINGS, LISTED, OPTED_OUT, RESPONSES, SENT
from implementor.crm.campaigns.catalogue import CAMPAIGN
from implementor.crm.campaigns.consenting import TO_ONE, reasons_against
from implementor.crm.campaigns.member_catalogue import MEMBER
from implementor.crm.campaigns.models import CampaignEvent, CampaignMember
from implementor.crm.campaigns.words import CHANNEL, CONSENT_CHANNELS, LABELS, OUTCOME, PURPOSE
from implementor.crm.consents.services import NewConsent, bring_consents
from implementor.crm.consents.standing import OBJECTED
from implementor.crm.leads.models import Lead
from implementor.crm.records import services as records
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

PEOPLE = ("contact", "lead")
"""Fields that point at records of the kind of that name."""
LONGEST_NOTE = 2000


class MayNotBeApproached(Refusal):
    """They said no, or did not say yes."""


@dataclass(frozen=True)
class Answer:
    """What happened with a member: the kind of `answers`, when, and for responses what came of it."""

    kind: str
    on: datetime
    channel: str = ""
    outcome: str = ""
    note: str = ""
    interaction_id: int | None = None


# --- joining ----------------------------------------------------------------------------------------------------------


def add_member(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> CampaignMember:
    """Somebody joins a campaign. Raises InvalidInput for who is a member already, or may not be approached."""
    own: dict[str, Any] = {"status": LISTED, "joined_at": at, "status_at": at, "tries": 0, "tries_told": 0}
    with session.no_autoflush:
        member: CampaignMember = records.new_record(session, MEMBER, values, by=by, at=at, **own)
        campaign = records.found_to_see(session, CAMPAIGN, member.campaign_id, by, field="campaign")
        _refuse_impossible(session, member, by)
        _refuse_unwilling(session, member, at)
    name_action(session, say("Added a member to %(title)s", title=campaign.name))
    return member


def change_member(session: Session, member: CampaignMember, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a member other values; another channel asks again whether they agreed to it."""
    before = (member.channel, member.contact_id, member.lead_id)
    with session.no_autoflush:
        records.change_record(session, MEMBER, member, values, by=by, at=at)
        if "campaign" in values:
            records.found_to_see(session, CAMPAIGN, member.campaign_id, by, field="campaign")
        _refuse_impossible(session, member, by)
        if (member.channel, member.contact_id, member.lead_id) != before:
            _refuse_unwilling(session, member, at)


def restore_member(session: Session, member: CampaignMember, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a member earlier values by attribute, as long as nobody becomes a member twice."""
    with session.no_autoflush:
        records.give_back(member, values)
        if not member.is_archived:
            _refuse_twice(session, member)


def _refuse_impossible(session: Session, member: CampaignMember, by: Actor) -> None:
    member.named = (member.named or "").strip() or None
    if sum(one is not None for one in (member.contact_id, member.lead_id, member.named)) != 1:
        raise InvalidInput({"contact": say("Say who it is: a contact, a lead, or somebody else.")})
    for name in PEOPLE:
        attribute = MEMBER.fields[name].attribute
        pointed = getattr(member, attribute)
        if pointed is not None and inspect(member).attrs[attribute].history.has_changes():
            records.found_to_see(session, entities[name], pointed, by, field=name)
    _refuse_twice(session, member)


def _refuse_twice(session: Session, member: CampaignMember) -> None:
    session.execute(queries.locked(member.campaign_id))
    for name in PEOPLE:
        person = getattr(member, f"{name}_id")
        if person is None:
            continue
        others = session.scalars(queries.same_member(member.campaign_id, name, person)).all()
        if any(one != member.id for one in others):
            raise InvalidInput({name: say("They are in this campaign already.")})


def _refuse_unwilling(session: Session, member: CampaignMember, at: datetime) -> None:
    reason = against_one(session, member, member.channel, at)
    if reason is not None:
        raise InvalidInput({"contact" if member.contact_id is not None else "lead": reason})


def against_one(session: Session, member: CampaignMember, channel: str | None, at: datetime) -> Phrase | None:
    """Why a member may not be approached on a channel; None where they may."""
    for name in PEOPLE:
        person = getattr(member, f"{name}_id")
        if person is not None:
            found = reasons_against(session, name, [person], channel, on=at.date()).get(person)
            return TO_ONE[found] if found is not None else None
    return None


# --- what happens -----------------------------------------------------------------------------------------------------


def note_answer(session: Session, member: CampaignMember, told: Answer, *, by: Actor, at: datetime) -> CampaignEvent:
    """Note that something happened with a member.

    Raises BeyondReach, MayNotBeApproached for an approach that they did not agree to, and InvalidInput. Who asks for no
    more is left in peace everywhere: a contact objects to advertising, a lead is marked.
    """
    records.refuse_beyond_reach(session, MEMBER, member, by)
    channel = told.channel or member.channel
    note = clean(told.note)
    _refuse_wrong(session, member, told, note, at)
    if told.kind == SENT and (reason := against_one(session, member, channel, at)) is not None:
        raise MayNotBeApproached(reason)
    name_action(
        session, say("Noted of a member: %(what)s", what=LABELS[told.kind]), verb=f"campaign_member.{told.kind}"
    )
    made = CampaignEvent(
        member_id=member.id, kind=told.kind, at=told.on, channel=channel, note=note or None, is_sourced=False,
        outcome=told.outcome or None, interaction_id=told.interaction_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    if told.kind == OPTED_OUT:
        _leave_in_peace(session, member, channel, by, at)
    return made


def _refuse_wrong(session: Session, member: CampaignMember, told: Answer, note: str, at: datetime) -> None:
    errors = {
        "kind": say("Choose one of the list.") if told.kind not in HAPPENINGS else None,
        "channel": _unknown_word(CHANNEL.key, told.channel),
        "outcome": _unknown_word(OUTCOME.key, told.outcome),
        "on": say("That day is still to come.") if told.on > at else None,
        "note": say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)
        if len(note) > LONGEST_NOTE
        else None,
    }
    if told.outcome and told.kind not in RESPONSES:
        errors["outcome"] = say("Only a response has an outcome.")
    if (
        told.interaction_id is not None
        and session.scalar(queries.interaction_with(member, told.interaction_id)) is None
    ):
        errors["interaction"] = say("That was with somebody else.")
    if any(errors.values()):
        raise InvalidInput({name: reason for name, reason in errors.items() if reason is not None})


def _unknown_word(words: str, key: str) -> Phrase | None:
    return None if not key or key in live.present().picklist(words).by_key else say("Choose one of the list.")


def _leave_in_peace(session: Session, member: CampaignMember, channel: str | None, by: Actor, at: datetime) -> None:
    if member.lead_id is not None:
        session.get_one(Lead, member.lead_id).is_opted_out = True
    if member.contact_id is not None:
        source = str(say("Campaign: %(name)s", name=session.scalar(queries.name_of(member.campaign_id))))
        said = NewConsent(
            member.contact_id, PURPOSE, OBJECTED, at, "other", source=source[:500],
            channel=channel if channel in CONSENT_CHANNELS else None,
        )  # fmt: skip
        bring_consents(session, [said], by=by, at=at)


def take_answer_back(
    session: Session, member: CampaignMember, event: CampaignEvent, *, by: Actor, at: datetime
) -> None:
    """Put away what was noted by mistake; a no that followed from it stays, only people take that back themselves."""
    records.refuse_beyond_reach(session, MEMBER, member, by)
    label = LABELS[event.kind]
    name_action(session, say("Taken back of a member: %(what)s", what=label), verb="campaign_member.take_back")
    event.archived_at, event.archived_by_id = at, by.user_id
    session.flush()
