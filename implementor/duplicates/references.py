"""Everything that points at a record: foreign keys as the tables have them, and declared pairs of kind and id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Index, Select, Table, UniqueConstraint, and_, or_, select, true, tuple_

from implementor.duplicates.sameness import Sameness
from implementor.foundation.model import Model


@dataclass(frozen=True)
class Pointer:
    """A pair of columns that names a record of any kind, without a foreign key.

    What `moves` follows its record into another one; the rest tells what was and stays (history, imports), or is made
    anew by its own package (search, keys).
    """

    table: str
    kind_column: str
    id_column: str
    moves: bool


pointers: dict[tuple[str, str], Pointer] = {}
"""Pairs by table and id column; packages add theirs in contributions, and a test finds those they forgot."""
ABOUT = ("about_kind", "about_id")
"""Columns of these names follow their record in every table, without being declared."""


def pointer(table: str, kind_column: str, id_column: str, *, moves: bool) -> None:
    """Say what becomes of rows that name a record by kind and id when that record is merged."""
    pointers[table, id_column] = Pointer(table, kind_column, id_column, moves)


@dataclass(frozen=True)
class Reference:
    """One column whose rows follow a record; `kind_column` where it names records of several kinds."""

    table: Table
    column: Column[Any]
    kind: str
    kind_column: Column[Any] | None = None

    @property
    def name(self) -> str:
        """How a merge notes it: `contact_phone.contact_id`."""
        return f"{self.table.name}.{self.column.name}"

    def to(self, record_id: int) -> ColumnElement[bool]:
        """Rows that point at a record."""
        points: ColumnElement[bool] = self.column == record_id
        return points if self.kind_column is None else and_(self.kind_column == self.kind, points)


class ForgottenReference(LookupError):
    """A table points at mergeable records in a way that merging cannot follow; a fault of the program."""


def moving_pairs() -> Iterator[tuple[Table, str, str]]:
    """(table, kind column, id column) of every pair that follows its record."""
    for table in Model.metadata.sorted_tables:
        if all(name in table.c for name in ABOUT):
            yield table, *ABOUT
        for one in pointers.values():
            if one.moves and one.table == table.name:
                yield table, one.kind_column, one.id_column


def references_to(declared: Sameness) -> list[Reference]:
    """Every reference that follows records of a kind, read from the tables themselves."""
    own = declared.model.__table__
    keys = [
        Reference(table, column, declared.kind)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.column is own.c.id for key in column.foreign_keys)
        and f"{table.name}.{column.name}" not in declared.keeps
    ]
    pairs = [
        Reference(table, table.c[id_column], declared.kind, table.c[kind_column])
        for table, kind_column, id_column in moving_pairs()
    ]
    for reference in (*keys, *pairs):
        if [column.name for column in reference.table.primary_key] != ["id"]:
            raise ForgottenReference(f"{reference.name}: rows without an id cannot be given back")
    return [*keys, *pairs]


def rows_to_move(reference: Reference, declared: Sameness, *, loser_id: int, survivor_id: int) -> Select[int]:
    """The ids of rows that can be given to the survivor: neither record itself, nor what it has already."""
    table, ids = reference.table, reference.table.c.id
    found = select(ids).where(reference.to(loser_id))
    if table is declared.model.__table__:
        return found.where(ids.not_in([loser_id, survivor_id]))
    for sibling in _siblings(reference, declared):
        found = found.where(or_(sibling.is_(None), sibling != survivor_id))
    for columns, predicate in _unique_sets(reference):
        found = found.where(ids.not_in(_held_twice(reference, columns, predicate, loser_id, survivor_id)))
    return found.order_by(ids)


def _siblings(reference: Reference, declared: Sameness) -> Iterator[Column[Any]]:
    """Other columns of the row that point at the same kind: a record must not become related to itself."""
    own = declared.model.__table__.c.id
    for column in reference.table.columns:
        if column is not reference.column and any(key.column is own for key in column.foreign_keys):
            yield column


def _unique_sets(reference: Reference) -> Iterator[tuple[Sequence[Column[Any]], Any]]:
    """The columns beside ours that may occur once for a record, with the condition under which they may."""
    for constraint in reference.table.constraints:
        if isinstance(constraint, UniqueConstraint) and reference.column.name in constraint.columns:
            yield _beside(reference, list(constraint.columns)), None
    for index in reference.table.indexes:
        if index.unique and reference.column.name in index.columns:
            yield _beside(reference, list(index.columns)), _predicate(index)


def _beside(reference: Reference, columns: Sequence[Column[Any]]) -> list[Column[Any]]:
    return [one for one in columns if one is not reference.column and one is not reference.kind_column]


def _predicate(index: Index) -> Any:
    """The same condition is declared for both databases."""
    return index.dialect_options["sqlite"]["where"]


def _held_twice(
    reference: Reference, columns: Sequence[Column[Any]], predicate: Any, loser_id: int, survivor_id: int
) -> Select[int]:
    """Rows of the loser whose like the survivor has; they stay where they are."""
    condition = true() if predicate is None else predicate
    held = select(*columns or [reference.table.c.id]).where(reference.to(survivor_id), condition)
    mine = select(reference.table.c.id).where(reference.to(loser_id), condition)
    return mine.where(tuple_(*columns).in_(held)) if columns else mine.where(held.exists())
