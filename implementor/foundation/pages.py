"""Lists by key: a page continues after the last row seen, however long the list is."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    SmallInteger,
    String,
    UnaryExpression,
    and_,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import custom_op
from sqlalchemy.types import NullType

from implementor.foundation.errors import Refusal
from implementor.foundation.model import Column, IsoDay, Rows, Scaled, UtcMoment
from implementor.foundation.statements import at_most
from implementor.foundation.words import say

WALKED = 6_000
"""Rows that are read in their order in the hope for a page; more take longer than sorting what a few thousand hold."""
NO_INDEX = custom_op[Any]("+")
"""In front of a condition it keeps SQLite from looking for an index of it."""


class BadCursor(Refusal):
    """The address names a page that cannot be."""


@dataclass(frozen=True)
class SortKey:
    """One column of an order. `nullable` rows without a value come last in either direction."""

    column: Column
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True)
class Page:
    """Rows, and the cursors of the pages beside them (None at an end)."""

    rows: Sequence[Any]
    next: str | None
    previous: str | None


def page_of(
    session: Session,
    statement: Rows,
    *,
    order_by: Sequence[SortKey],
    limit: int,
    after: str | None = None,
    before: str | None = None,
) -> Page:
    """One page of `statement`; the last key must be unique. Cursors are opaque text from an earlier page."""
    backwards = before is not None
    cursor = before if backwards else after
    if cursor:
        keys = _turned(order_by, backwards)
        statement = statement.where(_beyond(keys, _decode(cursor, order_by), backwards))
    if is_against_indexes(session, order_by):
        rows = _in_two_parts(session, statement, order_by, limit, backwards)
    else:
        rows = session.execute(statement_of_page(statement, order_by=order_by, limit=limit, backwards=backwards)).all()
    return page_from(rows, limit, width=len(order_by), backwards=backwards, begun=bool(cursor))


def is_against_indexes(session: Session, order_by: Sequence[SortKey]) -> bool:
    """Whether no index has this order: in one of PostgreSQL that is read backwards, rows without a value come first."""
    return order_by[0].nullable and order_by[0].descending and session.get_bind().dialect.name == "postgresql"


def _in_two_parts(
    session: Session, statement: Rows, order_by: Sequence[SortKey], limit: int, backwards: bool
) -> Sequence[Any]:
    """The rows of a page whose first key descends: those with a value, then those without, each in an index's order."""
    first = order_by[0]
    plain = [SortKey(first.column, first.descending), *order_by[1:]]
    valued, empty = statement.where(first.column.is_not(None)), statement.where(first.column.is_(None))
    rows: list[Any] = []
    for part in (empty, valued) if backwards else (valued, empty):
        wanted = limit - len(rows)
        found = statement_of_page(part, order_by=plain, limit=wanted, backwards=backwards)
        rows += session.execute(found).all()
        if len(rows) > limit:
            break
    return rows


def page_walked(
    session: Session,
    statement: Rows,
    condition: ColumnElement[bool],
    *,
    order_by: Sequence[SortKey],
    limit: int,
    after: str | None = None,
    before: str | None = None,
) -> Page | None:
    """The page of the rows that meet a condition, by reading `WALKED` rows in their order; None where that is too few.

    All keys have one direction, and only the first may be without a value. For SQLite, which reads a condition's index
    from end to end and sorts all it finds, however short the page is.
    """
    backwards = before is not None
    cursor, keys = before if backwards else after, _turned(order_by, backwards)
    if keys[0].nullable and backwards:  # begins among those without a value
        return None
    if cursor:
        statement = statement.where(_beyond(keys, _decode(cursor, order_by), backwards))
    columns, ordering = [key.column for key in keys], _ordering(keys, backwards)
    walked = statement.where(columns[0].is_not(None)).with_only_columns(*columns, maintain_column_froms=True)
    edge = session.execute(walked.order_by(*ordering).offset(at_most(WALKED)).limit(at_most(1))).first()
    if edge is None:
        return None
    # compared as a whole, because many rows share a moment in which they came in together
    place, there = tuple_(*columns), tuple_(*edge)
    aside: UnaryExpression[bool] = UnaryExpression(condition.self_group(), operator=NO_INDEX)
    near = statement.where(place >= there if keys[0].descending else place <= there, aside)
    rows = session.execute(statement_of_page(near, order_by=order_by, limit=limit, backwards=backwards)).all()
    if len(rows) <= limit:
        return None
    return page_from(rows, limit, width=len(order_by), backwards=backwards, begun=bool(cursor))


def statement_of_page(statement: Rows, *, order_by: Sequence[SortKey], limit: int, backwards: bool = False) -> Rows:
    """The statement of a page: its order, one row more than it shows, and what its cursors are made from."""
    labelled: list[Any] = [key.column.label(f"cursor_{place}") for place, key in enumerate(order_by)]
    keys = _turned(order_by, backwards)
    return statement.add_columns(*labelled).order_by(*_ordering(keys, backwards)).limit(at_most(limit + 1))


