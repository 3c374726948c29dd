"""Filters of a list's address: what is understood narrows the list, what is not is told, nothing breaks."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from implementor.foundation.fields import Scope
from implementor.foundation.filters import Filters, read_filters
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.foundation.words import Speech, speaking
from implementor.stories.catalogue import STORY

ANA = Actor(42, "Ana", "ana@example.com", frozenset({Role.SIGNED_IN, Role.MEMBER}))
SCOPE = Scope(1, ANA)


def sql_of(found: Filters) -> str:
    return str(found.condition(STORY, SCOPE).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def read(**asked: str) -> Filters:
    return read_filters(STORY.fields.values(), {name: [text] for name, text in asked.items()}, SCOPE)


def test_several_keys_mean_any_of_them() -> None:
    found = read(status="idea, ready")
    assert found.values_of("status") == ("idea", "ready")
    assert "story.status IN ('idea', 'ready')" in sql_of(found)


def test_me_is_the_reader_and_none_is_no_value() -> None:
    assert "story.owner_id IS NULL OR story.owner_id IN (42)" in sql_of(read(owner="none,me"))


def test_ranges_may_be_open_at_either_end() -> None:
    assert "story.value >= 3" in sql_of(read(value="3.."))
    assert "story.value <= 8" in sql_of(read(value="..8"))
    assert "story.value >= 3 AND story.value <= 8" in sql_of(read(value="3..8"))


def test_days_begin_and_end_in_the_reader_s_zone() -> None:
    with speaking(Speech(zone=ZoneInfo("America/Caracas"))):
        condition = sql_of(read(created_at="2026-03-01"))
    assert "2026-03-01T04:00" in condition
    assert "2026-03-02T04:00" in condition


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("status", "nowhere"),
        ("value", "x..8"),
        ("value", "1..99999"),
        ("owner", "10" * 12),
        ("created_at", "yesterday"),
        ("created_at", "9999-12-31"),
    ],
)
def test_what_cannot_be_is_left_out_and_told(name: str, text: str) -> None:
    found = read(**{name: text})
    assert not found.chosen
    assert len(found.faults) == 1


def test_the_first_day_of_all_is_told_east_of_greenwich() -> None:
    with speaking(Speech(zone=ZoneInfo("Asia/Tokyo"))):
        assert read(created_at="0001-01-01").faults


@given(st.dictionaries(st.sampled_from([*STORY.fields, "q", "nothing"]), st.text(max_size=30)))
def test_no_address_breaks_the_filter(asked: dict[str, str]) -> None:
    found = read_filters(STORY.fields.values(), {name: [text] for name, text in asked.items()}, Scope(1, SYSTEM))
    assert found.condition(STORY, Scope(1, SYSTEM)) is not None
    assert "\x00" not in found.words + str([one.values for one in found.chosen])


@pytest.mark.parametrize(("words", "part"), [("12", "story.number = 12"), ("VEN-12", "story.number = 12")])
def test_a_number_names_a_story(words: str, part: str) -> None:
    assert part in sql_of(read(q=words))


@pytest.mark.parametrize("words", ["two words", "²", "12a", "covid 19", "100%"])
def test_other_words_are_looked_for_in_titles(words: str) -> None:
    condition: Any = sql_of(read(q=words))
    assert "story.title_key LIKE" in condition
