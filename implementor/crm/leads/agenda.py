"""Leads that wait to be accepted, on the days of those who sell."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import or_
from sqlalchemy.orm import Session

from implementor.crm.leads import queries
from implementor.crm.leads.models import Lead
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.foundation.words import say


def to_accept(session: Session, asked: Asked) -> list[AgendaEntry]:
    """What marketing qualified and nobody accepted: one's own, and what has no owner yet."""
    mine = or_(asked.of(Lead.owner_id), Lead.owner_id.is_(None))
    statement = queries.waiting(asked.actor).where(mine, Lead.stage_since < asked.ends_at)
    if asked.first is not None:
        statement = statement.where(Lead.stage_since >= asked.starts_at)
    return [_entry(row, asked) for row in session.execute(statement.limit(asked.limit))]


def _entry(row: Any, asked: Asked) -> AgendaEntry:
    day = row.stage_since.astimezone(asked.zone).date()
    return AgendaEntry(
        key=f"lead-{row.id}",
        title=row.name,
        url=url_for("leads.show", record_id=row.id),
        on=day,
        who=row.who,
        beside=row.company if row.company != row.name else None,
        icon="user",
        is_late=day < asked.today,
        done_url=url_for("leads.accept", record_id=row.id),
        done_label=say("Accept"),
    )
