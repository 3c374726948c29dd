"""Money: whole numbers of a currency's smallest unit, read as people write amounts and shown as they expect them."""

from __future__ import annotations

import copy
import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol, get_territory_currencies

from implementor.foundation.errors import Refusal
from implementor.foundation.text import folded
from implementor.foundation.words import say


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


LARGEST = 10**15
"""In minor units: the largest amount, either way. JavaScript, spreadsheets and 64-bit columns all keep it exactly."""
LONGEST = 60
"""Characters of an amount in any writing; longer text is something else."""
NO_DIGITS = _codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")
THREE_DIGITS = _codes("BHD IQD JOD KWD LYD OMR TND")
FOUR_DIGITS = _codes("CLF UYW")
NOT_MONEY = _codes("XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX USN CNH")
"""Metals, units of account and codes for tests, which nobody invoices in."""
OLD_PLACES = frozenset({"AN", "SU", "YU", "ZZ"})
DOLLARS = _codes(
    "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU"
)
MARKS = {"$": DOLLARS, "£": frozenset({"GBP", "EGP", "GIP", "FKP", "SHP"}), "¥": frozenset({"JPY", "CNY"})}
"""Signs that several currencies share: any of them may be written with it."""
_MINUS = "-−–"
_APOSTROPHES = "'’"
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"[.,]?\d[\d.,' ]*")
_FIRST_GROUP = re.compile(r"[1-9]\d{0,2}")


class BadAmount(Refusal):
    """A typed amount cannot be used; the reason is a sentence without the name of the field."""


@lru_cache(maxsize=512)
def digits(currency: str) -> int:
    """How many decimals an amount of this currency has, by ISO 4217: 2 for most, 0 for JPY, 3 for KWD, 4 for CLF."""
    if currency in NO_DIGITS:
        return 0
    if currency in THREE_DIGITS:
        return 3
    return 4 if currency in FOUR_DIGITS else 2


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """Three-letter codes of the currencies that people somewhere pay with today, and of funds such as CLF."""
    places = set(Locale("en").territories) - OLD_PLACES
    found = {code for place in places for code in get_territory_currencies(place, tender=True, non_tender=True)}
    return frozenset((found | NO_DIGITS | THREE_DIGITS | FOUR_DIGITS) - NOT_MONEY)


@lru_cache(maxsize=1)
def _currencies_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "es"):
        for code, name in Locale(language).currencies.items():
            if code in currency_codes():
                names.setdefault(folded(name), code)
    return names


def currency_called(name: str) -> str | None:
    """The code of the currency of that whole name in English or Spanish, such as US Dollar or peso mexicano."""
    return _currencies_by_name().get(folded(name))


def currency_name(currency: str, language: str) -> str:
    """The currency's name in a language; the code itself for an unknown one."""
    return get_currency_name(currency, locale=_locale(language))


@lru_cache(maxsize=8)
def currency_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Code and "code name" of every currency, in the order of the codes."""
    return tuple((code, f"{code} {currency_name(code, language)}") for code in sorted(currency_codes()))


def plain_amount(minor: int, currency: str) -> Decimal:
    """The amount as a decimal number of the currency's main unit: 1234 minor units of EUR are 12.34."""
    return Decimal(minor).scaleb(-digits(currency))


def minor_amount(value: Decimal, currency: str) -> int:
    """Minor units of a decimal amount, halves to the even neighbour. Raises BadAmount for more than `LARGEST`."""
    if not value.is_finite() or value.adjusted() > len(str(LARGEST)):
        raise _too_large(currency)
    minor = int(value.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN))
    if abs(minor) > LARGEST:
        raise _too_large(currency)
    return minor


def show_amount(minor: int, currency: str, language: str) -> str:
    """An amount with its currency as readers of a language write it, with all the decimals it has."""
    pattern = copy.copy(_locale(language).currency_formats["standard"])
    pattern.frac_prec = (digits(currency), digits(currency))
    return str(
        pattern.apply(plain_amount(minor, currency), _locale(language), currency=currency, currency_digits=False)
    )


def typed_amount(minor: int, currency: str, language: str) -> str:
    """An amount as an input shows it for changing: ungrouped, without a sign, with the language's decimal mark."""
    return f"{plain_amount(minor, currency):f}".replace(".", decimal_mark(language))


def parse_amount(text: str, currency: str, language: str) -> int:
    """Minor units of an amount as people write it: grouped or not, with the currency's sign or code or without.

    "1,234.56" and "1.234,56" are the same in every language; where one separator alone could mean either, the
    language decides. Brackets and a minus on either side are negative. Raises BadAmount.
    """
    line = _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))).strip()
    for apostrophe in _APOSTROPHES:
        line = line.replace(apostrophe, "'")
    number, negative = _unsigned(line, currency, language)
    if len(line) > LONGEST or number is None or not _NUMBER.fullmatch(number):
        raise _no_amount(line, currency, language)
    parts = _parts(number, language)
    if parts is None:
        raise _no_amount(line, currency, language)
    whole, fraction = parts
    _check_decimals(number, whole, fraction, currency, language)
    minor = minor_amount(Decimal(f"{whole or 0}.{fraction or 0}"), currency)
    return -minor if negative else minor


