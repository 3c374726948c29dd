"""A query of a definition as one SELECT over allowed fields, the same on both databases; and the records behind it.

Percentiles lie between the two nearest values in proportion, as PostgreSQL's `percentile_cont` has it: of n values in
order, the place is 1 + p (n - 1) / 100. Only the two neighbours are read; what lies between them is computed exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, String, and_, case, func, literal, or_, select, type_coerce

from implementor.foundation.elapsed import SecondsBetween
from implementor.foundation.fields import Field, Kind
from implementor.foundation.measures import AMOUNTS, APART, Measurable, TimeOf
from implementor.foundation.model import Column, Rows, Scaled
from implementor.foundation.parting import BETWEEN, Split
from implementor.foundation.words import say
from implementor.metrics.conditions import AsOf, CannotMeasure, MissingField, condition_of, field_of, measurable_of
from implementor.metrics.definitions import (
    ALL,
    COUNT,
    DISTINCT,
    MEDIAN,
    PERCENTILE,
    SHARE,
    Query,
    Window,
)
from implementor.metrics.windows import days_of, within_days

PLAIN, MONEY, PERCENT, SECONDS = "plain", "money", "percent", "seconds"
HALF = 50
Parts = tuple[Column, ...]
PART_NAMES = ("part_1", "part_2")
"""What the columns of parts are called; figures are parted by two things at most."""


@dataclass(frozen=True)
class Number:
    """What is added up or put in order: whole numbers of the smallest part, or as they are; `nature` says of what.

    `places` are the decimals of `column`; amounts bring the `currency` that they are in, as a column or a code. Only
    records of which `given` holds have one; without it those whose column is not empty.
    """

    column: Column
    nature: str = PLAIN
    places: int = 0
    currency: Column | str | None = None
    given: ColumnElement[bool] | None = None

    @property
    def is_there(self) -> ColumnElement[bool]:
        return self.column.is_not(None) if self.given is None else self.given


def records_of(query: Query, as_of: AsOf, *, part: bool = False) -> Select[Any]:
    """The records that a query counts; of a share all of them, or with `part` those that it is the share of.

    Raises CannotMeasure, as every function here does.
    """
    known = measurable_of(query)
    found = narrowed(known, query, as_of)
    if part and query.aggregate == SHARE:
        return found.where(condition_of(known, query.part, as_of))
    number = number_of(known, query)
    if number is not None:
        return found.where(number.is_there)
    if query.aggregate == DISTINCT:
        return found.where(_told_apart(known, query).column.is_not(None))
    return found


def figures_of(query: Query, as_of: AsOf) -> Rows:
    """Rows (part, currency, numerator, n) of a query, read by `metrics.tallying`; of percentiles (part, currency,
    other currency, value, place, n). `part` is the value that it is grouped by, else nothing."""
    return figures_by(query, _own_split(query), as_of)


def figures_by(query: Query, splits: Sequence[Split], as_of: AsOf) -> Rows:
    """The same by the values of any splits, a column for each of them, or one for nothing."""
    known = measurable_of(query)
    found = narrowed(known, query, as_of)
    for split in splits:
        found = split.join(found)
    parts = tuple(split.column for split in splits)
    number = number_of(known, query)
    if number is not None:
        found = found.where(number.is_there)
        return _ordered(found, parts, number, query) if query.aggregate in (MEDIAN, PERCENTILE) else _added(
            found, parts, number
        )  # fmt: skip
    numerator, counted = counts_of(query, as_of, known)
    return _parted(_only(found, parts, literal(None), numerator, counted), parts)


def _own_split(query: Query) -> tuple[Split, ...]:
    return (split_of(measurable_of(query), query.group_by),) if query.group_by else ()


def extent_of(query: Query, as_of: AsOf) -> Rows:
    """The row (currency, other currency, n) of the values that a percentile is taken of, which are not parted."""
    found, number = _valued(query, as_of)
    currency, _column = _currency(number)
    return found.with_only_columns(
        func.min(currency), func.max(currency), func.count(), maintain_column_froms=True
    )  # fmt: skip


def neighbours_of(query: Query, as_of: AsOf, n: int) -> Rows:
    """The one or two values of `n` between which the percentile lies: read in order, since numbering all takes long."""
    found, number = _valued(query, as_of)
    values = found.with_only_columns(number.column.label("value"), maintain_column_froms=True).subquery()
    return select(values.c.value).order_by(values.c.value).offset(place_of(query, n)).limit(2)


def place_of(query: Query, n: int) -> int:
    """How many of `n` values are before the one next below the percentile."""
    return (n - 1) * (HALF if query.aggregate == MEDIAN else query.percentile or HALF) // 100


def counts_of(
    query: Query, as_of: AsOf, known: Measurable, within: ColumnElement[bool] | None = None
) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The numerator and n of a query that only counts or adds up, as columns over records that meet its filters.

    `within` tells those of its window from others that are read with them.
    """

    def only(value: Any, *more: ColumnElement[bool]) -> Any:
        asked = [one for one in (within, *more) if one is not None]
        return case((and_(*asked), value)) if asked else value

    counted = func.count() if within is None else func.count(only(1))
    number = number_of(known, query)
    if number is not None:
        return func.sum(only(number.column)), func.count(only(number.column))
    if query.aggregate == SHARE:
        return func.count(only(1, condition_of(known, query.part, as_of))), counted
    if query.aggregate == DISTINCT:
        column = only(_told_apart(known, query).column)
        return func.count(column.distinct()), func.count(column)
    return counted, counted


