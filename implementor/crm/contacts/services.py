"""What can happen to a contact: made and changed together with its primary account, address and telephone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.contacts import queries
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.contacts.models import Contact
from implementor.crm.contacts.primaries import ACCOUNTS, MEANS, Means, settle, settle_all
from implementor.crm.records import services as records
from implementor.duplicates.holding import keys_later
from implementor.foundation.fields import Scope
from implementor.foundation.needs import refuse_lacking
from implementor.foundation.permissions import Actor
from implementor.foundation.values import checked

REACHED_BY = {one.field: one for one in MEANS}


def add_contact(session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Contact:
    """A new person, with account, mail address and telephone where they are given; namesakes are allowed."""
    stored = checked(CONTACT, {"last_name": None, **values})
    _refuse_unseen_account(session, stored, by)
    own = {name: value for name, value in stored.items() if name not in REACHED_BY}
    contact: Contact = records.new_record(session, CONTACT, own, by=by, at=at, is_whole=False)
    given = {name: value for name, value in stored.items() if name in REACHED_BY and value is not None}
    # named before the rows are there, so that the contact is written once
    for name, value in given.items():
        setattr(contact, REACHED_BY[name].name, value)
    refuse_lacking(CONTACT, contact, by, is_new=True)
    if given:
        with keys_later(session):
            session.flush()
        for name, value in given.items():
            session.add(REACHED_BY[name].model(contact_id=contact.id, **{REACHED_BY[name].value: value}))
    return contact


def change_contact(session: Session, contact: Contact, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a contact other values; another account, address or telephone than it has becomes one of them, primary."""
    stored = checked(CONTACT, values)
    if stored.get("account") != contact.account_id:
        _refuse_unseen_account(session, stored, by)
    own = {name: value for name, value in stored.items() if name not in REACHED_BY}
    records.change_record(session, CONTACT, contact, own, by=by, at=at, is_whole=False)
    for name in REACHED_BY.keys() & stored.keys():
        name_primary(session, contact, REACHED_BY[name], stored[name], by=by, at=at)
    refuse_lacking(CONTACT, contact, by, is_new=False)


def restore_contact(session: Session, contact: Contact, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Give a contact earlier values by attribute; what it names as primary must be something it has now."""
    records.give_back(contact, values)
    settle_all(session, contact)


def name_primary(session: Session, contact: Contact, means: Means, value: Any, *, by: Actor, at: datetime) -> None:
    """Make an account, address or number the contact's primary one.

    One that the contact has is chosen. Otherwise an address or number takes the place of the primary one, because it
    was written there to correct it, and an account comes beside it. None puts the primary one away.
    """
    rows = {getattr(row, means.key): row for row in session.scalars(queries.rows_of(means.model, [contact.id]))}
    present = rows.get(getattr(contact, means.name_key))
    if value is None:
        if present is not None:
            present.archived_at, present.archived_by_id = at, by.user_id
        return
    wanted = means.model(**{means.value: value})
    known = rows.get(getattr(wanted, means.key))
    if known is None and present is not None and means is not ACCOUNTS:
        correct(present, means, value)
    elif known is None:
        wanted.contact_id = contact.id
        session.add(wanted)
    elif known is present:
        setattr(present, means.value, value)
    setattr(contact, means.name, value)
    settle(session, [contact], means)


def correct(row: Any, means: Means, value: Any) -> None:
    """Give a row another address or number: whether that is reached is not known yet; what was asked for stays."""
    setattr(row, means.value, value)
    row.is_invalid = False


def _refuse_unseen_account(session: Session, stored: Mapping[str, Any], by: Actor) -> None:
    if stored.get("account") is not None:
        records.found_to_see(session, ACCOUNT, stored["account"], by, field="account")
