"""Values of catalogue fields between people and storage: reading what was typed, in the one way that all use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from implementor.foundation.amounts import (
    Money,
    read_currency,
    read_money,
    read_percent,
    shown_share,
    typed_money,
    within,
)
from implementor.foundation.contacting import read_email, read_phone, read_url
from implementor.foundation.conventions import Reading, present_reading
from implementor.foundation.errors import BadValue as BadValue
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import LISTS, Choice, Entity, Field, Kind
from implementor.foundation.numbers import read_number, typed_number
from implementor.foundation.text import clean, clean_line, folded
from implementor.foundation.words import Phrase, say, speech

LARGEST_WHOLE = 2**53
SEVERAL_LINES = (Kind.TEXT, Kind.MARKDOWN)
_YES = frozenset({"1", "y", "yes", "on", "true", "si", "s", "x", "verdadero", "v", "✓", "✔"})
_NO = frozenset({"0", "n", "no", "off", "false", "falso", "f", "✗", "✘"})


@dataclass(frozen=True)
class Wrong:
    """Why a text cannot be stored, written for the person who typed it."""

    reason: Phrase


def parse(field: Field, value: Any, reading: Reading | None = None) -> Any:
    """The stored value of a text (or of a value typed already), or `Wrong`; see `as_stored`."""
    try:
        return as_stored(field, value, reading)
    except BadValue as bad:
        return Wrong(bad.reason)


def checked(entity: Entity, values: Mapping[str, Any], reading: Reading | None = None) -> dict[str, Any]:
    """Typed values of an entity's fields as they are stored; `InvalidInput` names every field that is wrong.

    An amount that names no currency is in the one that `values` give beside it, else in that of the reading.
    """
    return stored_values(entity.fields, values, reading or present_reading(), {})


def stored_values(
    fields: Mapping[str, Field], values: Mapping[str, Any], reading: Reading, currencies: Mapping[str, str]
) -> dict[str, Any]:
    """As `checked`; `currencies` are those of a record's amounts, by field. A read amount brings its currency along."""
    stored: dict[str, Any] = {}
    errors: dict[str, Phrase] = {}
    for name, value in values.items():
        field = fields[name]
        try:
            found = as_stored(field, value, _reading_of(field, values, reading, currencies))
        except BadValue as bad:
            errors[name] = bad.reason
            continue
        if isinstance(found, Money):
            stored[field.currency_name or ""] = found.currency
            found = found.minor
        stored.setdefault(name, found)
    if errors:
        raise InvalidInput(errors)
    return stored


def _reading_of(field: Field, values: Mapping[str, Any], reading: Reading, currencies: Mapping[str, str]) -> Reading:
    if field.kind is not Kind.MONEY or field.currency_name is None:
        return reading
    known = currencies.get(field.name) or str(values.get(field.currency_name) or "")
    return replace(reading, currency=known) if known else reading


def as_stored(field: Field, value: Any, reading: Reading | None = None) -> Any:
    """One value, as text or already typed, in the type that is stored; empty text is no value. Raises BadValue.

    An amount whose currency is a field of its own is answered as `Money` when it was text; `checked` parts the two.
    Numbers that are no text are taken as they are: minor units of an amount, the ratio of a percentage.
    """
    if isinstance(value, str):
        value = clean(value) if field.kind in SEVERAL_LINES else clean_line(value)
    if value in ("", None, []):
        if field.required:
            raise BadValue(say("%(field)s is needed.", field=field.label))
        return [] if field.kind in LISTS else None
    reader = _READERS.get(field.kind)
    return _line(field, value) if reader is None else reader(field, value, reading or present_reading())


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


def _decimal(field: Field, value: Any, reading: Reading) -> Decimal:
    try:
        number = read_number(value, reading.language) if isinstance(value, str) else Decimal(str(value))
    except (ValueError, ArithmeticError) as fault:
        raise BadValue(say("%(field)s must be a number, such as 3 or 0.5.", field=field.label)) from fault
    if not number.is_finite() or abs(number) > LARGEST_WHOLE:
        raise BadValue(say("%(field)s must be a number, such as 3 or 0.5.", field=field.label))
    return within(field, number)


def _whole(field: Field, value: Any, reading: Reading) -> int:
    number = _decimal(field, value, reading)
    if number != number.to_integral_value():
        raise BadValue(say("%(field)s must be a whole number.", field=field.label))
    return int(number)


def _date(field: Field, value: Any, _reading: Reading) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise BadValue(say("%(field)s must be a date, such as 2026-03-31.", field=field.label)) from fault


def _moment(field: Field, value: Any, _reading: Reading) -> datetime:
    """A moment; a text without a zone is in the reader's."""
    if isinstance(value, datetime):
        return value
    text = str(value)
    try:
        moment = datetime.fromisoformat(text) if ":" in text else None
        local = moment.replace(tzinfo=moment.tzinfo or speech().zone) if moment else None
        if local is not None:
            return local.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise BadValue(say("%(field)s must be a date and a time, such as 2026-03-31 09:30.", field=field.label))


