"""What a value of one kind of field becomes as another kind: exactly one meaning, or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from implementor.foundation.amounts import Money
from implementor.foundation.conventions import Reading
from implementor.foundation.fields import Field, Kind
from implementor.foundation.money import digits, minor_amount
from implementor.foundation.text import clean_line, folded
from implementor.foundation.values import Wrong, parse

NUMBERS = (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY)
WAYS: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.LINE: (Kind.TEXT, Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.DATE, Kind.CHOICE, Kind.YES_NO, Kind.URL),
    Kind.TEXT: (Kind.LINE,), Kind.URL: (Kind.LINE, Kind.TEXT), Kind.DATE: (Kind.LINE,),
    Kind.WHOLE: (Kind.DECIMAL, Kind.MONEY, Kind.LINE), Kind.DECIMAL: (Kind.WHOLE, Kind.MONEY, Kind.LINE),
    Kind.MONEY: (Kind.DECIMAL,), Kind.CHOICE: (Kind.CHOICES,), Kind.CHOICES: (Kind.CHOICE,),
}  # fmt: skip
"""What each kind can become. What is not here has no meaning as another kind, such as a link to a record."""


def converted(value: Any, source: Field, target: Field) -> Any:
    """A stored value of `source` as `target` stores it; None where it has no meaning there, or more than one."""
    if target.kind not in WAYS.get(source.kind, ()):
        return None
    if target.kind in (Kind.CHOICE, Kind.CHOICES):
        return _chosen(value, source, target)
    if source.kind in NUMBERS:
        return _of_number(_decimal(value, source), target)
    text = value.isoformat() if isinstance(value, date) else str(value)
    if target.kind in NUMBERS:
        found = {_read(text, target, language) for language in ("en", "es")} - {None}
        return found.pop() if len(found) == 1 else None
    if target.kind is Kind.LINE and "\n" in text.strip():
        return None
    return _read(text, target, "en")


def _decimal(value: Any, source: Field) -> Decimal:
    number = Decimal(str(value))
    return number.scaleb(-digits(_currency(source))) if source.kind is Kind.MONEY else number


def _currency(field: Field) -> str:
    return field.currency if isinstance(field.currency, str) else ""


def _of_number(number: Decimal, target: Field) -> Any:
    """A number as another kind; never rounded."""
    plain = format(number.normalize(), "f")
    if target.kind is Kind.MONEY:
        minor = minor_amount(number, _currency(target))
        return minor if Decimal(minor).scaleb(-digits(_currency(target))) == number else None
    return _read(plain, target, "en")


def _read(text: str, target: Field, language: str) -> Any:
    found = parse(target, text, Reading(language=language, currency=_currency(target)))
    if isinstance(found, Money):
        return found.minor if found.currency == _currency(target) else None
    return None if isinstance(found, Wrong) else found


def _chosen(value: Any, source: Field, target: Field) -> Any:
    """The key of the word that a text or a word of the other list names, in any language; of several only one alone."""
    keys = list(value) if isinstance(value, list) else [value]
    labels = {one.key: one.label for one in source.known_choices} if source.kind is not Kind.LINE else {}
    offered = {text: one.key for one in target.offered_choices for text in _texts(one.label)}
    found = [
        next((offered[text] for text in _texts(labels.get(key, key)) if text in offered), None) for key in keys
    ]  # fmt: skip
    if None in found or not found:
        return None
    if target.kind is Kind.CHOICES:
        return found
    return found[0] if len(found) == 1 else None


def _texts(label: Any) -> list[str]:
    texts = getattr(label, "texts", None)
    return [folded(clean_line(text)) for text in (texts.values() if texts else [str(label)])]
