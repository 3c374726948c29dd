"""Bringing a lead on its way: forward by the next step, back to marketing or out of it for a reason, and anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.crm.leads import queries
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.lifecycle import ENDS, MQL, NEW, REASON_NEEDED, SAL, follow, targets
from implementor.crm.leads.models import Lead, LeadEvent
from implementor.crm.leads.services import keep_fact, refuse_converted, standing_of
from implementor.crm.leads.words import REASONS, STAGE_NAMES
from implementor.crm.records.services import refuse_beyond_reach
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

LONGEST_NOTE = 2000


class NoSuchStep(Refusal):
    """A lead goes forward one step at a time, and back only to marketing."""


class StaleStep(Refusal):
    """Somebody else brought the lead on meanwhile."""


@dataclass(frozen=True)
class Step:
    """Where a lead is to go: the stage, the `version` that was drawn, why (a word of the stage's list), and a note."""

    stage: str
    version: int | None = None
    reason: str = ""
    note: str = ""


def take_step(session: Session, lead: Lead, step: Step, *, by: Actor, at: datetime) -> LeadEvent | None:
    """Bring a lead into a stage; None where it stands there already.

    Raises StaleStep, NoSuchStep, ConvertedLead, BeyondReach, and InvalidInput for a reason that is missing or unknown.
    """
    refuse_beyond_reach(session, LEAD, lead, by)
    lead = session.scalars(queries.locked(lead.id)).one()  # of two who take one step at once, the second sees the first
    if lead.stage == step.stage:
        return None
    refuse_converted(lead)
    if step.version is not None and step.version != lead.version:
        raise StaleStep(
            say("%(name)s was changed meanwhile, so nothing was done. The page shows it as it is now.", name=lead.name)
        )
    if step.stage not in targets(lead.stage):
        raise _no_step(lead, step.stage)
    reason, note = _reason(step), _note(step, lead)
    summary = _summary(lead, step, reason)
    if step.stage == SAL and lead.owner_id is None:
        lead.owner_id = by.user_id
    name_action(session, summary, verb="lead.step")
    return keep_fact(session, lead, follow(standing_of(session, lead), step.stage, at), by=by, reason=reason, note=note)


def accept_lead(session: Session, lead: Lead, *, by: Actor, at: datetime) -> LeadEvent | None:
    """Take over a lead that marketing qualified."""
    return take_step(session, lead, Step(SAL), by=by, at=at)


def _no_step(lead: Lead, stage: str) -> NoSuchStep:
    possible = ", ".join(str(STAGE_NAMES[each]) for each in targets(lead.stage))
    words = {"name": lead.name, "stage": STAGE_NAMES.get(stage, stage), "present": STAGE_NAMES[lead.stage]}
    return NoSuchStep(
        say(
            "%(name)s is in %(present)s and cannot go to %(stage)s from there. From here it goes to: %(possible)s.",
            possible=possible,
            **words,
        )
    )


def _reason(step: Step) -> str | None:
    """The checked word; a stage without a list of reasons keeps none."""
    if step.stage not in REASON_NEEDED:
        return None
    word = live.present().picklist(REASONS[step.stage].key).by_key.get(step.reason)
    if word is None or not word.is_active:
        raise InvalidInput({"reason": say("Say why, with one of the reasons of the list.")})
    return word.key


def _note(step: Step, lead: Lead) -> str | None:
    note = clean(step.note).strip()
    if len(note) > LONGEST_NOTE:
        raise InvalidInput({"note": say("Up to %(longest)s characters, please.", longest=LONGEST_NOTE)})
    if step.stage == NEW and lead.stage in ENDS and not clean_line(note):
        raise InvalidInput({"note": say("Say why it begins again.")})
    return note or None


def _summary(lead: Lead, step: Step, reason: str | None) -> Phrase:
    if reason is not None:
        word = live.present().picklist(REASONS[step.stage].key).by_key[reason]
        words = {"name": lead.name, "stage": STAGE_NAMES[step.stage], "reason": word.label}
        return say("Moved %(name)s to %(stage)s: %(reason)s", **words)
    if step.stage == MQL:
        return say("Handed %(name)s over to sales", name=lead.name)
    if step.stage == SAL:
        return say("Accepted %(name)s", name=lead.name)
    if step.stage == NEW:
        return say("Began anew with %(name)s", name=lead.name)
    return say("Moved %(name)s to %(stage)s", name=lead.name, stage=STAGE_NAMES[step.stage])
