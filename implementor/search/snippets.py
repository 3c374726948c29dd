"""Showing where the words were found: texts cut into plain and marked pieces, each escaped as it is drawn."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from implementor.foundation.text import folded

WIDTH = 180  # characters
_LEAD = 60


class Piece(NamedTuple):
    """A part of a text; marked ones are what was asked for."""

    text: str
    is_hit: bool = False


def _same_length_folding() -> dict[int, str]:
    """Letters whose folded form is one letter, so that places in the folded text are places in the text."""
    table = {}
    for code in range(0xC0, min(0x2000, sys.maxunicode)):
        letter = folded(chr(code))
        if len(letter) == 1 and letter != chr(code) and unicodedata.category(chr(code)).startswith("L"):
            table[code] = letter
    return table


_TABLE = _same_length_folding()


def pieces_of(text: str, tokens: Sequence[str]) -> list[Piece]:
    """A whole text with the words that begin with a token marked."""
    pieces, done = [], 0
    for hit in _hits(text, tokens):
        pieces += [Piece(text[done : hit.start()]), Piece(text[hit.start() : hit.end()], True)]
        done = hit.end()
    return [piece for piece in [*pieces, Piece(text[done:])] if piece.text]


def snippet_of(body: str, tokens: Sequence[str]) -> list[Piece]:
    """The part of a text around the first word that was asked for, on one line; its beginning where there is none."""
    first = next(_hits(body, tokens), None)
    start = max(0, first.start() - _LEAD) if first else 0
    if start:
        start = body.find(" ", start, first.start() if first else None) + 1 or start
    cut = " ".join(body[start : start + WIDTH].split())
    cut = ("… " if start else "") + cut + (" …" if start + WIDTH < len(body) else "")
    return pieces_of(cut, tokens)


def marked(pieces: Sequence[Piece]) -> Markup:
    """Pieces as a page shows them."""
    drawn = (f"<mark>{escape(text)}</mark>" if is_hit else escape(text) for text, is_hit in pieces)
    return Markup("".join(drawn))  # noqa: S704  # escaped piece by piece


def _hits(text: str, tokens: Sequence[str]) -> Iterator[re.Match[str]]:
    if not tokens or not text:
        return iter(())
    lower = text.lower()
    plain = lower if len(lower) == len(text) else text
    return _pattern(tuple(tokens)).finditer(plain if plain.isascii() else plain.translate(_TABLE))


@lru_cache(maxsize=256)
def _pattern(tokens: Sequence[str]) -> re.Pattern[str]:
    """Words that begin with one of these."""
    wanted = "|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{wanted})[^\W_]*")
