"""Imports of what passes between us and customers: with which account and contact a row is, and who may be named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.importing import bearers
from implementor.crm.contacts.models import Contact, address_key
from implementor.crm.records import queries
from implementor.crm.records.importing import called_elsewhere, ids_by
from implementor.exchange.kinds import Outcome, Reason, Setup
from implementor.exchange.records.declaring import Draft, Found, Link, RecordImport, Writing
from implementor.exchange.records.importer import RecordImporter
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

ACCOUNT_NAMES = (
    "account|account name|account id|company|company name|associated company|organization|customer|related to|"
    "cuenta|empresa|cliente|compañía|compania|organización|nombre de la cuenta|razón social|relacionado con"
)
CONTACT_NAMES = (
    "contact|contact name|contact id|contact email|associated contact|person|name|with|attendee|email|e-mail|to|"
    "contacto|nombre del contacto|correo del contacto|persona|asociado a|correo|correo electrónico|con"
)
CLOCKS_DIFFER = timedelta(minutes=10)


def contacts_called(session: Session, actor: Actor, texts: Collection[str]) -> Found:
    """Contacts that an actor sees, by a mail address of theirs, by name, or by what another system calls them."""
    seen = queries.records_in_use(Contact, Scope(None, actor))
    addresses = {text: address_key(text) for text in texts if "@" in text}
    at_address = bearers(session, list(addresses.values())) if addresses else {}
    within = set(session.scalars(seen.with_only_columns(Contact.id).where(Contact.id.in_(_ids(at_address)))))
    by_name = ids_by(
        session,
        seen.where(Contact.name_key.in_([folded(text) for text in texts])).with_only_columns(
            Contact.name_key, Contact.id
        ),
    )
    elsewhere = called_elsewhere(session, Contact, actor, texts)
    return {
        text: [each for each in at_address.get(addresses.get(text, ""), ()) if each in within]
        or by_name.get(folded(text))
        or elsewhere.get(text, [])
        for text in texts
    }


def _ids(found: Found) -> list[int]:
    return sorted({each for ids in found.values() for each in ids})


def contact_link(headers: str = CONTACT_NAMES) -> Link:
    """A link to a contact; nobody is made of a name in somebody else's file."""
    return Link("contact", contacts_called, None, headers)


def concern_links() -> tuple[Link, Link]:
    """With whom a record is."""
    return account_link("account", ACCOUNT_NAMES), contact_link()


def fill_accounts(writing: Writing, drafts: Sequence[Draft]) -> None:
    """What is with a contact is with their account too."""
    lacking = [one for one in drafts if one.values.get("contact_id") and not one.values.get("account_id")]
    if not lacking:
        return
    ids = {one.values["contact_id"] for one in lacking}
    found = writing.session.execute(select(Contact.id, Contact.account_id).where(Contact.id.in_(ids)))
    accounts = {row.id: row.account_id for row in found}
    for one in lacking:
        one.values["account_id"] = accounts.get(one.values["contact_id"])


class ConcernImporter(RecordImporter):
    """Takes records that are with an account or a contact; `meanings` explain words of other systems, by field.

    `happened` is the attribute of a moment that has passed, where the kind has one.
    """

    meanings: Mapping[str, Mapping[str, str]] = {}
    happened: str = ""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        told = setup.options.meanings
        known = {name: {**self.meanings.get(name, {}), **told.get(name, {})} for name in {*self.meanings, *told}}
        super().__init__(declared, session, replace(setup, options=replace(setup.options, meanings=known)))

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        return [self._unless_unsound(one) for one in super().plan(session, drafts, locking=locking)]

    def _unless_unsound(self, outcome: Outcome) -> Outcome:
        planned = outcome.data
        if planned is None:
            return outcome
        values = planned.draft.values
        is_with = values.get("account_id") or values.get("contact_id") or planned.to_make
        if planned.row is None and not is_with:
            return Outcome(outcome.row, "refused", [Reason(say("Say with whom: name an account or a contact."))])
        moment: datetime | None = values.get(self.happened) if self.happened else None
        if moment is not None and moment > self.setup.at + CLOCKS_DIFFER:
            reason = say("This has not happened yet. Make an appointment for it instead.")
            return Outcome(outcome.row, "refused", [Reason(reason)])
        return outcome


def by_word(words: Mapping[str, str]) -> dict[str, str]:
    """Folded word -> key, of keys with their words separated by |."""
    return {folded(word): key for key, listed in words.items() for word in listed.split("|")}