def _choice(field: Field, value: Any, _reading: Reading) -> str:
    """The key of a choice, from itself or from its label in the reader's language."""
    text = str(value)
    if field.choice(text) is not None:
        return text
    key = _labels(field).get(folded(text))
    if key is None:
        offered = ", ".join(str(choice.label) for choice in field.offered_choices)
        raise BadValue(say("%(field)s must be one of: %(offered)s.", field=field.label, offered=offered))
    return key


def _choices(field: Field, value: Any, reading: Reading) -> list[str]:
    """The keys of several choices in the order of their list, each once. Texts are parted by semicolons, and by commas
    where what stands between two is no choice as a whole."""
    texts = [value] if isinstance(value, str) else value
    chosen = {_choice(field, part, reading) for text in texts for part in parted(field, str(text))}
    return [choice.key for choice in field.known_choices if choice.key in chosen]


def parted(field: Field, text: str) -> list[str]:
    """The choices that a text names, as it names them."""
    found: list[str] = []
    for part in filter(None, map(clean_line, text.split(";"))):
        whole = field.choice(part) is not None or folded(part) in _labels(field)
        found += [part] if whole else filter(None, map(clean_line, part.split(",")))
    return found


_known_labels: dict[tuple[str, str, str], tuple[tuple[Choice, ...], dict[str, str]]] = {}


def _labels(field: Field) -> dict[str, str]:
    """Folded label -> key, kept until the choices of the field are others."""
    place = (field.kind_of_record, field.name, speech().language)
    choices = field.known_choices
    kept = _known_labels.get(place)
    if kept is None or kept[0] is not choices:
        kept = (choices, {folded(clean_line(str(choice.label))): choice.key for choice in reversed(choices)})
        _known_labels[place] = kept
    return kept[1]


def _reference(field: Field, value: Any, _reading: Reading) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError) as fault:
        raise BadValue(say("Choose %(field)s from the list.", field=field.label)) from fault
    if not 0 < number < 2**63:
        raise BadValue(say("Choose %(field)s from the list.", field=field.label))
    return number


def _tags(field: Field, value: Any, _reading: Reading) -> list[str]:
    words = value.split(",") if isinstance(value, str) else [str(word) for word in value]
    tags = list(dict.fromkeys(filter(None, (clean_line(word) for word in words))))
    if any(len(tag) > field.longest for tag in tags):
        raise BadValue(say("A tag may have %(longest)s characters.", longest=field.longest))
    return tags


def _yes_no(field: Field, value: Any, _reading: Reading) -> bool:
    word = folded(str(value))
    if word in _YES or word in _NO:
        return word in _YES
    raise BadValue(say("%(field)s must be yes or no.", field=field.label))


def currency_of(field: Field, record: Any) -> str | None:
    """The currency that a record's amount is in; None for no amount's field and for a record that has none yet."""
    if field.kind is not Kind.MONEY:
        return None
    name = field.currency_name
    return getattr(record, name, None) if name is not None else str(field.currency or "") or None


def typed_text(field: Field, value: Any, currency: str | None = None) -> str:
    """A stored value as an input shows it in the reader's language: what `as_stored` reads back as the same value."""
    if value is None or value == []:
        return ""
    match field.kind:
        case Kind.MONEY:
            return typed_money(value, currency or present_reading().currency)
        case Kind.PERCENT:
            return shown_share(value)
        case Kind.DECIMAL | Kind.WHOLE:
            return typed_number(Decimal(value), speech().language)
        case Kind.TAGS | Kind.CHOICES:
            return ("; " if field.kind is Kind.CHOICES else ", ").join(map(str, field.words(value)))
        case Kind.MOMENT:
            local = value.astimezone(speech().zone).replace(tzinfo=None)
            return str(local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes"))
        case Kind.YES_NO:
            return "y" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _checked_by(read: Callable[[str], str], unfit: Callable[[Field, str], Phrase]) -> Reader:
    """A reader of texts that have a form of their own."""

    def reader(field: Field, value: Any, _reading: Reading) -> str:
        try:
            return read(str(value))
        except ValueError as fault:
            raise BadValue(unfit(field, str(value)[:80])) from fault

    return reader


def _no_email(field: Field, text: str) -> Phrase:
    return say("%(field)s: “%(text)s” is no mail address, such as ana@example.com.", field=field.label, text=text)


def _no_phone(field: Field, text: str) -> Phrase:
    return say("%(field)s: “%(text)s” is no telephone number, such as +34 612 345 678.", field=field.label, text=text)


def _no_url(field: Field, text: str) -> Phrase:
    return say("%(field)s: “%(text)s” is no web address, such as https://example.com.", field=field.label, text=text)


Reader = Callable[[Field, Any, Reading], Any]
_READERS: dict[Kind, Reader] = {
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.REFERENCE: _reference,
    Kind.TAGS: _tags,
    Kind.YES_NO: _yes_no,
    Kind.MONEY: read_money,
    Kind.CURRENCY: read_currency,
    Kind.PERCENT: read_percent,
    Kind.EMAIL: _checked_by(read_email, _no_email),
    Kind.PHONE: _checked_by(read_phone, _no_phone),
    Kind.URL: _checked_by(read_url, _no_url),
}
