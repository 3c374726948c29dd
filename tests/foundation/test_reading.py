"""Amounts, percentages, addresses and numbers: read as people of a language write them, refused with a sentence."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import column

from implementor.foundation.amounts import Money, shown_money, typed_money
from implementor.foundation.contacting import mail_link, phone_key, phone_link, shown_url, web_link
from implementor.foundation.conventions import Reading
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Choice, Entity, Field, Kind
from implementor.foundation.values import Wrong, as_stored, checked, parse, typed_text
from implementor.foundation.words import Speech, say, speaking

EN, ES = Reading("en", "EUR", "ES"), Reading("es", "EUR", "ES")
NEW = [Kind.MONEY, Kind.CURRENCY, Kind.PERCENT, Kind.EMAIL, Kind.PHONE, Kind.URL]


def field_of(kind: Kind, **more: Any) -> Field:
    return Field("x", kind, say("Field"), column("x"), **more)


AMOUNT = field_of(Kind.MONEY, currency=column("currency"))


@pytest.mark.parametrize(
    ("typed", "reading", "money"),
    [
        ("1.234,56 EUR", ES, Money(123456, "EUR")),
        ("1,234.56", EN, Money(123456, "EUR")),
        ("1.234", ES, Money(123400, "EUR")),
        ("1234.5", ES, Money(123450, "EUR")),
        ("-12.30", EN, Money(-1230, "EUR")),
        ("(12)", EN, Money(-1200, "EUR")),
        ("\u202d100\u202c €", ES, Money(10000, "EUR")),
        ("$100", ES, Money(10000, "USD")),
        ("$100", Reading("es", "MXN"), Money(10000, "MXN")),
        ("1500 jpy", EN, Money(1500, "JPY")),
        ("KWD 1.234", EN, Money(1234, "KWD")),
        ("5 £", ES, Money(500, "GBP")),
    ],
)
def test_amounts_are_read_in_the_currency_they_name(typed: str, reading: Reading, money: Money) -> None:
    assert as_stored(AMOUNT, typed, reading) == money


@pytest.mark.parametrize(
    "typed",
    ["9" * 20, "1.234,567", "12 %", "100 XXX", "many", "javascript:alert(1)", "1,2,3", "1e9", "- -5", "€", "EUR"],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    found = parse(AMOUNT, typed, ES)
    assert isinstance(found, Wrong)
    assert str(found.reason).startswith("Field")


def test_an_amount_of_one_currency_takes_no_other() -> None:
    fixed = field_of(Kind.MONEY, currency="EUR")
    assert parse(fixed, "5 €", EN) == 500
    assert "must be in EUR" in str(parse(fixed, "5 USD", EN).reason)


def test_bounds_of_an_amount_are_in_its_main_unit() -> None:
    bounded = field_of(Kind.MONEY, currency="EUR", minimum=Decimal(0), maximum=Decimal(1000))
    assert parse(bounded, "1000", EN) == 100_000
    assert isinstance(parse(bounded, "1000.01", EN), Wrong)
    assert isinstance(parse(bounded, -1, EN), Wrong)


@pytest.mark.parametrize(
    ("typed", "ratio"),
    [
        ("25", "0.25"),
        ("12,5 %", "0.125"),
        ("12.5", "0.125"),
        ("0", "0"),
        ("100%", "1"),
        (Decimal("0.5"), "0.5"),
        ("33.333", "0.3333"),
    ],
)
def test_percentages_are_kept_as_ratios(typed: Any, ratio: str) -> None:
    assert as_stored(field_of(Kind.PERCENT), typed, EN) == Decimal(ratio)


@pytest.mark.parametrize("typed", ["101", "-1", "half", "1" * 70, "5 EUR", Decimal("1.01"), "NaN"])
def test_what_is_no_percentage_is_refused(typed: Any) -> None:
    assert isinstance(parse(field_of(Kind.PERCENT), typed, EN), Wrong)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (Kind.EMAIL, " Ana.Ruiz@Example.COM ", "ana.ruiz@example.com"),
        (Kind.EMAIL, "\u202aana@x.es\u202c", "ana@x.es"),
        (Kind.EMAIL, "mailto:ana@x.es", "ana@x.es"),
        (Kind.EMAIL, "ñandú@correo.es", "ñandú@correo.es"),
        (Kind.PHONE, "600 11 22 33", "600 11 22 33"),
        (Kind.PHONE, "\u202d+34 (91) 123-45 67 ext. 12\u202c", "+34 (91) 123-45 67 ext. 12"),
        (Kind.URL, "example.com", "https://example.com"),
        (Kind.URL, "HTTP://Example.com:8080/Path?q=1#x", "http://example.com:8080/Path?q=1#x"),
        (Kind.CURRENCY, "usd", "USD"),
    ],
)
def test_addresses_are_kept_in_one_form(kind: Kind, typed: str, stored: str) -> None:
    assert as_stored(field_of(kind), typed, ES) == stored


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *(
            (Kind.EMAIL, text)
            for text in ("a@b", "a b@c.es", "a..b@c.es", "a@b..c", "a@x.e", "<a@x.es>", "a@x.es,b@x.es", "@x.es")
        ),
        *((Kind.EMAIL, text) for text in ("javascript:alert(1)@x.es", "a@x.es?bcc=b@x.es", f"{'a' * 65}@x.es")),
        *(
            (Kind.PHONE, text)
            for text in ("call me", "12", "javascript:alert(1)", "+1-800-FLOWERS", "1" * 41, "<600111222>")
        ),
        *(
            (Kind.URL, text)
            for text in ("javascript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "//x.es", "x")
        ),
        *(
            (Kind.URL, text)
            for text in ("data:text/html,x", "ftp://x.es", "http://user@evil.es", "http://1.2.3.4:99999", "http:x")
        ),
        *(
            (Kind.URL, text)
            for text in ('https://x.es/"onclick', "https://x.es/<b>", f"https://x.es/{'a' * 2000}", "file:///etc")
        ),
        *((Kind.CURRENCY, text) for text in ("euro", "XXX", "€")),
    ],
)
def test_what_is_no_address_is_refused(kind: Kind, typed: str) -> None:
    assert isinstance(parse(field_of(kind), typed, ES), Wrong)


@pytest.mark.parametrize(
    "hostile", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "\x01javascript:x", "http://a@b.es"]
)
def test_nothing_stored_in_another_way_becomes_a_dangerous_link(hostile: str) -> None:
    assert web_link(hostile) == mail_link(hostile) == phone_link(hostile) == ""


def test_links_lead_to_what_is_shown() -> None:
    assert mail_link("o'neil+x@x.es") == "mailto:o%27neil%2Bx@x.es"
    assert phone_link("0034 600 11 22 33") == "tel:+34600112233"
    assert web_link("https://x.es/a/") == "https://x.es/a/"
    assert shown_url("https://x.es/a/") == "x.es/a"


def test_numbers_are_compared_without_their_writing() -> None:
    same = ("600112233", "600 11 22 33", "+34 600-112-233", "0034600112233", "(+34) 600 112233", "600 112 233 ext. 5")
    assert {phone_key(text, "ES") for text in same} == {"+34600112233"}
    assert phone_key("55 1234 5678", "MX") == "+525512345678"
    assert phone_key("123", "ES") == "123"


@given(st.sampled_from(NEW), st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_any_text_is_stored_or_refused(kind: Kind, typed: str, language: str) -> None:
    found = parse(field_of(kind, currency=column("currency")), typed, Reading(language, "EUR", "ES"))
    assert isinstance(found, Wrong | Money | Decimal | str | None)
    assert isinstance(found, Wrong) or "\x00" not in str(found)


@given(
    st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD", "CLF", "USD"]), st.sampled_from(["en", "es"])
)
def test_an_amount_survives_its_input(minor: int, currency: str, language: str) -> None:
    with speaking(Speech(language)):
        assert as_stored(AMOUNT, typed_money(minor, currency)) == Money(minor, currency)
        assert str(shown_money(minor, currency))


@given(st.integers(0, 10_000), st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["en", "es"]))
def test_a_number_survives_its_input(parts: int, number: Decimal, language: str) -> None:
    share, plain = field_of(Kind.PERCENT), field_of(Kind.DECIMAL)
    with speaking(Speech(language)):
        assert as_stored(share, typed_text(share, Decimal(parts).scaleb(-4))) == Decimal(parts).scaleb(-4)
        assert as_stored(plain, typed_text(plain, number)) == number


def test_numbers_are_read_in_the_language_of_who_types() -> None:
    whole, plain = field_of(Kind.WHOLE), field_of(Kind.DECIMAL)
    assert (parse(whole, "1.234", ES), parse(whole, "1,234", EN), parse(whole, "1 234 567", EN)) == (
        1234,
        1234,
        1234567,
    )
    assert (parse(plain, "1.234", EN), parse(plain, "1.234,5", ES), parse(plain, "0,5", EN)) == (
        Decimal("1.234"), Decimal("1234.5"), Decimal("0.5"),
    )  # fmt: skip
    assert parse(plain, "1,234") == Decimal(1234)
    assert parse(plain, "1,234", Reading()) == Decimal("1.234")


def test_choices_and_truth_are_read_by_their_words() -> None:
    choice = field_of(Kind.CHOICE, choices=(Choice("won", say("Closed, won")), Choice("lost", say("Lost"))))
    assert [parse(choice, text) for text in ("won", "closed,  WON", "Lost")] == ["won", "won", "lost"]
    assert isinstance(parse(choice, "else"), Wrong)
    truth = field_of(Kind.YES_NO)
    assert [parse(truth, text) for text in ("Sí", "yes", "0", "No", True)] == [True, True, False, False, True]
    assert isinstance(parse(truth, "perhaps"), Wrong)


def deal() -> Entity:
    """A kind of record that nobody registers."""
    made = Entity("deal", say("Deal"), say("Deals"), object, ("x",), "x", "x", column("id"))
    made.extend(AMOUNT)
    return made


def test_an_amount_brings_its_currency_along() -> None:
    assert checked(deal(), {"x": "5 USD"}) == {"x": 500, "currency": "USD"}
    assert checked(deal(), {"x": "5", "currency": "JPY"}) == {"x": 5, "currency": "JPY"}
    assert checked(deal(), {"x": 500}) == {"x": 500}
    assert checked(deal(), {"x": ""}) == {"x": None}
    with pytest.raises(InvalidInput) as refused:
        checked(deal(), {"x": "much", "currency": "none"})
    assert set(refused.value.errors) == {"x", "currency"}


def test_the_currency_of_an_amount_is_a_field_that_nobody_is_shown() -> None:
    made = deal()
    assert made.fields["currency"].part_of == "x"
    assert not made.fields["currency"].is_shown
    made.extend(Field("currency", Kind.CURRENCY, say("Currency"), column("currency")))
    assert made.fields["currency"].is_shown
