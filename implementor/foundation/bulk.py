"""Writes many rows by one prepared statement, several times faster than statements built row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Delete, Insert, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session

Processor = Callable[[Any], Any]


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


def _processed(values: list[Any], kind: Any, dialect: Dialect) -> list[Any]:
    """The values of one column as the driver takes them; moments repeat, so each is turned once."""
    process: Processor | None = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if not any(isinstance(value, datetime) for value in values[:1]):
        return [process(value) for value in values]
    known: dict[Any, Any] = {}
    for value in values:
        if value not in known:
            known[value] = process(value)
    return [known[value] for value in values]
