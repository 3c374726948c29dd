"""A contact: a person with accounts, mail addresses and telephones; the contact itself names the primary of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Boolean, ColumnElement, ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, column_property, declared_attr, mapped_column, validates

from implementor.crm.accounts.models import Account
from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, Mergeable, list_index, merged_index
from implementor.foundation.contacting import phone_key
from implementor.foundation.conventions import conventions
from implementor.foundation.model import Archivable, BigId, RankKey, Record, table_args
from implementor.foundation.text import folded


class Contact(Mergeable, CrmRecord):
    """A person. `account_id`, `email` and `phone` name the primary one of the rows below, and so make it primary."""

    __tablename__ = "contact"
    __record_kind__: ClassVar[str] = "contact"
    __table_args__ = table_args(
        merged_index("contact"),
        list_index("contact", "sort_key"),
        list_index("contact", "name_key"),
        list_index("contact", "owner_id", "sort_key"),
        list_index("contact", "account_id", "sort_key"),
        list_index("contact", "department", "sort_key"),
        list_index("contact", "language", "sort_key"),
        list_index("contact", "preferred_channel", "sort_key"),
        list_index("contact", "country", "sort_key"),
        list_index("contact", "created_at"),
        list_index("contact", "updated_at"),
    )

    salutation: Mapped[str | None]
    first_name: Mapped[str | None]
    last_name: Mapped[str]
    name: Mapped[str] = mapped_column(info=ABOUT_HISTORY)
    name_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    sort_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    job_title: Mapped[str | None]
    department: Mapped[str | None]
    language: Mapped[str | None]
    preferred_channel: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    phone: Mapped[str | None]
    phone_key: Mapped[str | None] = mapped_column(RankKey, info=ABOUT_HISTORY)
    birthday: Mapped[date | None]
    street: Mapped[str | None]
    postcode: Mapped[str | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    country: Mapped[str | None]
    description: Mapped[str | None]

    @validates("first_name", "last_name")
    def _follow_names(self, attribute: str, value: str | None) -> str | None:
        """Keep the whole name and the keys beside its parts, whoever sets them: a service, an import or an undo."""
        parts = {"first_name": self.first_name, "last_name": self.last_name, attribute: value}
        self.name = whole_name(parts["first_name"], parts["last_name"])
        self.name_key = folded(self.name)
        self.sort_key = folded(whole_name(parts["last_name"], parts["first_name"]))
        return value

    @validates("email")
    def _follow_email(self, _attribute: str, email: str | None) -> str | None:
        self.email_key = address_key(email) if email else None
        return email

    @validates("phone")
    def _follow_phone(self, _attribute: str, phone: str | None) -> str | None:
        self.phone_key = number_key(phone) if phone else None
        return phone


def address_key(address: str) -> str:
    """The form in which mail addresses are compared."""
    return folded(address)


def number_key(number: str) -> str:
    """The form in which telephone numbers are compared."""
    return phone_key(number, conventions().country)


def whole_name(*parts: str | None) -> str:
    """A person's name of its parts in this order."""
    return " ".join(part for part in parts if part)


class ContactRow(Archivable, Record):
    """One of several accounts, mail addresses or telephones of a contact; each stands there once."""

    __abstract__ = True
    if TYPE_CHECKING:
        is_primary: Mapped[bool]

    @declared_attr
    def contact_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("contact.id"))


def _row_args(table: str, key: str) -> Any:
    once = Index(f"uq_{table}", "contact_id", key, unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE)
    return table_args(once, Index(f"ix_{table}_contact", "contact_id"), Index(f"ix_{table}_{key}", key, "contact_id"))


def _is_primary(contact_id: Any, primary: Any, key: Any) -> ColumnElement[bool]:
    """Whether the contact names this row; a column of the row that is read, never written."""
    named = select(func.coalesce(primary == key, False)).where(Contact.id == contact_id)
    return named.correlate_except(Contact).scalar_subquery()


class ContactAccount(ContactRow):
    """Where a person works and in which role; `until` is the last day of one who left."""

    __tablename__ = "contact_account"
    __record_kind__: ClassVar[str] = "contact_account"
    __table_args__ = _row_args("contact_account", "account_id")

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str | None]
    until: Mapped[date | None]
    account_name: Mapped[str] = column_property(
        select(Account.name).where(Account.id == account_id).correlate_except(Account).scalar_subquery()
    )


class ContactEmail(ContactRow):
    """A mail address; one that `is_opted_out` gets no advertising, one that `is_invalid` reaches nobody."""

    __tablename__ = "contact_email"
    __record_kind__: ClassVar[str] = "contact_email"
    __table_args__ = _row_args("contact_email", "address_key")

    address: Mapped[str]
    address_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    label: Mapped[str | None]
    is_invalid: Mapped[bool] = mapped_column(Boolean, default=False)
    is_opted_out: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("address")
    def _follow_address(self, _attribute: str, address: str) -> str:
        self.address_key = address_key(address)
        return address


class ContactPhone(ContactRow):
    """A telephone number as it was typed, and in the form in which numbers are compared."""

    __tablename__ = "contact_phone"
    __record_kind__: ClassVar[str] = "contact_phone"
    __table_args__ = _row_args("contact_phone", "number_key")

    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    label: Mapped[str | None]
    is_invalid: Mapped[bool] = mapped_column(Boolean, default=False)
    do_not_call: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("number")
    def _follow_number(self, _attribute: str, number: str) -> str:
        self.number_key = number_key(number)
        return number


ContactAccount.is_primary = column_property(
    _is_primary(ContactAccount.contact_id, Contact.account_id, ContactAccount.account_id)
)
ContactEmail.is_primary = column_property(
    _is_primary(ContactEmail.contact_id, Contact.email_key, ContactEmail.address_key)
)
ContactPhone.is_primary = column_property(
    _is_primary(ContactPhone.contact_id, Contact.phone_key, ContactPhone.number_key)
)
