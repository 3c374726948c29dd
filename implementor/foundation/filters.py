"""Filters of lists: read from an address, compiled to conditions over catalogue fields only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from implementor.foundation.amounts import currency_in
from implementor.foundation.contacting import phone_key
from implementor.foundation.conventions import Reading, present_reading
from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.lookup import MARK, found_ids, marked
from implementor.foundation.money import digits, plain_amount
from implementor.foundation.several import holds_word
from implementor.foundation.text import clean_line, folded, whole_number
from implementor.foundation.values import BadValue, as_stored
from implementor.foundation.words import Phrase, say, speech

NONE = "none"
ME = "me"
ALL = "~all"
"""Stands among several words of a list for records that hold all of them; no word has such a key."""
MOST_VALUES = 200
RANGED = (Kind.WHOLE, Kind.DECIMAL, Kind.DATE, Kind.MOMENT, Kind.PERCENT, Kind.MONEY)
WITH_COMMAS = (Kind.MONEY, Kind.PERCENT)
"""Their texts hold commas, so several of them are parted by semicolons."""
SETTLED = (Kind.LINE, Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.REFERENCE)
"""Their conditions depend on what is asked and on who looks alone: on no clock, no language, no place."""
WORDS = {ME: say("Me"), NONE: say("None"), ALL: say("All of the chosen")}


@dataclass(frozen=True)
class Filter:
    """One field with the texts asked of it: several keys mean any of them, `a..b` a range, `none` no value."""

    field: Field
    values: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether the same texts always mean the same rows to the same person."""
        return self.field.kind in SETTLED and self.field.matches is None and self.field.target is None

    @property
    def text(self) -> str:
        """The values as an address holds them."""
        return (";" if self.field.kind in WITH_COMMAS else ",").join(self.values)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, by which conditions, and what of the address could not be understood.

    One that `is_wider` shows more than was asked for: a part of the question is hidden from who asks.
    """

    chosen: tuple[Filter, ...]
    words: str
    faults: tuple[Phrase, ...]
    conditions: tuple[ColumnElement[bool], ...] = field(compare=False)
    is_wider: bool = False

    def condition(self, entity: Entity, scope: Scope) -> ColumnElement[bool]:
        """The rows that match every filter and the words."""
        found = entity.found_by(self.words, scope.actor) if self.words else None
        return and_(true(), *self.conditions, *(() if found is None else (found,)))

    @property
    def settled(self) -> tuple[tuple[Field, tuple[str, ...]], ...] | None:
        """The fields with their texts where these alone say which rows are asked for; None where more does."""
        if self.words or not all(one.is_settled for one in self.chosen):
            return None
        return tuple((one.field, one.values) for one in self.chosen)

    def values_of(self, name: str) -> tuple[str, ...]:
        return next((one.values for one in self.chosen if one.field.name == name), ())

    def text_of(self, name: str) -> str:
        """The values asked of a field, as its input shows them."""
        return next((one.text for one in self.chosen if one.field.name == name), "")


def settled_condition(chosen: Iterable[tuple[Field, Sequence[str]]], scope: Scope) -> ColumnElement[bool]:
    """The rows that `Filters.settled` asks for."""
    return and_(true(), *(_condition(Filter(one, tuple(values)), scope) for one, values in chosen))


def read_filters(fields: Iterable[Field], asked: Mapping[str, Sequence[str]], scope: Scope) -> Filters:
    """Filters of these fields from the parameters of an address; unusable ones are left out and told."""
    chosen, conditions, faults = [], [], []
    for one in fields:
        texts = _texts(one, asked)[:MOST_VALUES] if one.filterable else []
        if not texts:
            continue
        try:
            candidate = Filter(one, tuple(_in_any_language(one, text) for text in texts))
            condition = _condition(candidate, scope)
        except BadValue as bad:
            faults.append(say("Filter left out. %(reason)s", reason=bad.reason))
        else:
            chosen.append(candidate)
            conditions.append(condition)
    words = clean_line(" ".join(asked.get("q", ())))[:200]
    return Filters(tuple(chosen), words, tuple(faults), tuple(conditions))


def _texts(field: Field, asked: Mapping[str, Sequence[str]]) -> list[str]:
    """What an address asks of a field, one by one."""
    texts = [clean_line(text) for text in asked.get(field.name, ())]
    if field.target is not None:
        marks = iter(asked.get(field.name + MARK, ()))
        return [part for text in texts if text for part in _sought(text, next(marks, ""))]
    sign = ";" if field.kind in WITH_COMMAS else ","
    parts = [clean_line(part) for text in texts for part in text.split(sign)]
    return [part for part in parts if part]


def _sought(text: str, mark: str) -> list[str]:
    """The records that the text of a lookup means: the chosen one, those of these ids, or all that it finds."""
    chosen = marked(text, mark)
    if chosen is not None:
        return chosen.split(",")
    said = next((key for key, word in WORDS.items() if folded(str(word)) == folded(text)), None)
    if said is not None:
        return [said]
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts if all(map(_is_key, parts)) else [text]


def _is_key(text: str) -> bool:
    return text in (ME, NONE) or whole_number(text) is not None


def _in_any_language(field: Field, text: str) -> str:
    """An amount or percentage as every reader of the address understands it, whatever language it was typed in."""
    if field.kind not in WITH_COMMAS or text == NONE:
        return text
    low, dots, high = text.partition("..")
    reading = present_reading(_currency_of(field, text))
    edges = [_plain(field, as_stored(field, part, reading), reading) if part.strip() else "" for part in (low, high)]
    return dots.join(edges if dots else edges[:1]) + (f" {reading.currency}" if field.kind is Kind.MONEY else "")


def _currency_of(field: Field, text: str) -> str:
    """The currency that a filter of amounts names, else the one that is taken for granted."""
    usual = field.currency if isinstance(field.currency, str) else present_reading().currency
    return currency_in(text, usual) or usual


def _plain(field: Field, value: Any, reading: Reading) -> str:
    if field.kind is Kind.PERCENT:
        return format(value.scaleb(2).normalize(), "f")
    minor = getattr(value, "minor", value)
    text = format(plain_amount(minor, reading.currency), "f")
    # three decimals would be thousands to half of the readers
    return f"{text}0" if digits(reading.currency) == 3 else text


def _condition(asked: Filter, scope: Scope) -> ColumnElement[bool]:
    field = asked.field
    if field.matches is not None:
        return field.matches(list(asked.values), scope)
    values = [text for text in asked.values if text != NONE]
    ways: list[ColumnElement[bool]] = [field.column.is_(None)] if NONE in asked.values else []
    if field.kind is Kind.CHOICES:
        return _listing(field, values, ways, all_of_them=ALL in asked.values)
    if field.kind in RANGED:
        ways += [_range(field, text) for text in values]
    elif field.target is not None:
        ways += [_pointing(field, field.target, text, scope) for text in values]
    elif field.compared is not None:
        ways.append(field.compared.in_([_compared(field, text) for text in values]))
    elif values:
        ways.append(field.column.in_([_stored(field, text, scope) for text in values]))
    return or_(*ways)


def _listing(
    field: Field, texts: list[str], ways: list[ColumnElement[bool]], *, all_of_them: bool
) -> ColumnElement[bool]:
    """Rows whose list holds any of the words, or all of them; or that have none, where `ways` say so."""
    words = [word for text in texts if text != ALL for word in as_stored(field, text, Reading())]
    held = [holds_word(field.column, word) for word in words]
    together = [and_(*held)] if all_of_them and held else held
    return or_(*ways, *together) if ways or together else true()


def _pointing(field: Field, kind: str, text: str, scope: Scope) -> ColumnElement[bool]:
    """Rows that point at a record: the reader, one of this id, or any that the text finds."""
    if text == ME and field.is_person:
        return field.column == scope.actor.user_id
    number = whole_number(text)
    return field.column.in_(found_ids(kind, text, scope.actor)) if number is None else field.column == number


def _compared(field: Field, text: str) -> str:
    if field.kind is Kind.PHONE:
        return phone_key(text, present_reading().country)
    return folded(text)


def _stored(field: Field, text: str, scope: Scope) -> Any:
    if text == ME and field.kind is Kind.REFERENCE:
        return scope.actor.user_id
    return as_stored(field, text, Reading())


def _range(field: Field, text: str) -> ColumnElement[bool]:
    low, dots, high = text.partition("..")
    parts: list[ColumnElement[bool]] = []
    if field.kind is Kind.MONEY:
        currency = _currency_of(field, text)
        low, high = (edge.removesuffix(currency).strip() for edge in (low, high))
        if field.currency_name is not None and not isinstance(field.currency, str) and field.currency is not None:
            parts.append(field.currency == currency)
        return and_(*parts, *_between(field, low, dots, high, Reading(currency=currency)))
    return and_(true(), *_between(field, low, dots, high, Reading()))


def _between(field: Field, low: str, dots: str, high: str, reading: Reading) -> list[ColumnElement[bool]]:
    parts = []
    if not dots:
        high = low
    if low:
        parts.append(field.column >= _edge(field, low, reading, upper=False))
    if high:
        edge = _edge(field, high, reading, upper=True)
        parts.append(field.column < edge if field.kind is Kind.MOMENT else field.column <= edge)
    return parts


def _edge(field: Field, text: str, reading: Reading, *, upper: bool) -> Any:
    """A bound of a range; days of moments begin and end in the reader's zone."""
    if field.kind is not Kind.MOMENT:
        value = as_stored(field, text, reading)
        return getattr(value, "minor", value)
    try:
        day = date.fromisoformat(text) + timedelta(days=1 if upper else 0)
        return datetime.combine(day, time(), speech().zone).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise BadValue(say("%(field)s must be a date, such as 2026-03-31.", field=field.label)) from fault