def _valued(query: Query, as_of: AsOf) -> tuple[Rows, Number]:
    known = measurable_of(query)
    number = number_of(known, query)
    assert number is not None, "only percentiles ask for this"
    return narrowed(known, query, as_of).where(number.is_there), number


def number_of(known: Measurable, query: Query) -> Number | None:
    """What the query takes the values of; None for those that only count."""
    if query.aggregate in (COUNT, SHARE, DISTINCT):
        return None
    if query.between is not None:
        start, end = (time_called(known, key) for key in query.between)
        seconds = SecondsBetween(start.column, end.column)
        # what ends before it begins is a fault of the records and counts nowhere
        return Number(case((seconds >= 0, seconds)), SECONDS, given=seconds >= 0)
    field = field_of(known, query.field)
    if field.kind not in AMOUNTS or field.matches is not None:
        raise CannotMeasure(say("%(field)s is no number.", field=field.label))
    return _number(field)


def time_called(known: Measurable, key: str) -> TimeOf:
    """A time of the kind."""
    found = known.times_known().get(key)
    if found is None:
        reason = say("%(kind)s have no time “%(time)s” now.", kind=known.entity.label_plural, time=key[:60])
        raise MissingField(reason, key)
    return found


def window_condition(known: Measurable, window: Window, as_of: AsOf) -> ColumnElement[bool] | None:
    """The records of the window; None for all."""
    if window.kind == ALL:
        return None
    return within_days(time_called(known, window.by), days_of(window, as_of.on), as_of.zone)


def split_of(known: Measurable, key: str) -> Split:
    """What parts figures under this key. Raises CannotMeasure, or MissingField where there is no such field now."""
    found = known.part_called(key)
    if found is not None:
        return found
    if key in known.entity.fields:
        raise CannotMeasure(say("Records are not grouped by %(field)s.", field=known.entity.fields[key].label))
    name = key.rpartition(BETWEEN)[2]
    reason = say("%(kind)s have no field “%(field)s” now.", kind=known.entity.label_plural, field=name[:60])
    raise MissingField(reason, name)


def narrowed(known: Measurable, query: Query, as_of: AsOf) -> Select[Any]:
    """The records of the kind that lie in the window and meet the filters."""
    found = as_of.counted(known)
    within = window_condition(known, query.window, as_of)
    if within is not None:
        found = found.where(within)
    return found.where(condition_of(known, query.filters, as_of)) if query.filters else found


