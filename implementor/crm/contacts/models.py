"""A contact: a person with accounts, mail addresses and telephones, of each of which one is the primary."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Boolean, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, column_property, declared_attr, mapped_column, validates

from implementor.crm.accounts.models import Account
from implementor.crm.records.models import ABOUT_HISTORY, IN_USE, CrmRecord, Mergeable, list_index
from implementor.foundation.contacting import phone_key
from implementor.foundation.conventions import conventions
from implementor.foundation.model import Archivable, BigId, RankKey, Record, table_args
from implementor.foundation.text import folded

_IS_PRIMARY = text("is_primary AND archived_at IS NULL")


class Contact(Mergeable, CrmRecord):
    """A person. `account_id`, `email` and `phone` repeat the primary ones of the rows below (see primaries.py)."""

    __tablename__ = "contact"
    __record_kind__: ClassVar[str] = "contact"
    __table_args__ = table_args(
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
    phone: Mapped[str | None]
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


def whole_name(*parts: str | None) -> str:
    """A person's name of its parts in this order."""
    return " ".join(part for part in parts if part)


class ContactRow(Archivable, Record):
    """One of several accounts, mail addresses or telephones of a contact."""

    __abstract__ = True

    is_primary: Mapped[bool] = mapped_column(Boolean, default=False)

    @declared_attr
    def contact_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("contact.id"))


def _of_contact(table: str, *more: Index) -> Any:
    primary = Index(
        f"uq_{table}_primary", "contact_id", unique=True, sqlite_where=_IS_PRIMARY, postgresql_where=_IS_PRIMARY
    )
    return table_args(Index(f"ix_{table}_contact", "contact_id", "id"), primary, *more)


class ContactAccount(ContactRow):
    """Where a person works and in which role; `until` is the last day of one who left."""

    __tablename__ = "contact_account"
    __record_kind__: ClassVar[str] = "contact_account"
    __table_args__ = _of_contact("contact_account", Index("ix_contact_account_account", "account_id", "contact_id"))

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
    __table_args__ = _of_contact(
        "contact_email",
        Index(
            "uq_contact_email", "contact_id", "address_key", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE
        ),
        Index("ix_contact_email_address", "address_key", "contact_id"),
    )

    address: Mapped[str]
    address_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    label: Mapped[str | None]
    is_invalid: Mapped[bool] = mapped_column(Boolean, default=False)
    is_opted_out: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("address")
    def _follow_address(self, _attribute: str, address: str) -> str:
        self.address_key = folded(address)
        return address


class ContactPhone(ContactRow):
    """A telephone number as it was typed, and in the form in which numbers are compared."""

    __tablename__ = "contact_phone"
    __record_kind__: ClassVar[str] = "contact_phone"
    __table_args__ = _of_contact(
        "contact_phone",
        Index(
            "uq_contact_phone", "contact_id", "number_key", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE
        ),
        Index("ix_contact_phone_number", "number_key", "contact_id"),
    )

    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    label: Mapped[str | None]
    is_invalid: Mapped[bool] = mapped_column(Boolean, default=False)
    do_not_call: Mapped[bool] = mapped_column(Boolean, default=False)

    @validates("number")
    def _follow_number(self, _attribute: str, number: str) -> str:
        self.number_key = phone_key(number, conventions().country)
        return number
