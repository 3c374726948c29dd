"""Filters of lists: read from an address, compiled to conditions over catalogue fields only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.text import clean_line
from implementor.foundation.values import BadValue, as_stored
from implementor.foundation.words import Phrase, say, speech

NONE = "none"
ME = "me"
MOST_VALUES = 200
RANGED = (Kind.WHOLE, Kind.DECIMAL, Kind.DATE, Kind.MOMENT)


@dataclass(frozen=True)
class Filter:
    """One field with the texts asked of it: several keys mean any of them, `a..b` a range, `none` no value."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, and what of the address could not be understood."""

    chosen: tuple[Filter, ...]
    words: str
    faults: tuple[Phrase, ...]

    def condition(self, entity: Entity, scope: Scope) -> ColumnElement[bool]:
        """The rows that match every filter and the words."""
        parts = [_condition(one, scope) for one in self.chosen]
        if self.words and entity.search:
            parts.append(entity.search(self.words))
        return and_(true(), *parts)

    def values_of(self, name: str) -> tuple[str, ...]:
        return next((one.values for one in self.chosen if one.field.name == name), ())


def read_filters(entity: Entity, asked: Mapping[str, Sequence[str]], scope: Scope) -> Filters:
    """Filters from the parameters of an address; unusable ones are left out and told."""
    chosen, faults = [], []
    for one in entity.visible_to(scope.actor):
        parts = [clean_line(part) for text in asked.get(one.name, ()) for part in text.split(",")]
        texts = [part for part in parts if part][:MOST_VALUES]
        if not one.filterable or not texts:
            continue
        candidate = Filter(one, tuple(texts))
        try:
            _condition(candidate, scope)
        except BadValue as bad:
            faults.append(say("Filter left out. %(reason)s", reason=bad.reason))
        else:
            chosen.append(candidate)
    return Filters(tuple(chosen), clean_line(" ".join(asked.get("q", ())))[:200], tuple(faults))


def _condition(asked: Filter, scope: Scope) -> ColumnElement[bool]:
    field = asked.field
    if field.matches is not None:
        return field.matches(list(asked.values), scope)
    values = [text for text in asked.values if text != NONE]
    ways: list[ColumnElement[bool]] = [field.column.is_(None)] if NONE in asked.values else []
    if field.kind in RANGED:
        ways += [_range(field, text) for text in values]
    elif values:
        ways.append(field.column.in_([_stored(field, text, scope) for text in values]))
    return or_(*ways)


def _stored(field: Field, text: str, scope: Scope) -> Any:
    if text == ME and field.kind is Kind.REFERENCE:
        return scope.actor.user_id
    return as_stored(field, text)


def _range(field: Field, text: str) -> ColumnElement[bool]:
    low, dots, high = text.partition("..")
    parts = []
    if not dots:
        high = low
    if low:
        parts.append(field.column >= _edge(field, low, upper=False))
    if high:
        edge = _edge(field, high, upper=True)
        parts.append(field.column < edge if field.kind is Kind.MOMENT else field.column <= edge)
    return and_(true(), *parts)


def _edge(field: Field, text: str, *, upper: bool) -> Any:
    """A bound of a range; days of moments begin and end in the reader's zone."""
    if field.kind is not Kind.MOMENT:
        return as_stored(field, text)
    try:
        day = date.fromisoformat(text) + timedelta(days=1 if upper else 0)
        return datetime.combine(day, time(), speech().zone).astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise BadValue(say("%(field)s must be a date, such as 2026-03-31.", field=field.label)) from fault