def _told_apart(known: Measurable, query: Query) -> Field:
    field = field_of(known, query.field)
    if field.kind not in APART or field.matches is not None:
        raise CannotMeasure(say("Different values of %(field)s are not counted.", field=field.label))
    return field


def _number(field: Field) -> Number:
    column: Any = field.column
    scaled = isinstance(column.type, Scaled)
    raw = type_coerce(column, BigInteger) if scaled else column
    places = column.type.places if scaled else 0
    nature = {Kind.MONEY: MONEY, Kind.PERCENT: PERCENT}.get(field.kind, PLAIN)
    return Number(raw, nature, places, field.currency if field.kind is Kind.MONEY else None)


def _only(found: Rows, parts: Parts, *columns: Any) -> Rows:
    shown: Sequence[Any] = parts or (literal(None),)
    named = (one.label(name) for one, name in zip(shown, PART_NAMES, strict=False))
    return found.with_only_columns(*named, *columns, maintain_column_froms=True)


def _parted(found: Rows, parts: Parts, *by: Column | None) -> Rows:
    """By name, since what tells parts of a calendar has values of its own, which would not be the same twice."""
    columns: list[Any] = [*PART_NAMES[: len(parts)], *(one for one in by if one is not None)]
    return found.group_by(*columns) if columns else found


def _currency(number: Number) -> tuple[Any, Column | None]:
    """What tells the currency of a row, and the column to group by for it."""
    if number.currency is None or isinstance(number.currency, str):
        return literal(number.currency or "", String), None
    return number.currency, number.currency


def _added(found: Rows, parts: Parts, number: Number) -> Rows:
    currency, column = _currency(number)
    added = _only(found, parts, currency, func.sum(number.column), func.count(number.column))
    return _parted(added, parts, column)


def _ordered(found: Rows, parts: Parts, number: Number, query: Query) -> Rows:
    currency, _column = _currency(number)
    over: dict[str, Any] = {"partition_by": list(parts)} if parts else {}
    numbered = _only(
        found, parts, number.column.label("value"), func.min(currency).over(**over).label("currency"),
        func.row_number().over(order_by=number.column, **over).label("place"), func.count().over(**over).label("n"),
        func.max(currency).over(**over).label("other"),
    ).subquery()  # fmt: skip
    place = (numbered.c.n - 1) * (HALF if query.aggregate == MEDIAN else query.percentile or HALF) // 100
    shown = [numbered.c[name] for name in PART_NAMES[: len(parts) or 1]]
    return select(
        *shown, numbered.c.currency, numbered.c.other, numbered.c.value, numbered.c.place, numbered.c.n
    ).where(or_(numbered.c.place == place + 1, numbered.c.place == place + 2))  # fmt: skip


def ids_in_part(query: Query, as_of: AsOf, value: Any, *, part: bool = False) -> Rows:
    """The ids of the records of a query that have one value of what it is grouped by."""
    return ids_in_parts(query, as_of, [(one, value) for one in _own_split(query)], part=part)


def ids_in_parts(query: Query, as_of: AsOf, values: Iterable[tuple[Split, Any]], *, part: bool = False) -> Rows:
    """The ids of the records of a query that have these values of these splits."""
    found: Rows = records_of(query, as_of, part=part)
    for split, value in values:
        found = _in_part(split, found, value)
    return _ids(measurable_of(query), found)


def ids_among(known: Measurable, split: Split, ids: Rows, value: Any) -> Rows:
    """The ids of those of these records that have one value of a split."""
    model = known.entity.model
    return _ids(known, _in_part(split, select(model).where(model.id.in_(ids)), value))


def _in_part(split: Split, found: Rows, value: Any) -> Rows:
    column = split.column
    return split.join(found).where(column.is_(None) if value is None else column == value)


def _ids(known: Measurable, found: Rows) -> Rows:
    return found.with_only_columns(known.entity.model.id, maintain_column_froms=True)
