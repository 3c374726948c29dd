"""What can happen to a lead besides its way: made, changed, put back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.leads import queries
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.lifecycle import CONVERTED, NEW, Fact, Standing, follow
from implementor.crm.leads.models import Lead, LeadEvent
from implementor.crm.records import services as records
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Scope, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say

NAMES = ("first_name", "last_name", "company")
POINTING = ("account", "contact")
"""Fields that point at records of the kind of that name."""
MOMENTS = {"mql": "mql_at", "sal": "sal_at", "sql": "sql_at", CONVERTED: "converted_at"}
"""Stage -> the attribute that says when the lead came into it in its present cycle."""


class ConvertedLead(Refusal):
    """It became an account, a contact or an opportunity; what is learned now belongs there."""


class OnlyByItsWay(Refusal):
    """The stage of a lead changes by its steps alone."""


def add_lead(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Lead:
    """A new lead at the beginning of its way."""
    return begin_lead(session, values, by=by, at=at)


def begin_lead(
    session: Session, values: Mapping[str, Any], *, by: Actor, at: datetime, about: RecordRef | None = None
) -> Lead:
    """A new lead, from a person or a company, or out of what happened with a known one: `about` names the case, or
    whatever record people talk about, that it comes from, whose account and contact it takes along."""
    own: dict[str, Any] = {"stage": NEW, "stage_since": at, "began_at": at, "cycle": 1}
    if about is not None:
        own |= _from_subject(session, about, by)
        values = _named_after(session, values, own)
    _refuse_nameless(values)
    lead: Lead = records.new_record(session, LEAD, values, by=by, at=at, **own)
    with session.no_autoflush:
        _refuse_unseen(session, lead, values, by)
    session.flush()  # the fact needs the id
    keep_fact(session, lead, follow(Standing(1, None, None, None, set()), NEW, at), by=by)
    return lead


def change_lead(session: Session, lead: Lead, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a lead other values; its stage has a way of its own."""
    refuse_converted(lead)
    if values.keys() & {"stage", *MOMENTS.values()}:
        raise OnlyByItsWay(say("The stage changes by a step on the page of the lead."))
    records.change_record(session, LEAD, lead, values, by=by, at=at)
    _refuse_nameless({name: getattr(lead, name) for name in NAMES})
    with session.no_autoflush:
        _refuse_unseen(session, lead, values, by)


