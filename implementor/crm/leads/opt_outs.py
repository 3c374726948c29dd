"""What people asked for stays with them when a lead becomes a contact: a no is carried over and never taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.crm.consents.services import NewConsent, bring_consents
from implementor.crm.consents.standing import OBJECTED
from implementor.crm.contacts.models import Contact, ContactEmail, ContactPhone
from implementor.crm.contacts.queries import rows_of
from implementor.crm.leads import queries
from implementor.crm.leads.models import Lead
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

ADVERTISING = "marketing"
"""The purpose of consents that a lead's no is about."""


def carry_opt_outs(session: Session, lead: Lead, contact: Contact, *, by: Actor, at: datetime) -> None:
    """Let a contact be asked for nothing that the lead refused, whoever may change the contact otherwise.

    Who asked for no advertising gets none at any address. An address or number that anybody refused before, also a
    contact who was put away, stays refused when it comes in again.
    """
    session.flush()
    for row in session.scalars(rows_of(ContactEmail, [contact.id])).all():
        row.is_opted_out = row.is_opted_out or lead.is_opted_out or _is_refused(session, row)
    for row in session.scalars(rows_of(ContactPhone, [contact.id])).all():
        row.do_not_call = row.do_not_call or lead.do_not_call or _is_refused(session, row)
    said = [
        NewConsent(
            contact.id, ADVERTISING, OBJECTED, at, "conversion", channel=channel,
            source=str(say("Lead: %(name)s", name=lead.name)),
        )
        for channel, refused in (("email", lead.is_opted_out), ("phone", lead.do_not_call))
        if refused
    ]  # fmt: skip
    bring_consents(session, said, by=by, at=at)


def _is_refused(session: Session, row: ContactEmail | ContactPhone) -> bool:
    if isinstance(row, ContactEmail):
        return bool(session.scalar(queries.asked_for_nothing(row.address_key)))
    return bool(session.scalar(queries.asked_not_to_be_called(row.number_key)))
