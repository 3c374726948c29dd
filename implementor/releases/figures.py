"""What can be counted of a kind of records, and how such a figure is read and stored as a whole number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from implementor.exchange.records.declaring import record_imports
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.model import Column
from implementor.foundation.money import BadAmount, currency_codes, parse_amount, typed_amount
from implementor.foundation.numbers import read_number, typed_number
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, say
from implementor.lists.sheets import sheets

SUMMED = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY)
LARGEST = 9 * 10**18
"""What a column of 64 bits holds, a little less."""


@dataclass(frozen=True)
class Measure:
    """The number of records of a kind (`field` is None) or the sum of one of their fields."""

    entity: Entity
    field: Field | None = None

    @property
    def name(self) -> str:
        """How it is stored: the field, or nothing."""
        return "" if self.field is None else self.field.name

    @property
    def label(self) -> Phrase:
        """What it is called beside its kind."""
        return say("Number of records") if self.field is None else say("Sum of %(field)s", field=self.field.label)

    @property
    def is_money(self) -> bool:
        return self.field is not None and self.field.kind is Kind.MONEY

    @property
    def currency(self) -> Column | str | None:
        """The one currency of its amounts, or the column that holds it."""
        return None if self.field is None else self.field.currency

    @property
    def places(self) -> int:
        """How many decimals the stored whole number has; those of an amount follow from its currency."""
        kept: Any = None if self.field is None else getattr(self.field.column, "type", None)
        return int(getattr(kept, "places", 0))


@dataclass(frozen=True)
class ControlLine:
    """One expected figure of a control file; without a system it is of the run's."""

    measure: Measure
    system: str
    currency: str
    expected: int


def countable() -> dict[str, Entity]:
    """The kinds of records that files fill and lists show, by name, in the order of their packages."""
    return {
        kind: declared.entity
        for kind, declared in record_imports.items()
        if kind in sheets and "came_from" in declared.entity.fields
    }


def measures_of(kind: str) -> list[Measure]:
    """Everything that can be counted of a kind; nothing of one that is not countable."""
    entity = countable().get(kind)
    if entity is None:
        return []
    return [Measure(entity), *(Measure(entity, one) for one in _summed(entity))]


def measure_named(kind: str, name: str) -> Measure | None:
    """One measure of a kind by the name it is stored under."""
    return next((one for one in measures_of(kind) if one.name == name), None)


def _summed(entity: Entity) -> Iterable[Field]:
    own = set(entity.model.__table__.columns.keys())
    for one in entity.fields.values():
        is_own = isinstance(one.column, InstrumentedAttribute) and one.column.key in own
        if one.kind in SUMMED and one.is_shown and is_own and one.matches is None:
            yield one


def currency_of(measure: Measure, text: str) -> str:
    """The currency of a measure's amounts: its own, or the one that was typed; nothing where there are none.

    Raises BadValue where one is needed.
    """
    if not measure.is_money:
        return ""
    if isinstance(measure.currency, str):
        return measure.currency
    code = clean_line(text).upper()
    if code not in currency_codes():
        raise BadValue(say("Name the currency by its code, such as EUR."))
    return code


def read_figure(measure: Measure, currency: str, text: str, language: str) -> int | None:
    """A figure as people write it, in stored units; no text is no figure. Raises BadValue."""
    line = clean_line(text)
    if not line:
        return None
    try:
        number = parse_amount(line, currency, language) if measure.is_money else _whole(measure, line, language)
    except BadAmount as bad:
        raise BadValue(bad.reason) from bad
    if measure.field is None and number < 0:
        raise BadValue(say("A number of records is not negative."))
    if abs(number) > LARGEST:
        raise BadValue(say("This figure is too large to be kept."))
    return number


def _whole(measure: Measure, line: str, language: str) -> int:
    try:
        scaled = read_number(line, language).scaleb(measure.places)
    except (ValueError, ArithmeticError) as fault:
        raise BadValue(say("“%(text)s” is not a number.", text=line[:60])) from fault
    if scaled != scaled.to_integral_value():
        reason = say("“%(text)s” has more decimals than are kept: %(places)s.", text=line[:60], places=measure.places)
        raise BadValue(reason)
    return int(scaled)


def plain_figure(measure: Measure, value: int) -> Decimal:
    """A stored figure that is no amount, as a number."""
    return Decimal(value).scaleb(-measure.places)


def typed_figure(measure: Measure | None, currency: str, value: int | None, language: str) -> str:
    """A stored figure as an input or a file shows it: ungrouped, with the decimal mark of the language."""
    if value is None:
        return ""
    if measure is None:
        return str(value)
    return (
        typed_amount(value, currency, language)
        if measure.is_money
        else typed_number(plain_figure(measure, value), language)
    )
