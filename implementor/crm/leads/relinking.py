"""What was said and promised to a lead stands on the pages of what it became as well."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.commitments.models import Commitment
from implementor.crm.interactions.models import Appointment, Interaction
from implementor.crm.leads.models import Lead, LeadConversion

MODELS: tuple[Any, ...] = (Interaction, Appointment, Commitment)


def give_whereabouts(session: Session, lead: Lead, account_id: int | None, contact_id: int | None) -> dict[str, Any]:
    """Let what is about a lead, and with nobody yet, be with the account and contact; the ids of the rows by table."""
    found: dict[str, Any] = {}
    for model in MODELS:
        about = select(model).where(model.about_kind == Lead.__record_kind__, model.about_id == lead.id)
        rows = session.scalars(about.where(model.account_id.is_(None), model.contact_id.is_(None))).all()
        for row in rows:
            row.account_id, row.contact_id = account_id, contact_id
        if rows:
            found[model.__tablename__] = [row.id for row in rows]
    return found


def forget_whereabouts(session: Session, conversion: LeadConversion) -> None:
    """Let these rows be about the lead alone again, as far as they are still with what it became."""
    for model in MODELS:
        ids = conversion.relinked.get(model.__tablename__, [])
        for row in session.scalars(select(model).where(model.id.in_(ids))) if ids else ():
            if (row.account_id, row.contact_id) == (conversion.account_id, conversion.contact_id):
                row.account_id = row.contact_id = None
