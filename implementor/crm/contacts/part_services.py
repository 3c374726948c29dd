"""What can happen to the accounts, addresses and telephones of a contact on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.crm.contacts import queries
from implementor.crm.contacts.catalogue import CONTACT
from implementor.crm.contacts.part_catalogue import AT_ACCOUNT, EMAIL, PHONE
from implementor.crm.contacts.primaries import ACCOUNTS, EMAILS, PHONES, Means
from implementor.crm.records import services as records
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.values import checked
from implementor.foundation.words import say


@dataclass(frozen=True)
class RowServices:
    """Adding, changing and restoring rows of one kind."""

    entity: Entity
    means: Means

    @property
    def field(self) -> str:
        """The field that says which account, address or number it is."""
        found = self.entity.by_attribute(self.means.value)
        assert found is not None
        return found.name

    def add(self, session: Session, scope: Scope, values: Mapping[str, Any], by: Actor, at: datetime) -> Any:
        """A row of a contact that the actor may change."""
        own = {name: value for name, value in values.items() if name != "primary"}
        with session.no_autoflush:
            row = records.new_record(session, self.entity, own, by=by, at=at)
            contact = self._check(session, row, by)
        if _is_chosen(self.entity, values) or getattr(contact, self.means.name) is None:
            setattr(contact, self.means.name, getattr(row, self.means.value))
        return row

    def change(self, session: Session, row: Any, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Give a row other values; the primary one stays it until another is chosen."""
        was_primary, is_chosen = row.is_primary, _is_chosen(self.entity, values)
        own = {name: value for name, value in values.items() if name != "primary"}
        with session.no_autoflush:
            records.found_to_change(session, CONTACT, row.contact_id, by, field="contact")
            records.change_record(session, self.entity, row, own, by=by, at=at)
            contact = self._check(session, row, by)
        if was_primary and is_chosen is False:
            raise InvalidInput({"primary": say("Choose another one as the primary instead.")})
        if is_chosen:
            setattr(contact, self.means.name, getattr(row, self.means.value))

    def restore(self, session: Session, row: Any, values: Mapping[str, Any], by: Actor, at: datetime) -> None:
        """Give a row earlier values by attribute, as far as it is the only one of its like now."""
        with session.no_autoflush:
            records.give_back(row, values)
            self._refuse_second(session, row)

    def _check(self, session: Session, row: Any, by: Actor) -> Any:
        contact = records.found_to_change(session, CONTACT, row.contact_id, by, field="contact")
        if self.means is ACCOUNTS:
            records.found_to_see(session, ACCOUNT, row.account_id, by, field=self.field)
        self._refuse_second(session, row)
        return contact

    def _refuse_second(self, session: Session, row: Any) -> None:
        others = session.scalars(queries.rows_of(self.means.model, [row.contact_id])).all()
        key = getattr(row, self.means.key)
        if row.archived_at is None and any(one is not row and getattr(one, self.means.key) == key for one in others):
            raise InvalidInput({self.field: say("The contact has this one already.")})


def _is_chosen(entity: Entity, values: Mapping[str, Any]) -> bool | None:
    """Whether a form says that the row is the primary one; None where it does not say."""
    return checked(entity, {"primary": values["primary"]})["primary"] if "primary" in values else None


AT_ACCOUNTS, ADDRESSES, NUMBERS = (
    RowServices(AT_ACCOUNT, ACCOUNTS), RowServices(EMAIL, EMAILS), RowServices(PHONE, PHONES),
)  # fmt: skip
