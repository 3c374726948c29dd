"""The catalogue fields of records that are with an account and a contact."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.foundation.fields import Field, Kind
from implementor.foundation.words import Phrase, say


def with_fields(model: Any, *, group: Phrase | None = None) -> tuple[Field, Field]:
    """With which account and which contact a record is."""
    account = aliased(Account, name=f"{model.__tablename__}_account")
    contact = aliased(Contact, name=f"{model.__tablename__}_contact")
    return (
        Field(
            "account", Kind.REFERENCE, say("Account"), model.account_id, target="account", shown=account.name,
            join=lambda found: found.outerjoin(account, account.id == model.account_id), filterable=True, group=group,
        ),
        Field(
            "contact", Kind.REFERENCE, say("Contact"), model.contact_id, target="contact", shown=contact.name,
            join=lambda found: found.outerjoin(contact, contact.id == model.contact_id), filterable=True, group=group,
        ),
    )  # fmt: skip