def page_from(found: Sequence[Any], limit: int, *, width: int, backwards: bool = False, begun: bool = False) -> Page:
    """The page of rows that `statement_of_page` found by `width` keys; `begun` pages have one before them."""
    more = len(found) > limit
    rows = list(found[:limit])
    if backwards:
        rows.reverse()
    first, last = (_encode(rows[0][-width:]), _encode(rows[-1][-width:])) if rows else (None, None)
    has_next = backwards or more
    has_previous = more if backwards else begun
    return Page(rows, last if has_next else None, first if has_previous else None)


def _turned(order_by: Sequence[SortKey], backwards: bool) -> list[SortKey]:
    return [SortKey(key.column, key.descending != backwards, key.nullable) for key in order_by]


def bounded_count(session: Session, statement: Rows, limit: int = 1000) -> tuple[int, bool]:
    """How many rows there are, counted no further than `limit`; the flag says there are more."""
    found = session.scalar(count_within(statement, limit)) or 0
    return min(found, limit), found > limit


def count_within(statement: Rows, limit: int) -> Select[int]:
    """How many rows a statement has; any number above `limit` is one more than that."""
    inner = statement.with_only_columns(literal(1).label("one"), maintain_column_froms=True)
    return select(func.count()).select_from(inner.order_by(None).limit(at_most(limit + 1)).subquery())


def ordered(statement: Rows, order_by: Sequence[SortKey]) -> Rows:
    """The whole statement in the order of its pages, for exports."""
    return statement.order_by(*_ordering(order_by, backwards=False))


def _ordering(keys: Sequence[SortKey], backwards: bool) -> list[Column]:
    ordering: list[Column] = []
    for key in keys:
        way = key.column.desc() if key.descending else key.column.asc()
        if key.nullable:  # so an index of the column is read in its order; a flag would need one of its own
            way = way.nulls_first() if backwards else way.nulls_last()
        ordering.append(way)
    return ordering


def _beyond(keys: Sequence[SortKey], values: Sequence[Any], backwards: bool) -> ColumnElement[bool]:
    """Rows strictly after the cursor: differing first at some key, equal at all before it."""
    ways: list[ColumnElement[bool]] = []
    equal: list[ColumnElement[bool]] = []
    for key, value in zip(keys, values, strict=True):
        ways.append(and_(*equal, _past(key, value, backwards)))
        equal.append(key.column.is_(None) if value is None else key.column == value)
    return or_(*ways)


def _past(key: SortKey, value: Any, backwards: bool) -> ColumnElement[bool]:
    if value is None:
        return key.column.is_not(None) if backwards else false()
    beyond = key.column < value if key.descending else key.column > value
    return or_(beyond, key.column.is_(None)) if key.nullable and not backwards else beyond


def _encode(values: Sequence[Any]) -> str:
    text = json.dumps([_plain(value) for value in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"at": value.isoformat()}
        case date():
            return {"on": value.isoformat()}
        case Decimal():
            return {"n": str(value)}
    return value


def _decode(cursor: str, keys: Sequence[SortKey]) -> list[Any]:
    try:
        packed = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(packed, list):
            raise ValueError(cursor)
        values = [_rich(value) for value in packed]
        if not all(_fits(key.column, value) for key, value in zip(keys, values, strict=True)):
            raise ValueError(cursor)
        return values
    except (ValueError, KeyError, TypeError, ArithmeticError, binascii.Error) as fault:
        raise BadCursor(say("This page of the list does not exist. Start again from its first page.")) from fault


def _fits(column: Column, value: Any) -> bool:
    """Whether the database can compare the column with this; a cursor of another order, or a forged one, cannot."""
    shape = cast(ColumnElement[Any], column).type
    match value:
        case None:
            return True
        case bool():
            return isinstance(shape, Boolean)
        case int():
            limit = 2**15 if isinstance(shape, SmallInteger) else 2**63
            return isinstance(shape, Integer | NullType) and -limit <= value < limit
        case str():
            return isinstance(shape, String) and "\x00" not in value
        case datetime():
            return isinstance(shape, UtcMoment) and value.tzinfo is not None
        case date():
            return isinstance(shape, Date | IsoDay)
        case Decimal():
            return isinstance(shape, Scaled) and value.is_finite() and abs(value.scaleb(shape.places)) < 2**63
    return False


def _rich(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((shape, text),) = value.items()
    if not isinstance(text, str):
        raise TypeError(text)
    readers: dict[str, Callable[[str], Any]] = {"at": datetime.fromisoformat, "on": date.fromisoformat, "n": Decimal}
    return readers[shape](text)
