"""The columns that every CRM record has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from implementor.foundation.extensible import Extensible
from implementor.foundation.model import Archivable, BigId, Record

IN_USE = text("archived_at IS NULL")
ABOUT_HISTORY: dict[str, Any] = {"history": False}
"""For columns that are derived from others, whose change says nothing new."""


def list_index(table: str, *columns: str) -> Index:
    """An index for one filter or order of a list, over the records in use."""
    name = f"ix_{table}_list_{'_'.join(columns)}"
    return Index(name, *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


def merged_index(table: str) -> Index:
    """An index of what was merged into others; partial, or lists would be read by the many that were not."""
    condition = text("merged_into_id IS NOT NULL")
    return Index(f"ix_{table}_merged_into_id", "merged_into_id", sqlite_where=condition, postgresql_where=condition)


class CrmRecord(Extensible, Archivable, Record):
    """A record that somebody owns; nobody's records are everybody's concern, so they are seen like the team's."""

    __abstract__ = True

    @declared_attr
    def owner_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))


class Mergeable:
    """A record that may turn out to be another one: what remains of it leads there. Needs a `merged_index`."""

    @declared_attr
    def merged_into_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey(f"{cls.__tablename__}.id"))  # type: ignore[attr-defined]


class Concerning:
    """A record with somebody, about something: an account, a contact, and one more record that has no foreign key.

    The account is written down when the record is made, so that one index finds all of an account's, also those with
    its contacts.
    """

    about_kind: Mapped[str | None]
    about_id: Mapped[int | None]

    @declared_attr
    def account_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey("account.id"))

    @declared_attr
    def contact_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey("contact.id"))


def concern_rules(table: str, when: str) -> tuple[Any, ...]:
    """What always holds of records that concern others, and how they are found in the order of the column `when`."""
    return (
        CheckConstraint("(about_kind IS NULL) = (about_id IS NULL)", name="about_whole"),
        CheckConstraint("account_id IS NOT NULL OR contact_id IS NOT NULL OR about_id IS NOT NULL", name="concerns"),
        list_index(table, "account_id", when),
        list_index(table, "contact_id", when),
        list_index(table, "about_kind", "about_id", when),
    )
