"""The base of every table: names of constraints, column types, and what edited rows have in common."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    SQLColumnExpression,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import JSON, TypeDecorator, TypeEngine

Rows = Select[*tuple[Any, ...]]
"""A statement that returns rows of any width."""
Asked = tuple[Rows, dict[str, Any]]
"""A statement that was put together once and is kept, and the values it is asked with: `session.execute(*asked)`."""
Column = SQLColumnExpression[Any]
"""A mapped column or anything computed from columns."""
BigId = BigInteger().with_variant(Integer, "sqlite")
Json = JSON().with_variant(JSONB(), "postgresql")
RankKey = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordering keys compare byte by byte on both databases; SQLite does so by default."""


def written_moment(value: datetime) -> str:
    """A moment in UTC as text of fixed width: microseconds are always given, so that texts stand in its order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC; text of fixed width on SQLite so that order and comparison hold."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return written_moment(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        moment: datetime = value
        return moment.astimezone(UTC)


class IsoMoment(UtcMoment):
    """A moment as text on both databases: PostgreSQL keeps no index of a text that is cast to a moment."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else written_moment(value)


class IsoDay(TypeDecorator[date]):
    """A day as text on both databases, for the same reason."""

    impl = Date
    cache_ok = True

    @property
    def python_type(self) -> type[date]:
        return date

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(10))

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Scaled(TypeDecorator[Decimal]):
    """A decimal kept as a whole number of its smallest part, because SQLite would make it a float."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int) -> None:
        super().__init__()
        self.places = places

    def __repr__(self) -> str:
        return f"Scaled({self.places})"

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((Decimal(value) * 10**self.places).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-self.places)


class Model(DeclarativeBase):
    """Every table of the application."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        int: BigId,
        str: Text,
        datetime: UtcMoment,
        date: Date,
        dict[str, Any]: Json,
        list[Any]: Json,
    }
    __table_args__: Any = {"sqlite_autoincrement": True}


def table_args(*constraints: Any) -> tuple[Any, ...]:
    """Constraints and indexes of a table; ids are never used twice on either database."""
    return (*constraints, {"sqlite_autoincrement": True})


class Record(Model):
    """A row that people edit: id, moments, authors and the version that guards against lost edits."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr
    def created_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))

    @declared_attr
    def updated_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Archivable:
    """People's work is put away, never deleted; a row without a moment here is in use."""

    archived_at: Mapped[datetime | None]

    @declared_attr
    def archived_by_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id"))

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
