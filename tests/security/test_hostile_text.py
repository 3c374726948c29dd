"""Hostile texts in every text field: the same text everywhere it is read, and nothing but text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import Any

import pytest
from flask import Flask

from tests.security.hostile import STRINGS, Filling, text_fields
from tests.security.text_walk import ACTS, MARK, NEW, Walk, learned

pytestmark = pytest.mark.sqlite_only("what is drawn is the same on both; what is stored is tested with the values")


@pytest.fixture
def walk(app: Flask) -> Walk:
    """The pages as they are with benign texts are known."""
    return learned(app)


def rotated(kind: str, strings: tuple[str, ...], *, every: int) -> Iterator[Filling]:
    """Records in which each string stands in a field; with `every=1` in each field."""
    for start in range(0, len(strings), every):
        yield Filling.of(kind, strings[start:] + strings[:start], MARK)


def walk_records(walk: Walk, kinds: Iterable[str], every: int | None) -> None:
    fillings: list[Filling] = []
    for kind in kinds:
        for filling in rotated(kind, STRINGS, every=every or len(text_fields(kind))):
            walk.create(filling)
            fillings.append(filling)
    walk.look_around(fillings)
    for kind in kinds:
        walk.export(kind, fillings)
    for kind in kinds:
        walk.change(Filling.of(kind, STRINGS, MARK))
    walk.look("history", walk.get("/history"))


def test_records_show_hostile_texts_as_the_same_texts(walk: Walk) -> None:
    walk_records(walk, NEW, every=None)
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))


def test_names_and_comments_show_hostile_texts_as_the_same_texts(walk: Walk) -> None:
    for text, act in zip(STRINGS, cycle(ACTS), strict=False):
        act(walk, text)
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))


@pytest.mark.full
@pytest.mark.parametrize("act", ACTS)
def test_each_name_and_comment_shows_each_hostile_text(act: Any, walk: Walk) -> None:
    for text in STRINGS:
        act(walk, text)
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))


@pytest.mark.full
@pytest.mark.parametrize("kind", NEW)
def test_each_field_shows_each_hostile_text(kind: str, walk: Walk) -> None:
    walk_records(walk, [kind], every=1)
    assert not walk.faults, "\n".join(dict.fromkeys(walk.faults))
