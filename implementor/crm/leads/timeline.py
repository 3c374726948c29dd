"""What the timelines of accounts and contacts tell of their leads."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.leads import permissions, queries
from implementor.crm.leads.lifecycle import CONVERTED, LOST, NEW, RECYCLED
from implementor.crm.leads.models import Lead
from implementor.crm.leads.words import STAGE_NAMES
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import Asked, Entry

ICONS = {CONVERTED: "ok", LOST: "octagon", RECYCLED: "undo", NEW: "plus"}
COLUMNS = {"account": Lead.account_id, "contact": Lead.contact_id}


def leads_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """The source: one entry for each step of a lead, in one statement."""
    column = COLUMNS.get(asked.record.kind)
    if column is None or not asked.scope.actor.may(permissions.VIEW):
        return []
    rows = queries.events_of_subject(
        column == asked.record.id, asked.scope.actor, before=asked.before, limit=asked.limit
    )
    return [_entry(row) for row in session.execute(rows)]


def _entry(row: Any) -> Entry:
    event = row.LeadEvent
    icon = ICONS.get(event.to_stage, "arrow-right")
    return Entry(at=event.at, key=f"lead-event-{event.id}", who=row.who, text=_text(event, row.name), icon=icon)


def _text(event: Any, name: str) -> Phrase:
    if event.to_stage == CONVERTED:
        return say("converted the lead %(name)s", name=name)
    if event.to_stage == NEW:
        return say("began the lead %(name)s", name=name)
    return say("moved the lead %(name)s to %(stage)s", name=name, stage=STAGE_NAMES[event.to_stage])
