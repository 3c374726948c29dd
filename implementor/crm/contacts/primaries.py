"""Keeping the primary account, address and telephone of a contact one of those it has, whatever happens to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from implementor.crm.contacts import queries
from implementor.crm.contacts.models import Contact, ContactAccount, ContactEmail, ContactPhone


@dataclass(frozen=True)
class Means:
    """One of the three things a contact has several of, and how the contact names the primary one.

    `value` is what a row holds and `key` how rows are compared; `name` and `name_key` are the same of the contact.
    `field` is the catalogue's name on the contact, `flaws` are what makes a row the last choice for a primary.
    """

    model: Any
    value: str
    key: str
    name: str
    name_key: str
    field: str
    flaws: tuple[str, ...]
    cautious: tuple[str, ...] = ()


ACCOUNTS = Means(ContactAccount, "account_id", "account_id", "account_id", "account_id", "account", ("until",))
EMAILS = Means(
    ContactEmail,
    "address",
    "address_key",
    "email",
    "email_key",
    "email",
    ("is_invalid",),
    ("is_invalid", "is_opted_out"),
)
PHONES = Means(
    ContactPhone, "number", "number_key", "phone", "phone_key", "phone", ("is_invalid",), ("is_invalid", "do_not_call")
)
MEANS = (ACCOUNTS, EMAILS, PHONES)
_BY_MODEL: Mapping[type, Means] = {one.model: one for one in MEANS}


def keep_primaries(session: Session, _context: Any, _instances: Any) -> None:
    """Before a flush: let every contact whose rows it writes name a primary among them."""
    touched = _touched(session)
    for means, contact_ids in touched.items():
        contacts = contacts_held(session, contact_ids)
        settle(session, contacts, means)


def contacts_held(session: Session, contact_ids: Collection[int]) -> list[Contact]:
    """Contacts by id, in that order; only those that the session does not hold are read."""
    known = {one: session.identity_map.get(identity_key(Contact, one)) for one in contact_ids}
    missing = [one for one, contact in known.items() if contact is None]
    if missing:
        known |= {contact.id: contact for contact in session.scalars(queries.contacts_of_ids(missing))}
    return [contact for _id, contact in sorted(known.items()) if contact is not None]


def _touched(session: Session) -> Mapping[Means, set[int]]:
    touched: dict[Means, set[int]] = defaultdict(set)
    changed = (one for one in session.dirty if type(one) in _BY_MODEL and session.is_modified(one))
    for row in (*(one for one in session.new if type(one) in _BY_MODEL), *changed):
        earlier = inspect(row).attrs["contact_id"].history.deleted or ()
        touched[_BY_MODEL[type(row)]].update((row.contact_id, *earlier))
    return touched


def settle(session: Session, contacts: Collection[Contact], means: Means) -> None:
    """Let contacts name the first of their rows as primary where what they name is none of them."""
    with session.no_autoflush:
        stored = session.scalars(queries.rows_of(means.model, [one.id for one in contacts])).all()
    pending = [one for one in session.new if type(one) is means.model]
    held: dict[int, list[Any]] = defaultdict(list)
    for row in (*stored, *pending):
        if row.archived_at is None:
            held[row.contact_id].append(row)
    for contact in contacts:
        row = _primary(contact, held[contact.id], means)
        value = None if row is None else getattr(row, means.value)
        if getattr(contact, means.name) != value:
            setattr(contact, means.name, value)


def _primary(contact: Contact, rows: Iterable[Any], means: Means) -> Any:
    """The row that the contact names, the one that was it until it was corrected, or the first without a flaw."""
    named = getattr(contact, means.name_key)
    rows = sorted(rows, key=lambda row: any(getattr(row, flaw) for flaw in means.flaws))
    for row in rows:
        if named is not None and getattr(row, means.key) == named:
            return row
    for row in rows:
        if named is not None and named in (inspect(row).attrs[means.key].history.deleted or ()):
            return row
    return next(iter(rows), None)


def settle_all(session: Session, contact: Contact) -> None:
    """Let one contact name a primary of each kind among what it has."""
    for means in MEANS:
        settle(session, [contact], means)


def take_cautions(session: Session, survivor: Contact, loser: Contact) -> None:
    """After a merge: what the loser asked for an address or number holds for the survivor's same one too."""
    for means in (EMAILS, PHONES):
        with session.no_autoflush:
            rows = session.scalars(queries.rows_of(means.model, [survivor.id, loser.id])).all()
        left = {getattr(row, means.key): row for row in rows if row.contact_id == loser.id}
        for row in rows:
            other = left.get(getattr(row, means.key)) if row.contact_id == survivor.id else None
            for flag in means.cautious if other is not None else ():
                setattr(row, flag, getattr(row, flag) or getattr(other, flag))
    settle_all(session, survivor)