def restore_lead(session: Session, lead: Lead, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a lead earlier values by attribute; a step that is taken back takes its fact along."""
    if "stage" in values:
        _take_back_step(session, lead, values["stage"], at)
    elif values.keys() - {"archived_at", "archived_by_id"}:
        refuse_converted(lead)
    records.give_back(lead, {name: value for name, value in values.items() if name != "stage"})


class MergedLead(Refusal):
    """It is another lead now, which goes on in its place."""


def refuse_merged(lead: Lead) -> None:
    """Stop what somebody would do with a lead that was merged meanwhile."""
    if lead.merged_into_id is not None:
        raise MergedLead(say("%(name)s was merged into another lead. Go on with that one.", name=lead.name))


def refuse_converted(lead: Lead) -> None:
    """Stop a change of a lead that became something else, or another lead."""
    refuse_merged(lead)
    if lead.is_converted:
        reason = say(
            "%(name)s is converted. Change what it became, or take the conversion back on its page.", name=lead.name
        )
        raise ConvertedLead(reason)


def keep_fact(
    session: Session, lead: Lead, fact: Fact, *, by: Actor, reason: str | None = None, note: str | None = None
) -> LeadEvent:
    """Let a lead stand where a fact brings it, and keep the fact."""
    lead.stage, lead.stage_since = fact.to_stage, fact.at
    if fact.cycle != lead.cycle or fact.from_stage is None:
        lead.cycle, lead.began_at = fact.cycle, fact.at
        for name in MOMENTS.values():
            setattr(lead, name, None)
    if fact.to_stage in MOMENTS and fact.is_first:
        setattr(lead, MOMENTS[fact.to_stage], fact.at)
    event = LeadEvent(lead_id=lead.id, by_id=by.user_id, reason=reason, note=note, is_sourced=False, **vars(fact))
    session.add(event)
    return event


def standing_of(session: Session, lead: Lead) -> Standing:
    """Where a lead stands, with the stages that its cycle has seen."""
    seen = set(session.scalars(queries.stages_seen(lead.id, lead.cycle)))
    return Standing(lead.cycle, lead.stage, lead.stage_since, lead.mql_at, seen)


def _take_back_step(session: Session, lead: Lead, stage: str, at: datetime) -> None:
    """Take back the last fact if it led from where the lead goes back to. Raises OnlyByItsWay otherwise."""
    last = session.scalars(queries.last_event(lead.id)).one_or_none()
    is_conversion = last is not None and last.to_stage == CONVERTED and not last.is_sourced
    if last is None or is_conversion or (last.from_stage, last.to_stage) != (stage, lead.stage):
        raise OnlyByItsWay(say("The lead has gone on since. Bring it on its way by a step on its page."))
    take_back_fact(session, lead, last, at=at)


def take_back_fact(session: Session, lead: Lead, last: LeadEvent, *, at: datetime) -> None:
    """Let the newest fact of a lead count no more: it stands where it stood before."""
    last.undone_at = at
    session.flush()
    before = session.scalars(queries.last_event(lead.id)).one()
    lead.stage, lead.stage_since = before.to_stage, before.at
    if last.is_first and last.to_stage in MOMENTS:
        setattr(lead, MOMENTS[last.to_stage], None)
    if before.cycle != lead.cycle:
        _stand_in_cycle(session, lead, before.cycle)


def _stand_in_cycle(session: Session, lead: Lead, cycle: int) -> None:
    """Give a lead the moments of an earlier cycle again."""
    events = [row.LeadEvent for row in session.execute(queries.events_of(lead.id)) if row.LeadEvent.cycle == cycle]
    lead.cycle, lead.began_at = cycle, events[0].at
    for event in events:
        if event.is_first and event.to_stage in MOMENTS:
            setattr(lead, MOMENTS[event.to_stage], event.at)


def _refuse_nameless(values: Mapping[str, Any]) -> None:
    if not any(str(values.get(name) or "").strip() for name in NAMES):
        reason = say("Give the name of the person or of the company.")
        raise InvalidInput({"last_name": reason, "company": reason})


def _refuse_unseen(session: Session, lead: Lead, values: Mapping[str, Any], by: Actor) -> None:
    """Stop where a lead would newly point at a record that the actor does not see."""
    for name in POINTING:
        pointed = getattr(lead, LEAD.fields[name].attribute)
        if values.get(name) is not None and pointed is not None:
            records.found_to_see(session, entities[name], pointed, by, field=name)


def _from_subject(session: Session, about: RecordRef, by: Actor) -> dict[str, Any]:
    """The pointers of a lead that comes out of a record. Raises InvalidInput where the actor does not see it."""
    declared = crm_kinds.get(about.kind)
    if declared is None or not declared.is_subject:
        raise InvalidInput({"about": say("Choose a record of the list.")})
    found = records.found_to_see(session, declared.entity, about.id, by, field="about")
    if about.kind in POINTING:
        account = found.id if about.kind == "account" else found.account_id
        return {"account_id": account, "contact_id": found.id if about.kind == "contact" else None}
    pointers = {name: getattr(found, name, None) for name in ("account_id", "contact_id")}
    return {"about_kind": about.kind, "about_id": about.id, **pointers}


def _named_after(session: Session, values: Mapping[str, Any], pointers: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the names of the account and contact that a lead comes from, and how they are reached, where
    nobody gave others."""
    known: dict[str, Any] = {}
    if pointers.get("account_id") is not None:
        known["company"] = session.get_one(Account, pointers["account_id"]).name
    if pointers.get("contact_id") is not None:
        contact = session.get_one(Contact, pointers["contact_id"])
        known |= {name: getattr(contact, name) for name in ("first_name", "last_name", "email", "phone")}
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return {**values, **known, **given}
