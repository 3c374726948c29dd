"""Writes many rows by one prepared statement, several times faster than statements built row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Delete, Insert, Table, Update, column, func, insert, literal, select
from sqlalchemy import table as plain_table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

Processor = Callable[[Any], Any]
REPEATED = (date, Decimal)
"""Kinds of values that repeat within a column and take long to be turned into what a driver takes."""
SEQUENCES = plain_table("sqlite_sequence", column("name"), column("seq"))
"""Where SQLite keeps the highest id that each table has ever had."""


@dataclass(frozen=True)
class Prepared:
    """Rows of one table as the driver takes them; columns that no row fills are left out. It can be pickled."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[Any, ...]]


def write_many(session: Session, statement: Insert | Update | Delete, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement once for each row. All rows have the keys of the first; defaults in Python are not filled in.

    Values go through the types of their columns as always. Flush before where order matters.
    """
    if not rows:
        return
    connection = session.connection()
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names: list[str] = list(compiled.positiontup or compiled.binds)
    binds = compiled.binds
    columns = [_processed([row[name] for row in rows], binds[name].type, connection.dialect) for name in names]
    values = zip(*columns, strict=True)
    if compiled.positiontup:
        connection.exec_driver_sql(str(compiled), list(values))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in values])


def reserved_ids(session: Session, table: str, count: int) -> list[int]:
    """Ids that nobody else will get: one statement for all rows is several times faster than one for each."""
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(literal(f'"{table}"'), literal("id"))
        return list(session.scalars(select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias())))
    # the transaction holds SQLite's one write lock, and the database counts on from the highest id it is given
    last = session.scalar(select(SEQUENCES.c.seq).where(SEQUENCES.c.name == table)) or 0
    return list(range(last + 1, last + 1 + count))


def prepared(table: Table, rows: Sequence[Mapping[str, Any]], dialect: Dialect) -> Prepared:
    """Rows, each with the keys of the first, made ready for `write_prepared`, here or in another process."""
    names, columns = [], []
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        if any(value is not None for value in values):
            names.append(name)
            columns.append(_processed(values, table.c[name].type, dialect))
    return Prepared(table.name, tuple(names), list(zip(*columns, strict=True)))


def write_prepared(session: Session, table: Table, ready: Prepared) -> None:
    """Write rows that were made ready for this database: by COPY on PostgreSQL, else by one prepared statement."""
    if not ready.values:
        return
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(map(quote, ready.columns))
        statement = f"COPY {quote(table.name)} ({names}) FROM STDIN"
        with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
            for row in ready.values:
                copy.write_row(row)
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(ready.columns))
    places = [ready.columns.index(name) for name in compiled.positiontup or ()]
    in_order = places == list(range(len(places)))
    values = ready.values if in_order else [tuple(row[place] for place in places) for row in ready.values]
    connection.exec_driver_sql(str(compiled), values)


def _processed(values: list[Any], kind: Any, dialect: Dialect) -> list[Any]:
    """The values of one column as the driver takes them; what repeats is turned once."""
    process: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    first = next((value for value in values if value is not None), None)
    if first is None:
        return [process(None)] * len(values)
    if not isinstance(first, REPEATED):
        return [process(value) for value in values]
    known = {value: process(value) for value in set(values)}
    return [known[value] for value in values]
