"""Cleaning, folding and numbers typed by people: total functions over any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.foundation.text import clean, clean_line, folded, whole_number


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text())
def test_clean_text_can_be_stored_everywhere(text: str) -> None:
    kept = clean(text)
    assert "\x00" not in kept
    assert "\r" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\n" not in clean_line(text)


@given(st.text())
def test_folding_knows_neither_case_nor_accents(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(st.sampled_from("aÁñÇßıİ 1.\u0301\u034f\u0327ŁøὨ𝔸한\t\n")))
def test_folding_quickly_gives_what_taking_apart_twice_gives(text: str) -> None:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    assert folded(text) == "".join(letter for letter in apart if not unicodedata.combining(letter))
    assert clean_line(text) == " ".join(clean(text).split())


def test_words_people_take_for_equal_are_folded_to_one() -> None:
    assert folded("Ánimo") == folded("ANIMO") == "animo"
    assert folded("Straße") == "strasse"


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("0012", 12), ("9" * 18, 10**18 - 1)])
def test_a_number_of_a_record_is_read(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", " 1", "²", "٣", "9" * 19, "9" * 5000, "x"])
def test_what_no_record_can_have_is_no_number(text: str | None) -> None:
    assert whole_number(text) is None
