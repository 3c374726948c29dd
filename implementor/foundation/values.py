"""Values of catalogue fields between people and storage: reading what was typed, writing what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field, Kind
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say

LARGEST_WHOLE = 2**53


class BadValue(Exception):
    """A typed value cannot be used; `reason` is written for the person who typed it."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason)
        self.reason = reason


def checked(entity: Entity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Typed values of an entity's fields as they are stored; `InvalidInput` names every field that is wrong."""
    stored: dict[str, Any] = {}
    errors: dict[str, Phrase] = {}
    for name, value in values.items():
        try:
            stored[name] = as_stored(entity.fields[name], value)
        except BadValue as bad:
            errors[name] = bad.reason
    if errors:
        raise InvalidInput(errors)
    return stored


def as_stored(field: Field, value: Any) -> Any:
    """One value, as text or already typed, in the type that is stored; empty text is no value."""
    if isinstance(value, str):
        value = clean(value) if field.kind in (Kind.TEXT, Kind.MARKDOWN) else clean_line(value)
    if value in ("", None, []):
        if field.required:
            raise BadValue(say("%(field)s is needed.", field=field.label))
        return [] if field.kind is Kind.TAGS else None
    return _READERS.get(field.kind, _line)(field, value)


def _line(field: Field, value: Any) -> str:
    text = str(value)
    if len(text) > field.longest:
        raise BadValue(
            say(
                "%(field)s may have %(longest)s characters; this has %(length)s.",
                field=field.label,
                longest=field.longest,
                length=len(text),
            )
        )
    return text


def _decimal(field: Field, value: Any) -> Decimal:
    try:
        number = Decimal(str(value).replace(" ", "").replace(",", "."))
    except InvalidOperation as fault:
        raise BadValue(say("%(field)s must be a number, such as 3 or 0.5.", field=field.label)) from fault
    if not number.is_finite() or abs(number) > LARGEST_WHOLE:
        raise BadValue(say("%(field)s must be a number, such as 3 or 0.5.", field=field.label))
    return _within(field, number)


def _whole(field: Field, value: Any) -> int:
    number = _decimal(field, value)
    if number != number.to_integral_value():
        raise BadValue(say("%(field)s must be a whole number.", field=field.label))
    return int(number)


def _within(field: Field, number: Decimal) -> Decimal:
    too_low = field.minimum is not None and number < field.minimum
    too_high = field.maximum is not None and number > field.maximum
    if (too_low or too_high) and field.maximum is None:
        raise BadValue(say("%(field)s must be %(least)s or more.", field=field.label, least=field.minimum))
    if too_low or too_high:
        raise BadValue(
            say(
                "%(field)s must be between %(least)s and %(most)s.",
                field=field.label,
                least=field.minimum,
                most=field.maximum,
            )
        )
    return number


def _date(field: Field, value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise BadValue(say("%(field)s must be a date, such as 2026-03-31.", field=field.label)) from fault


def _moment(field: Field, value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    raise BadValue(say("%(field)s must be a date, such as 2026-03-31.", field=field.label))


def _choice(field: Field, value: Any) -> str:
    if field.choice(str(value)) is None:
        offered = ", ".join(str(choice.label) for choice in field.offered_choices)
        raise BadValue(say("%(field)s must be one of: %(offered)s.", field=field.label, offered=offered))
    return str(value)


def _reference(field: Field, value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError) as fault:
        raise BadValue(say("Choose %(field)s from the list.", field=field.label)) from fault
    if not 0 < number < 2**63:
        raise BadValue(say("Choose %(field)s from the list.", field=field.label))
    return number


def _tags(field: Field, value: Any) -> list[str]:
    words = value.split(",") if isinstance(value, str) else [str(word) for word in value]
    tags = list(dict.fromkeys(filter(None, (clean_line(word) for word in words))))
    if any(len(tag) > field.longest for tag in tags):
        raise BadValue(say("A tag may have %(longest)s characters.", longest=field.longest))
    return tags


def _yes_no(field: Field, value: Any) -> bool:
    return value in (True, "1", "y", "on", "true", "True")


_READERS = {
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _reference,
    Kind.TAGS: _tags,
    Kind.YES_NO: _yes_no,
}
