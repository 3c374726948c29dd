"""The indexes of fields of one's own: which there should be, which there are, building and dropping one.

No model and no migration describes them. They are of the very expression that `ExtColumn` puts into statements, over
records in use, in the order that pages of lists go on in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Index, MetaData, Table, inspect, text
from sqlalchemy.schema import CreateIndex, DropIndex

from implementor.configuration.models import CustomField
from implementor.configuration.services.field_indexes import wants_index
from implementor.foundation.extensible import configurable
from implementor.foundation.extension import ExtColumn, ExtJson, order_key
from implementor.foundation.fields import Kind
from implementor.foundation.growth import Analyze
from implementor.foundation.model import BigId, UtcMoment
from implementor.foundation.several import WholeList

PREFIX, WORDS = "ext_", "words"
IN_USE = text("archived_at IS NULL")
BROKEN = text(
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE NOT i.indisvalid AND c.relname LIKE 'ext~_%' ESCAPE '~'"
)
"""What a build left behind that was broken off."""


@dataclass(frozen=True)
class OwnIndex:
    """One index: its name, the table it is of, and the statement parts that make it."""

    name: str
    table: str
    index: Index


def indexes_of(row: CustomField) -> list[OwnIndex]:
    """The indexes that a field has while lists are filtered and sorted by it; lines have one more, for their order."""
    model = configurable.get(row.kind)
    if model is None:
        return []
    kind, table = Kind(row.field_kind), str(model.__tablename__)  # type: ignore[attr-defined]
    keys = (row.key, order_key(row.key)) if kind is Kind.LINE else (row.key,)
    return [OwnIndex(f"{PREFIX}{table}_{key}", table, _index(table, key, kind)) for key in keys]


def _index(table: str, key: str, kind: Kind) -> Index:
    """An index of a table that stands for the real one, so that the models know nothing of it."""
    alone = Table(table, MetaData(), Column("id", BigId), Column("ext", ExtJson), Column("archived_at", UtcMoment()))
    value = ExtColumn(alone.c.ext, key, kind)
    if kind is Kind.CHOICES:  # of the words themselves, which no order of values could find
        return Index(
            f"{PREFIX}{table}_{key}", WholeList(value).label(WORDS), sqlite_where=IN_USE, postgresql_where=IN_USE,
            postgresql_using="gin", postgresql_ops={WORDS: "jsonb_path_ops"},
        )  # fmt: skip
    return Index(f"{PREFIX}{table}_{key}", value, alone.c.id, sqlite_where=IN_USE, postgresql_where=IN_USE)


def present_names(connection: Connection, tables: Iterable[str]) -> set[str]:
    """The names of such indexes that there are and that are whole, of these tables."""
    found: set[str] = set()
    for table in tables:
        found |= {name for name in _names_of(connection, table) if name.startswith(PREFIX)}
    return found - (set(connection.scalars(BROKEN)) if connection.dialect.name == "postgresql" else set())


def _names_of(connection: Connection, table: str) -> Iterator[str]:
    if connection.dialect.name == "sqlite":  # the inspector passes over indexes of expressions
        known = text("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = :table")
        yield from connection.scalars(known, {"table": table})
    else:
        yield from (str(one["name"]) for one in inspect(connection).get_indexes(table))


def missing(connection: Connection, rows: Iterable[CustomField]) -> list[CustomField]:
    """The fields that lists are filtered by and that lack an index."""
    wanted = {row: indexes_of(row) for row in rows if wants_index(row)}
    present = present_names(connection, {one.table for many in wanted.values() for one in many})
    return [row for row, many in wanted.items() if any(one.name not in present for one in many)]


def build_index(connection: Connection, own: OwnIndex) -> None:
    """Build an index that is not there; on PostgreSQL the connection commits by itself, and nobody waits for it."""
    concurrently = connection.dialect.name == "postgresql"
    if concurrently and own.name in set(connection.scalars(BROKEN)):
        drop_index(connection, own)
    own.index.dialect_options["postgresql"]["concurrently"] = concurrently
    connection.execute(CreateIndex(own.index, if_not_exists=True))
    if concurrently:  # without figures about the values it guesses that any of them is rare
        connection.execute(Analyze(own.table))


def drop_index(connection: Connection, own: OwnIndex) -> None:
    """Drop an index where it is there."""
    own.index.dialect_options["postgresql"]["concurrently"] = connection.dialect.name == "postgresql"
    connection.execute(DropIndex(own.index, if_exists=True))
