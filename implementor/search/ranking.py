"""Which of the newest matches come first: whole titles, then titles that begin so, then words in titles, then texts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from implementor.search.tokens import tokens_of

Opened = Collection[tuple[str, int]]


def rank_of(title: str, tokens: Sequence[str]) -> int:
    """0 (the title is what was asked) to 4 (the words stand in the text only)."""
    words = tokens_of(title)
    if words == list(tokens):
        return 0
    if words[: len(tokens)] == list(tokens):
        return 1
    if set(tokens) <= set(words):
        return 2
    if all(any(word.startswith(token) for word in words) for token in tokens):
        return 3
    return 4


def ranked(rows: Sequence[Any], tokens: Sequence[str], opened: Opened = ()) -> list[Any]:
    """Rows (with kind, id, title; newest first) in the order of rank; of equals those opened lately, then new ones."""

    def place(row: Any) -> tuple[int, bool]:
        return rank_of(row.title, tokens), (row.kind, row.id) not in opened

    return sorted(rows, key=place)
