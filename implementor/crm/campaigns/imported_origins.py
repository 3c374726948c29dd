"""Leads that files brought: what they name as their campaign is where they came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.models import BY_FILE, CampaignOrigin
from implementor.crm.campaigns.origins import meant
from implementor.exchange.events import RecordsWritten
from implementor.foundation.bulk import write_many
from implementor.foundation.text import folded

TABLE: Table = CampaignOrigin.__table__  # type: ignore[assignment]  # declared tables are tables


def follow_imported_leads(session: Session, event: RecordsWritten) -> None:
    """Hear that leads were written by bulk statements; a batch without campaigns costs one statement."""
    if event.kind != "lead":
        return
    named = [(row.id, folded(row.campaign)) for row in session.execute(queries.leads_that_name(event.ids))]
    found = meant(session, {text for _lead, text in named})
    known = {one.lead_id: one for one in session.scalars(queries.origins_of("lead", [lead for lead, _text in named]))}
    new = [(lead, found[text]) for lead, text in named if text in found and lead not in known]
    for lead, text in named:
        if lead in known and text in found:
            known[lead].campaign_id = found[text]
    write_many(session, insert(TABLE), [_row(event, lead, campaign) for lead, campaign in new])
    session.flush()


def _row(event: RecordsWritten, lead_id: int, campaign_id: int) -> dict[str, Any]:
    who = event.by.user_id
    return {
        "campaign_id": campaign_id, "lead_id": lead_id, "told_by": BY_FILE, "version": 1, "created_at": event.at,
        "updated_at": event.at, "created_by_id": who, "updated_by_id": who,
    }  # fmt: skip
