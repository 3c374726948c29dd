"""Money is read as people write it, shown as they expect it, and never changed on the way."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.foundation.money import (
    LARGEST,
    BadAmount,
    currency_choices,
    currency_codes,
    digits,
    minor_amount,
    parse_amount,
    plain_amount,
    show_amount,
    typed_amount,
)

AMOUNTS = st.integers(min_value=-LARGEST, max_value=LARGEST)
CURRENCIES = st.sampled_from(sorted(currency_codes()))
LANGUAGES = st.sampled_from(["en", "es"])


@pytest.mark.parametrize(
    ("text", "currency", "language", "minor"),
    [
        ("1.234,56", "EUR", "es", 123456), ("1,234.56", "EUR", "es", 123456), ("1,234.56", "EUR", "en", 123456),
        ("1.234,56", "USD", "en", 123456), ("(12)", "USD", "en", -1200), ("-12", "USD", "es", -1200),
        ("12-", "USD", "en", -1200), ("−$12.50", "USD", "en", -1250), ("$ -12.50", "USD", "en", -1250),
        ("(12,50 €)", "EUR", "es", -1250), ("€(5)", "EUR", "en", -500), ("1.234", "EUR", "es", 123400),
        ("1,234", "USD", "en", 123400), ("12,5", "USD", "en", 1250), ("12.50", "EUR", "es", 1250),
        ("1.234.567", "USD", "en", 123456700), ("1 234 567,89", "EUR", "es", 123456789),
        ("1’234.50", "CHF", "en", 123450),
        ("12,34,567.00", "INR", "en", 123456700), ("1\u202f234\xa0F\u202fCFA", "XOF", "en", 1234),
        ("XOF 99", "XOF", "es", 99),
        ("1.234", "KWD", "en", 1234), ("0,0001", "CLF", "es", 1), ("1500.00", "JPY", "en", 1500),
        ("￥1,500", "JPY", "en", 1500),
        ("3578.2700", "USD", "en", 357827), ("usd 3", "USD", "en", 300), ("$3", "COP", "es", 300),
        (".5", "USD", "en", 50),
        ("0.500", "EUR", "en", 50), ("+7", "EUR", "en", 700), ("٣", "USD", "en", 300),
        ("1.234,5\u200f", "EUR", "es", 123450),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, currency: str, language: str, minor: int) -> None:
    assert parse_amount(text, currency, language) == minor


@pytest.mark.parametrize(
    "text",
    ["", "-", "()", "abc", "1e5", "NaN", "inf", "1,2,3", "1.2.3", "12,3456,789", "--5", "(-5)", "5 5", "12.", "€5",
     "5 EUR", "1,234.567,89", "1.234", "12.345", "0.005", "1'234'56", "1 000,5 000", "0x10", "½", "9" * 20, "9" * 4000],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadAmount) as refused:
        parse_amount(text, "USD", "en")
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) < 200


def test_twenty_digits_are_too_many_and_the_sentence_says_how_many_are_not() -> None:
    with pytest.raises(BadAmount, match=r"10,000,000,000,000\.00 USD"):
        parse_amount("12345678901234567890", "USD", "en")
    assert parse_amount("10000000000000", "USD", "en") == LARGEST
    with pytest.raises(BadAmount):
        parse_amount("10000000000000.01", "USD", "en")


@settings(deadline=None)
@given(AMOUNTS, CURRENCIES, LANGUAGES)
def test_what_is_shown_is_read_as_the_same_amount(minor: int, currency: str, language: str) -> None:
    assert parse_amount(show_amount(minor, currency, language), currency, language) == minor


@settings(deadline=None)
@given(AMOUNTS, CURRENCIES, LANGUAGES)
def test_what_an_input_shows_is_read_as_the_same_amount(minor: int, currency: str, language: str) -> None:
    assert parse_amount(typed_amount(minor, currency, language), currency, language) == minor


@settings(deadline=None)
@given(AMOUNTS, CURRENCIES)
def test_plain_amounts_lead_back(minor: int, currency: str) -> None:
    assert minor_amount(plain_amount(minor, currency), currency) == minor


@settings(deadline=None)
@given(st.text(max_size=80), CURRENCIES, LANGUAGES)
def test_any_text_is_an_amount_or_refused(text: str, currency: str, language: str) -> None:
    with suppress(BadAmount):
        assert abs(parse_amount(text, currency, language)) <= LARGEST


def test_halves_go_to_the_even_neighbour() -> None:
    assert [minor_amount(Decimal(value), "EUR") for value in ("0.005", "0.015", "-0.025", "1898.0944")] == [
        0,
        2,
        -2,
        189809,
    ]
    for wrong in (Decimal("1e30"), Decimal("Infinity"), Decimal("NaN"), Decimal("-1e999999")):
        with pytest.raises(BadAmount):
            minor_amount(wrong, "EUR")


def test_each_currency_has_its_decimals() -> None:
    assert [digits(code) for code in ("JPY", "KWD", "CLF", "EUR", "COP", "XOF")] == [0, 3, 4, 2, 2, 0]
    assert show_amount(1234, "KWD", "es").startswith("1,234")
    assert plain_amount(1234, "EUR") == Decimal("12.34")
    assert {"EUR", "VES", "XOF", "CLF"} <= currency_codes()
    assert not {"XAU", "XXX", "DEM"} & currency_codes()
    assert ("EUR", "EUR euro") in currency_choices("es")