def _unsigned(line: str, currency: str, language: str) -> tuple[str | None, bool]:
    """The bare number and whether it is negative; None for a number with two signs."""
    minuses = 0
    for _turn in range(3):  # "-$ 5", "$ -5" and "(€ 5)": the signs come in any order
        if line.startswith("(") and line.endswith(")"):
            line, minuses = line[1:-1].strip(), minuses + 1
        if line[:1] and line[0] in _MINUS:
            line, minuses = line[1:].strip(), minuses + 1
        elif line[-1:] and line[-1] in _MINUS:
            line, minuses = line[:-1].strip(), minuses + 1
        line = _without_mark(line.removeprefix("+").strip(), currency, language)
    return (line if minuses < 2 else None), minuses == 1


def _without_mark(line: str, currency: str, language: str) -> str:
    for mark in _marks(currency, language):
        if line.casefold().startswith(mark):
            return line[len(mark) :].strip()
        if line.casefold().endswith(mark):
            return line[: -len(mark)].strip()
    return line


@lru_cache(maxsize=512)
def _marks(currency: str, language: str) -> tuple[str, ...]:
    """How people mark this currency, longest first; some signs hold a blank, such as XOF's."""
    found = {currency, *(get_currency_symbol(currency, locale=_locale(each)) for each in ("en", "es", language))}
    found |= {mark for mark, sharing in MARKS.items() if currency in sharing}
    plain = {_BLANKS.sub(" ", unicodedata.normalize("NFKC", mark)).casefold() for mark in found}
    return tuple(sorted(plain, key=lambda mark: (-len(mark), mark)))


def _parts(number: str, language: str) -> tuple[str, str] | None:
    """Digits before and after the decimal mark; None where the separators make no sense."""
    decimal = _decimal_of(number, language)
    whole, _mark, fraction = number.partition(decimal) if decimal else (number, "", "")
    groups = re.split(r"[.,' ]", whole)
    separators = set(whole) - set("".join(groups))
    if len(separators) > 1 or (fraction and not fraction.isdecimal()) or (decimal and not fraction):
        return None
    if len(groups) > 1 and not _is_grouped(groups):
        return None
    return "".join(groups), fraction


def _is_grouped(groups: list[str]) -> bool:
    """Thousands (1.234.567) or the Indian way (12,34,567)."""
    first, *middle, last = groups
    sizes = {len(group) for group in middle}
    return 1 <= len(first) <= 3 and len(last) == 3 and sizes in (set(), {2}, {3})


def _decimal_of(number: str, language: str) -> str:
    """The character that is the decimal mark of this number; empty for none."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return ""
    mark = number[last]
    if number.count(mark) > 1:
        return ""
    if len(set(number) & set(".,' ")) > 1 or mark == decimal_mark(language):
        return mark
    return "" if _looks_grouped(number, mark) else mark


def _looks_grouped(number: str, mark: str) -> bool:
    before, _mark, after = number.partition(mark)
    return len(after) == 3 and _FIRST_GROUP.fullmatch(before) is not None


def _check_decimals(number: str, whole: str, fraction: str, currency: str, language: str) -> None:
    """Refuse decimals that the currency does not have, and a lone mark that looks like thousands to others."""
    places = digits(currency)
    mark = decimal_mark(language)
    doubtful = len(fraction) == 3 and places < 3 and _looks_grouped(number, mark) and whole.isdecimal()
    if doubtful or fraction[places:].strip("0"):
        raise BadAmount(
            say("“%(text)s” has more decimals than %(currency)s has: %(digits)s at most.",
                text=number, currency=currency, digits=places)
        )  # fmt: skip


def _no_amount(line: str, currency: str, language: str) -> BadAmount:
    example = show_amount(123456 * 10 ** digits(currency) // 100, currency, language)
    return BadAmount(
        say("“%(text)s” is not an amount in %(currency)s. Write it like %(example)s.",
            text=line[:LONGEST], currency=currency, example=example)
    )  # fmt: skip


def _too_large(currency: str) -> BadAmount:
    largest = f"{plain_amount(LARGEST, currency):,f}"
    return BadAmount(
        say("This amount is too large: %(largest)s %(currency)s is the most that can be kept.",
            largest=largest, currency=currency)
    )  # fmt: skip


@lru_cache(maxsize=32)
def decimal_mark(language: str) -> str:
    """The character before decimals in a language."""
    return str(_locale(language).number_symbols["latn"]["decimal"])


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
