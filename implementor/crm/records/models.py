"""The columns that every CRM record has, and the names records bear in other systems."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from implementor.foundation.model import Archivable, BigId, Model, Record, table_args

IN_USE = text("archived_at IS NULL")
ABOUT_HISTORY: dict[str, Any] = {"history": False}
"""For columns that are derived from others, whose change says nothing new."""


def list_index(table: str, *columns: str) -> Index:
    """An index for one filter or order of a list, over the records in use."""
    name = f"ix_{table}_list_{'_'.join(columns)}"
    return Index(name, *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


class CrmRecord(Archivable, Record):
    """A record that somebody owns; nobody's records are everybody's concern, so they are seen like the team's."""

    __abstract__ = True

    @declared_attr
    def owner_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))


class Mergeable:
    """A record that may turn out to be another one: what remains of it leads there."""

    @declared_attr
    def merged_into_id(cls) -> Mapped[int | None]:
        return mapped_column(BigId, ForeignKey(f"{cls.__tablename__}.id"), index=True)  # type: ignore[attr-defined]


class ExternalId(Model):
    """What another system calls a record; one name there means one record here."""

    __tablename__ = "external_id"
    __record_kind__: ClassVar[str] = "external_id"
    __table_args__ = table_args(
        UniqueConstraint("record_kind", "system", "value"),
        Index("ix_external_id_record", "record_kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_kind: Mapped[str]
    record_id: Mapped[int]
    system: Mapped[str]
    value: Mapped[str]
