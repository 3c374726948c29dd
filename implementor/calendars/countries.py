"""Countries and their regions as a person finds them in a list: named in their own language, in its order."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import holidays
from babel import Locale
from babel.numbers import get_territory_currencies
from holidays.registry import COUNTRIES

from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, speech

FALLBACK_CURRENCY = "USD"  # in a country that has no money of its own


class CountryName(Phrase):
    """A country's name in the reader's language, from the locale data rather than from our own catalogue."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        super().__init__(code, None, 1, {})
        self.code = code

    def __str__(self) -> str:
        return country_name(self.code, speech().language)


def country_name(code: str, language: str) -> str:
    """The name of a country by its two-letter code; the code itself when there is no such country."""
    return str(_locale(language).territories.get(code, code))


@lru_cache(maxsize=8)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every country with known holidays, in the order of the language's names."""
    pairs = [(code, country_name(code, language)) for code in country_codes()]
    return tuple(sorted(pairs, key=lambda pair: folded(pair[1])))


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Two-letter codes of every country with known holidays."""
    # from the register: asking the package itself would load the holidays of all of them, half a second at each start
    return frozenset(code for _name, code, *_aliases in COUNTRIES.values())


@lru_cache(maxsize=256)
def region_choices(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of a country's regions with holidays of their own; none for countries without, or unknown ones."""
    if country not in country_codes():
        return ()
    found: Any = holidays.country_holidays(country)
    names: dict[str, str] = {}
    for name, code in getattr(found, "subdivisions_aliases", {}).items():
        names.setdefault(code, name)
    pairs = [(code, names.get(code, code)) for code in found.subdivisions]
    return tuple(sorted(pairs, key=lambda pair: folded(pair[1])))


def region_name(country: str, region: str | None) -> str:
    """The name of a region; empty text for no region."""
    return dict(region_choices(country)).get(region or "", region or "")


def currency_of(country: str) -> str:
    """The three-letter code of the money people pay with in a country."""
    current = get_territory_currencies(country)
    return current[0] if current else FALLBACK_CURRENCY


@lru_cache(maxsize=256)
def country_of(currency: str) -> str | None:
    """The country whose money a currency is, where it is the money of one; None for money of many, such as euros."""
    country = currency[:2]
    return country if country in country_codes() and currency_of(country) == currency else None


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(language)
