"""Recognises rows that add up the others, which stand under tables and are no records."""

from __future__ import annotations

import re

from implementor.exchange.readers.cells import look_of
from implementor.exchange.readers.source import Cell, is_blank
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

_INITIALS = frozenset("tTsSgGaApPΣ")
_LONGEST = 60
_WORD = re.compile(
    r"(?:(?:grand|overall|sub)?[ -]?totals?|(?:gran |sub)?-?total(?:es)?|total(?:es)? general(?:es)?|sum|suma|sumas|"
    r"suma total|average|promedio|σ)(?: (?:of|de|del|general)(?: [a-z]+){1,3})? ?:?(?: ?[\d.,]+(?: [a-z]+){0,2})?"
)
_FIGURES = frozenset({"number", "missing", "blank"})


def why_no_record(cells: list[Cell]) -> Phrase | None:
    """Why a row is the sum of others and no record; None for a record.

    Its first cell says so ("Total", "Subtotal:", "Suma total"), and beside it there are figures and nothing else.
    """
    begins = bool(cells) and not is_blank(cells[0])
    first = 0 if begins else next((place for place, cell in enumerate(cells) if not is_blank(cell)), None)
    word = cells[first] if first is not None else None
    if first is None or not isinstance(word, str) or len(word) > _LONGEST or word.lstrip()[:1] not in _INITIALS:
        return None
    text = folded(word).strip()
    if _WORD.fullmatch(text) is None:
        return None
    looks = [look_of(cell) for cell in cells[first + 1 :]]
    counts = "number" in looks or any(letter.isdigit() for letter in text)
    if not counts or not _FIGURES.issuperset(looks):
        return None
    return say(
        "This row adds up the others (%(word)s) and is set aside. Where it is a record, say so under “Read it in "
        "another way”.",
        word=word.strip(),
    )
