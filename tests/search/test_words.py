"""Words as they are indexed, asked for and marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.search.finding import question_of
from implementor.search.ranking import rank_of
from implementor.search.snippets import pieces_of, snippet_of
from implementor.search.tokens import asked, fts5_query, indexed_words, tokens_of, ts_query


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Aprobación de cotización", ["aprobacion", "de", "cotizacion"]),
        ("VEN-42: O'Neil & Co_op", ["ven", "42", "o", "neil", "co", "op"]),
        ("Straße ﬁnal", ["strasse", "final"]),
        ('"a" OR b* NEAR(c) ^d {e}:f', ["a", "or", "b", "near", "c", "d", "e", "f"]),
        ("\x00\ud800\ue0003", ["3"]),
        ("", []),
        ("x" * 100, ["x" * 60]),
    ],
)
def test_words_are_folded_and_nothing_else_is_left(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@given(st.text())
def test_no_text_can_leave_the_quotes(text: str) -> None:
    for token in tokens_of(text):
        assert token.isalnum()
        assert not set(token) & set("\"'\\ \ue000\ue001")


def test_a_question_has_a_few_words_however_long_it_is() -> None:
    assert len(asked(" ".join(str(number) for number in range(5000)))) == 8


def test_the_index_holds_each_word_once_behind_its_marks() -> None:
    assert indexed_words(("Quote a quote", "Año"), "user_test", 7) == "\ue0007 \ue001usertest quote a ano"
    assert indexed_words((), "story", None) == "\ue0000 \ue001story"


def test_queries_are_quoted_for_either_database() -> None:
    groups = [["\ue0001", "\ue0002"]]
    assert fts5_query(["a"], ["quo"], groups) == '"a" AND "quo"* AND ("\ue0001" OR "\ue0002")'
    assert ts_query(["a"], ["quo"], groups) == "'a' & 'quo':* & ('\ue0001' | '\ue0002')"


@pytest.mark.parametrize(
    ("text", "key"),
    [("ven-42", "VEN-42"), ("VEN / 3", "VEN/3"), ("VEN", "VEN"), ("ven 42", None), ("VEN-42 now", None), ("é-1", None)],
)
def test_a_key_is_recognised(text: str, key: str | None) -> None:
    assert question_of(text).key == key


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Aprobar cotización", 0),
        ("Aprobar cotización grande", 1),
        ("Nunca cotización aprobar", 2),
        ("aprobarán cotizaciones", 3),
        ("Otra cosa", 4),
    ],
)
def test_titles_are_ranked(title: str, rank: int) -> None:
    assert rank_of(title, ["aprobar", "cotizacion"]) == rank


def test_words_are_marked_whatever_their_accents() -> None:
    pieces = pieces_of("La Cotización <b>no</b> recotiza", ["cotiz"])
    assert [(piece.text, piece.is_hit) for piece in pieces] == [
        ("La ", False),
        ("Cotización", True),
        (" <b>no</b> recotiza", False),
    ]


def test_a_snippet_shows_the_first_word_found() -> None:
    body = "Lorem ipsum " * 50 + "the needle stands here " + "dolor sit " * 50
    shown = snippet_of(body, ["needle"])
    assert [piece.text for piece in shown if piece.is_hit] == ["needle"]
    assert len("".join(piece.text for piece in shown)) < 190
    assert "".join(piece.text for piece in snippet_of("short", ["none"])) == "short"


@given(st.text(), st.text())
def test_marking_loses_nothing_of_a_text(text: str, words: str) -> None:
    assert "".join(piece.text for piece in pieces_of(text, asked(words))) == text
