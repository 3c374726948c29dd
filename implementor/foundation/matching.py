"""What conditions mean: of one record as it stands here, and of many in the database, always alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.extension import is_key
from implementor.foundation.fields import LISTS, Entity, Field, Kind
from implementor.foundation.model import Scaled
from implementor.foundation.several import holds_word

_FILLED = (Comparison.IS_SET, Comparison.IS_EMPTY)
_WORDS = (Comparison.EQUALS, Comparison.ONE_OF, Comparison.NONE_OF, *_FILLED)
_SEVERAL = (Comparison.CONTAINS, Comparison.ONE_OF, Comparison.NONE_OF, *_FILLED)
_NUMBERS = (Comparison.EQUALS, Comparison.AT_LEAST, Comparison.AT_MOST, *_FILLED)
TESTS: Mapping[Kind, tuple[Comparison, ...]] = {
    Kind.LINE: _WORDS, Kind.CHOICE: _WORDS, Kind.REFERENCE: _WORDS, Kind.CURRENCY: _WORDS, Kind.EMAIL: _WORDS,
    Kind.PHONE: _WORDS, Kind.URL: _WORDS, Kind.TEXT: _FILLED, Kind.MARKDOWN: _FILLED, Kind.YES_NO: (Comparison.EQUALS,),
    Kind.CHOICES: _SEVERAL,
    Kind.WHOLE: _NUMBERS, Kind.DECIMAL: _NUMBERS, Kind.PERCENT: _NUMBERS, Kind.DATE: _NUMBERS, Kind.MONEY: _NUMBERS,
    Kind.MOMENT: (Comparison.AT_LEAST, Comparison.AT_MOST, *_FILLED),
}  # fmt: skip
"""What may be asked of a field of each kind; kinds that are not here, such as tags, are asked nothing."""
TEXTS = (Kind.LINE, Kind.TEXT, Kind.MARKDOWN, Kind.EMAIL, Kind.PHONE, Kind.URL, Kind.CURRENCY, Kind.CHOICE)
"""Kinds whose empty text is no value."""


def comparisons_of(field: Field) -> tuple[Comparison, ...]:
    """What conditions may ask of a field; a record found by name is only asked whether it is there."""
    return _FILLED if field.target is not None else TESTS.get(field.kind, ())


def askable(entity: Entity) -> dict[str, Field]:
    """The fields that conditions may be over, by name: what the record itself holds and can be compared."""
    return {one.name: one for one in entity.fields.values() if is_own(entity, one) and comparisons_of(one)}


def is_own(entity: Entity, field: Field) -> bool:
    """Whether every record of the kind has the value itself, so that no join is needed to ask for it."""
    if field.is_order or field.part_of:
        return False
    table = getattr(field.column, "table", None)
    return table is entity.model.__table__ if field.name in entity.declared else True


def holds(entity: Entity, conditions: Iterable[Condition], record: Any) -> bool:
    """Whether all conditions hold of a record. One over a field that is no more holds of none."""
    return all(_holds(entity.fields.get(one.field), one, record) for one in conditions)


def rows_where(entity: Entity, conditions: Iterable[Condition]) -> ColumnElement[bool]:
    """The rows of which all conditions hold, by the columns of the entity's own table."""
    return and_(true(), *(_rows(entity.fields.get(one.field), one) for one in conditions))


def lacks(field: Field, record: Any) -> bool:
    """Whether a record has no value in a field."""
    return is_empty(getattr(record, field.attribute, None))


def rows_lacking(field: Field) -> ColumnElement[bool]:
    """The rows that have no value in a field."""
    return _lacking(field)


def is_empty(value: Any) -> bool:
    """Whether a stored value is none."""
    return value is None or value == "" or value == []


def value_of(field: Field, text: str) -> Any:
    """The stored value that a condition's text stands for. Raises ValueError."""
    reader = _READERS.get(field.kind)
    return text if reader is None else reader(field, text)


def text_of(field: Field, value: Any, currency: str | None = None) -> str:
    """A stored value as conditions keep it: what `value_of` reads."""
    match field.kind:
        case Kind.YES_NO:
            return "y" if value else "n"
        case Kind.MONEY:
            return f"{value} {currency}" if currency else str(value)
        case Kind.DATE | Kind.MOMENT:
            return str(value.isoformat())
        case Kind.DECIMAL | Kind.PERCENT:
            return format(_fitted(field, Decimal(value)).normalize(), "f")
    return str(value)


def currency_of_text(text: str) -> str | None:
    """The currency of an amount in a condition; None where the field has a fixed one."""
    return text.partition(" ")[2] or None


