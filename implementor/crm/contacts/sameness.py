"""What makes two contacts the same person, and what becomes of their addresses and numbers when they are merged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.contacts import permissions
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone
from implementor.crm.contacts.primaries import settle_all, take_cautions
from implementor.crm.records.sameness import reachable
from implementor.duplicates.sameness import Sameness, Source
from implementor.foundation.permissions import Actor


def keep_cautions(session: Session, survivor: Any, loser: Any, by: Actor, at: datetime) -> None:
    """Whoever asked for no advertising or no calls in either record is asked for neither."""
    take_cautions(session, survivor, loser)


def name_primaries(session: Session, contact: Any, by: Actor, at: datetime) -> None:
    """A contact names as primary what it has now."""
    settle_all(session, contact)


SAME_CONTACT = Sameness(
    kind="contact",
    entity=CONTACT,
    sources=(
        Source(
            Contact.id,
            {
                "name": (Contact.first_name, Contact.last_name),
                "born": (Contact.birthday,),
                "street": (Contact.street,),
                "postcode": (Contact.postcode,),
                "city": (Contact.city,),
            },
        ),
        Source(ContactEmail.contact_id, {"email": (ContactEmail.address,)}, where=ContactEmail.archived_at.is_(None)),
        Source(ContactPhone.contact_id, {"phone": (ContactPhone.number,)}, where=ContactPhone.archived_at.is_(None)),
        Source(
            ContactAccount.contact_id,
            {"company": (Account.name,)},
            where=ContactAccount.archived_at.is_(None),
            join=lambda found: found.join(Account, Account.id == ContactAccount.account_id),
        ),
    ),
    may_view=permissions.VIEW,
    may_edit=permissions.EDIT,
    reachable=reachable(Contact),
    settle=keep_cautions,
    mend=name_primaries,
    derived=frozenset({"account", "email", "phone"}),
)
