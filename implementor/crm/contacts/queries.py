"""Finding contacts: by name, by any of their addresses and numbers, by any account they belong to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, false, null, or_, select

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import (
    Contact,
    ContactAccount,
    ContactEmail,
    ContactPhone,
    address_key,
    number_key,
)
from implementor.crm.records.queries import records_in_use, within
from implementor.foundation.fields import Scope, entities
from implementor.foundation.filters import NONE
from implementor.foundation.lookup import begins_with, found_ids
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.text import whole_number


def contact_like(words: str, actor: Actor) -> ColumnElement[bool]:
    """Contacts whose name begins with these words, first name or last name first; with an @, whose address does.

    From whom addresses are hidden, nothing is found by them.
    """
    if "@" in words and not (
        entities["contact"].shows("email", actor) and entities["contact_email"].shows("address", actor)
    ):
        return false()
    if "@" in words:
        found = select(ContactEmail.contact_id).where(begins_with(ContactEmail.address_key, words))
        return Contact.id.in_(found.where(ContactEmail.archived_at.is_(None)))
    return or_(begins_with(Contact.sort_key, words), begins_with(Contact.name_key, words))


def contacts_found(text: str, actor: Actor) -> Rows:
    """Rows (id, name, name of the account) of the contacts in use that the text finds."""
    account = select(Account.name).where(Account.id == Contact.account_id, within(Account, actor)).scalar_subquery()
    if not entities["contact"].shows("account", actor):
        account = select(cast(null(), String)).scalar_subquery()
    found = records_in_use(Contact, Scope(None, actor)).where(contact_like(text, actor))
    return found.with_only_columns(Contact.id, Contact.name, account).order_by(Contact.sort_key, Contact.id)


def of_account(account_id: int) -> ColumnElement[bool]:
    """Contacts that belong to an account, in whatever role."""
    return Contact.id.in_(_at_accounts(ContactAccount.account_id == account_id))


def at_any_account(values: list[str], scope: Scope) -> ColumnElement[bool]:
    """Contacts of these accounts, named by id or by how their name begins; `none` for contacts of no account."""
    ways: list[ColumnElement[bool]] = [Contact.account_id.is_(None)] if NONE in values else []
    for text in values:
        number = whole_number(text)
        if number is not None:
            ways.append(of_account(number))
        elif text != NONE:
            accounts = found_ids("account", text, scope.actor)
            ways.append(Contact.id.in_(_at_accounts(ContactAccount.account_id.in_(accounts))))
    return or_(*ways)


def _at_accounts(condition: ColumnElement[bool]) -> Select[int]:
    return select(ContactAccount.contact_id).where(condition, ContactAccount.archived_at.is_(None))


def with_any_email(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Contacts with one of these mail addresses; `none` for contacts without any."""
    keys = [address_key(text) for text in values if text != NONE]
    return _reached_by(ContactEmail, ContactEmail.address_key, keys, Contact.email_key, NONE in values)


def with_any_phone(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """Contacts with one of these telephone numbers; `none` for contacts without any."""
    keys = [number_key(text) for text in values if text != NONE]
    return _reached_by(ContactPhone, ContactPhone.number_key, keys, Contact.phone_key, NONE in values)


def _reached_by(model: Any, key: Any, keys: list[str], primary: Any, or_none: bool) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [primary.is_(None)] if or_none else []
    if keys:
        ways.append(Contact.id.in_(select(model.contact_id).where(key.in_(keys), model.archived_at.is_(None))))
    return or_(*ways)


def contacts_of_ids(contact_ids: Collection[int]) -> Select[Contact]:
    """Contacts by id, whoever asks."""
    return select(Contact).where(Contact.id.in_(contact_ids)).order_by(Contact.id)


def rows_of(model: Any, contact_ids: Collection[int]) -> Select[Any]:
    """The accounts, addresses or telephones in use of contacts, oldest first."""
    found = select(model).where(model.contact_id.in_(contact_ids), model.archived_at.is_(None))
    return found.order_by(model.contact_id, model.id)