def _fitted(field: Field, number: Decimal) -> Decimal:
    """A number as the column keeps it, so that what is compared here and there is the same."""
    kept = getattr(field.column, "type", None)
    return number.quantize(Decimal(1).scaleb(-kept.places)) if isinstance(kept, Scaled) else number


_READERS: Mapping[Kind, Callable[[Field, str], Any]] = {
    Kind.WHOLE: lambda _field, text: int(text),
    Kind.REFERENCE: lambda _field, text: int(text),
    Kind.MONEY: lambda _field, text: int(text.partition(" ")[0]),
    Kind.DECIMAL: lambda field, text: _fitted(field, Decimal(text)),
    Kind.PERCENT: lambda field, text: _fitted(field, Decimal(text)),
    Kind.DATE: lambda _field, text: date.fromisoformat(text),
    Kind.MOMENT: lambda _field, text: datetime.fromisoformat(text),
    Kind.YES_NO: lambda _field, text: text == "y",
}


def _has_currency(field: Field) -> bool:
    return field.kind is Kind.MONEY and field.currency_name is not None


def _holds(field: Field | None, asked: Condition, record: Any) -> bool:
    if field is None:
        return False
    value = getattr(record, field.attribute, None)
    if asked.test in _FILLED:
        return is_empty(value) == (asked.test is Comparison.IS_EMPTY)
    wanted = [value_of(field, text) for text in asked.values]
    if field.kind is Kind.YES_NO:
        return bool(value) in wanted
    if field.kind in LISTS:
        return _lists(asked.test, value or [], wanted)
    if value is None or asked.test is Comparison.NONE_OF:
        return asked.test is Comparison.NONE_OF and value not in wanted
    if _has_currency(field) and getattr(record, field.currency_name or "", None) != currency_of_text(asked.values[0]):
        return False
    return _compares(asked.test, value, wanted)


def _compares(test: Comparison, value: Any, wanted: list[Any]) -> bool:
    """Whether a value stands as asked to those that are wanted."""
    match test:
        case Comparison.AT_LEAST:
            return bool(value >= wanted[0])
        case Comparison.AT_MOST:
            return bool(value <= wanted[0])
    return value in wanted


def _lists(test: Comparison, value: Iterable[Any], wanted: Iterable[Any]) -> bool:
    """Whether a list holds all, any or none of what is wanted."""
    held = set(value)
    if test is Comparison.CONTAINS:
        return held.issuperset(wanted)
    return held.isdisjoint(wanted) == (test is Comparison.NONE_OF)


def _filled(field: Field) -> ColumnElement[bool]:
    column: Any = field.column
    if field.kind is Kind.TAGS:
        return and_(column.is_not(None), column != [])
    return and_(column.is_not(None), column != "") if field.kind in TEXTS else column.is_not(None)


def _lacking(field: Field) -> ColumnElement[bool]:
    """What is not `_filled`, said so that an index serves it."""
    column: Any = field.column
    if field.kind in TEXTS and not is_key(field.name):  # no field of one's own holds an empty text
        return or_(column.is_(None), column == "")
    return ~_filled(field) if field.kind is Kind.TAGS else column.is_(None)


def _rows(field: Field | None, asked: Condition) -> ColumnElement[bool]:
    if field is None:
        return false()
    column: Any = field.column
    if asked.test in _FILLED:
        return _filled(field) if asked.test is Comparison.IS_SET else _lacking(field)
    wanted = [value_of(field, text) for text in asked.values]
    if field.kind is Kind.YES_NO:
        return or_(*(column.is_(True) if one else or_(column.is_(None), column.is_(False)) for one in wanted))
    if field.kind in LISTS:
        return _rows_listing(column, asked.test, wanted)
    if asked.test is Comparison.NONE_OF:
        return or_(column.is_(None), column.not_in(wanted))
    if not wanted:
        return false()
    met = _met(column, asked.test, wanted)
    if _has_currency(field):
        of_currency: Any = field.currency
        return and_(of_currency == currency_of_text(asked.values[0]), met)
    return met


def _rows_listing(column: Any, test: Comparison, wanted: list[Any]) -> ColumnElement[bool]:
    held = [holds_word(column, one) for one in wanted]
    if test is Comparison.CONTAINS:
        return and_(true(), *held)
    return or_(false(), *held) if test is Comparison.ONE_OF else and_(true(), *(~one for one in held))


def _met(column: Any, test: Comparison, wanted: list[Any]) -> ColumnElement[bool]:
    match test:
        case Comparison.AT_LEAST:
            found: ColumnElement[bool] = column >= wanted[0]
        case Comparison.AT_MOST:
            found = column <= wanted[0]
        case _:
            found = column.in_(wanted)
    return found
