"""Amounts and shares of catalogue fields: read with the currency they name, within the bounds of their field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from implementor.foundation.conventions import Reading
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Field
from implementor.foundation.money import (
    DOLLARS,
    LARGEST,
    MARKS,
    BadAmount,
    currency_codes,
    digits,
    parse_amount,
    plain_amount,
    show_amount,
    typed_amount,
)
from implementor.foundation.numbers import read_number, typed_number
from implementor.foundation.words import Phrase, say, speech

RATIO_PLACES = Decimal("0.0001")
LARGEST_RATIO = Decimal(10) ** 9
_CODE = re.compile(r"(?<![^\W\d_])[A-Za-z]{3}(?![^\W\d_])")
_TWO_DECIMALS = re.compile(r"-?\d{1,12}[.,]\d\d")
_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₡": "CRC",
    "₱": "PHP",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "₽": "RUB",
}


@dataclass(frozen=True)
class Money:
    """An amount as it was read: minor units of a currency."""

    minor: int
    currency: str


def read_money(field: Field, value: Any, reading: Reading) -> int | Money:
    """Minor units; with the currency where that is a field of its own. Raises BadValue."""
    fixed = field.currency if isinstance(field.currency, str) else None
    if isinstance(value, Money):
        return _in_bounds(field, value)
    usual = fixed or reading.currency
    if isinstance(value, int):
        _in_bounds(field, Money(value, usual))
        return value
    text = str(value)
    currency = currency_in(text, usual) or usual
    if fixed and currency != fixed:
        raise BadValue(say("%(field)s must be in %(currency)s.", field=field.label, currency=fixed))
    try:
        found = Money(_minor(text, currency, reading.language or "en"), currency)
    except BadAmount as bad:
        raise BadValue(say("%(field)s: %(reason)s", field=field.label, reason=bad.reason)) from bad
    _in_bounds(field, found)
    return found.minor if fixed or field.currency is None else found


def _minor(text: str, currency: str, language: str) -> int:
    """`parse_amount`, past the plain writings that nearly all cells of a sheet have."""
    places = digits(currency)
    if text.isascii() and text.isdigit() and len(text) <= 12:
        return int(text) * int(10**places)
    if places == 2 and text.isascii() and _TWO_DECIMALS.fullmatch(text):
        return int(text[:-3] + text[-2:])
    return parse_amount(text, currency, language)


def currency_in(text: str, usual: str) -> str | None:
    """The currency that an amount names by its code or sign; of those that share a sign, the usual one goes first."""
    if text.isascii() and "$" not in text and not any(map(str.isalpha, text)):
        return None
    for found in _CODE.findall(text):
        if found.upper() in currency_codes():
            return str(found.upper())
    if "$" in text:
        return usual if usual in DOLLARS else "USD"
    for sign, currency in _SIGNS.items():
        if sign in text:
            return usual if usual in MARKS.get(sign, ()) else currency
    return None


def _in_bounds(field: Field, money: Money) -> Money:
    if abs(money.minor) > LARGEST:
        raise BadValue(say("%(field)s is too large an amount.", field=field.label))
    if field.minimum is not None or field.maximum is not None:
        within(field, plain_amount(money.minor, money.currency))
    return money


def read_currency(field: Field, value: Any, _reading: Reading) -> str:
    """The code of a currency. Raises BadValue."""
    code = str(value).strip().upper()
    if code not in currency_codes():
        raise BadValue(say("%(field)s must be the code of a currency, such as EUR.", field=field.label))
    return code


def read_percent(field: Field, value: Any, reading: Reading) -> Decimal:
    """The ratio of a percentage ("12,5 %" is 0.125), to four decimals. A number that is no text is the ratio itself."""
    try:
        if isinstance(value, str):
            ratio = read_number(value.replace("%", "").strip(), reading.language).scaleb(-2)
        else:
            ratio = Decimal(str(value))
        fits = ratio.is_finite() and abs(ratio) <= LARGEST_RATIO
        ratio = ratio.quantize(RATIO_PLACES) if fits else ratio
    except (ValueError, ArithmeticError) as fault:
        raise _no_percent(field) from fault
    if not fits:
        raise _no_percent(field)
    least = Decimal(0) if field.minimum is None else field.minimum
    most = Decimal(1) if field.maximum is None else field.maximum
    if not least <= ratio <= most:
        raise BadValue(
            say("%(field)s must be between %(least)s %% and %(most)s %%.",
                field=field.label, least=shown_share(least), most=shown_share(most))
        )  # fmt: skip
    return ratio


def _no_percent(field: Field) -> BadValue:
    return BadValue(say("%(field)s must be a percentage, such as 25 or 12.5 %%.", field=field.label))


def within(field: Field, number: Decimal) -> Decimal:
    """The number, if the field's bounds allow it. Raises BadValue."""
    too_low = field.minimum is not None and number < field.minimum
    too_high = field.maximum is not None and number > field.maximum
    if (too_low or too_high) and field.maximum is None:
        raise BadValue(say("%(field)s must be %(least)s or more.", field=field.label, least=field.minimum))
    if (too_low or too_high) and field.minimum is None:
        raise BadValue(say("%(field)s must be %(most)s or less.", field=field.label, most=field.maximum))
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


def shown_share(ratio: Decimal) -> str:
    """A ratio as a number of per cent without its sign, in the reader's language: 0.125 is 12.5."""
    return typed_number(ratio.scaleb(2), speech().language)


def shown_money(minor: Any, currency: str | None) -> Phrase | str:
    """A stored amount for reading; the bare minor units say nothing, so without a currency there is no amount."""
    if not isinstance(minor, int) or not currency:
        return say("an amount")
    return show_amount(minor, currency, speech().language)


def typed_money(minor: int, currency: str) -> str:
    """A stored amount as an input shows it."""
    return f"{typed_amount(minor, currency, speech().language)} {currency}"
