"""Contacts from files: known by their key elsewhere, by a mail address of their own, or as the same row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.contacts.import_headers import HEADERS, named
from implementor.crm.contacts.imported_parts import (
    FLAGS,
    LABELLED_PHONES,
    OTHER_EMAILS,
    OTHER_PHONES,
    ROLE_HERE,
    settle_parts,
)
from implementor.crm.contacts.models import Contact, ContactEmail, address_key, number_key, whole_name
from implementor.crm.contacts.person_names import may_be_one_person, parts_of_name, says_no_more
from implementor.crm.records.importing import ids_by, in_use
from implementor.crm.records.queries import change_condition
from implementor.crm.records.resembling import resembling
from implementor.duplicates.normal_forms import email_key as mailbox
from implementor.duplicates.normal_forms import is_role_mailbox
from implementor.exchange.kinds import Reason
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import Change, Draft, Extra, Found, Key, RecordImport, Writing
from implementor.exchange.records.reading import print_of
from implementor.foundation.text import folded
from implementor.foundation.words import say

FULL_NAME = "full_name"
LONGEST_NAME = 100


def take_person(draft: Draft) -> Iterable[Reason]:
    """Part a name that stands in one cell; a person of whom one name is known is called by it."""
    take_primary_number(draft)
    whole = draft.text(FULL_NAME)
    if not draft.values.get("last_name"):
        first, last = parts_of_name(whole or draft.values.get("first_name") or "")
        for name, text in (("first_name", first), ("last_name", last)):
            if text:
                draft.values[name], draft.marks[name] = text, print_of(text)
        if last and not first:
            draft.values["first_name"] = None
    if any(len(draft.values.get(name) or "") > LONGEST_NAME for name in ("first_name", "last_name")):
        yield Reason(say("A name has up to %(longest)s characters.", longest=LONGEST_NAME))


def take_primary_number(draft: Draft) -> None:
    """Whose only number stands in a column of its own is called there."""
    number = next((text for name in LABELLED_PHONES for text in draft.extra.get(name, ()) if name != "fax"), None)
    if number and not draft.values.get("phone"):
        draft.values["phone"], draft.marks["phone"] = number, print_of(number)


def complete(row: dict[str, Any]) -> None:
    """Keep the whole name and the keys beside what they are made of."""
    first, last = row.get("first_name"), row["last_name"]
    row["name"] = whole_name(first, last)
    row["name_key"], row["sort_key"] = folded(row["name"]), folded(whole_name(last, first))
    email, phone = row.get("email"), row.get("phone")
    row["email_key"] = address_key(email) if email else None
    row["phone_key"] = number_key(phone) if phone else None


def own_address(draft: Draft) -> str | None:
    """The mail address that only this person has; none where a desk with several people has it."""
    email = draft.values.get("email")
    return address_key(email) if email and not is_role_mailbox(mailbox(email)) else None


def may_be_meant(draft: Draft, values: Mapping[str, Any]) -> bool:
    """Whether a person with the draft's mail address is called like it; families share one."""
    return may_be_one_person(_called(draft.values), _called(values))


def keep_fuller_names(_writing: Writing, changes: Sequence[Change]) -> None:
    """Somebody who was recognised keeps their name where a file only shortens it or turns it round."""
    for one in changes:
        said = {name: one.after[name] for name in ("first_name", "last_name") if name in one.after}
        if one.is_recognised and said and says_no_more(_called(one.draft.values), _called(one.row._mapping)):
            for name in said:
                del one.after[name]


def _called(values: Mapping[str, Any]) -> str:
    return whole_name(values.get("first_name"), values.get("last_name"))


def bearers(session: Session, addresses: Collection[str]) -> Found:
    """Contacts in use by any of their mail addresses."""
    found = select(ContactEmail.address_key, Contact.id).join(Contact, Contact.id == ContactEmail.contact_id)
    wanted = ContactEmail.address_key.in_(list(addresses))
    return ids_by(session, found.where(wanted, ContactEmail.archived_at.is_(None), *in_use(Contact)))


def roles_of(draft: Draft) -> Iterable[tuple[str, str | None]]:
    """What tells a person, for finding who looks the same."""
    values = draft.values
    yield "name", whole_name(values.get("first_name"), values.get("last_name"))
    yield "company", draft.links.get("account")
    yield "email", values.get("email")
    yield "phone", values.get("phone")
    yield "postcode", values.get("postcode")
    born = values.get("birthday")
    yield "born", born.isoformat() if born else None


CONTACT_IMPORT = RecordImport(
    entity=CONTACT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("contacts.index", sort="-created_at"),
    needs=("last_name", FULL_NAME, "first_name"),
    headers=HEADERS,
    keys=(Key(own_address, bearers, agrees=may_be_meant),),
    links=(account_link("account", named("account")),),
    extra=(
        Extra(FULL_NAME, say("Full name"), named(FULL_NAME), fills=("first_name", "last_name")),
        *(
            Extra(name, label, named(name), "phone", fills=("phone",))
            for name, (label, _key) in LABELLED_PHONES.items()
        ),
        Extra(OTHER_PHONES, say("Other telephones"), named(OTHER_PHONES), "phone", repeatable=True),
        Extra(OTHER_EMAILS, say("Other e-mail addresses"), named(OTHER_EMAILS), "email", repeatable=True),
        Extra(ROLE_HERE, say("Role at the account"), named(ROLE_HERE), fills=("account",)),
        *(Extra(name, label, named(name), "truth") for name, (label, _model, _column) in FLAGS.items()),
    ),
    spill={"email": OTHER_EMAILS, "phone": OTHER_PHONES},
    derive=take_person,
    complete=complete,
    before_changes=keep_fuller_names,
    settle=settle_parts,
    resembling=resembling("contact", roles_of),
    may_change=lambda actor: change_condition(Contact, actor),
)
