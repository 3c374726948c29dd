"""Reads tables without delimiters, whose columns stand one below the other and are parted by blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from implementor.exchange.readers.encodings import Encoding
from implementor.exchange.readers.source import LARGEST_CELL, RawRow, Remarks
from implementor.exchange.sentences import starts_story
from implementor.foundation.words import say

LOOKED_AT = 500
FEWEST_LINES, FEWEST_COLUMNS, FEWEST_NUMBERS = 5, 3, 2
"""Below these, blanks that stand one below the other may well be chance."""
WIDEST = 2000
_NUMBER = re.compile(r"[-+]?[\d.,/:-]*\d%?")


def cuts_of(sample: str) -> tuple[int, ...] | None:
    """Where the columns of a text begin, when blanks part every line at the same places; None where they do not.

    At least two columns must hold nothing but numbers or dates, because the words of a text are never so even.
    """
    lines = [line.rstrip() for line in sample.splitlines()[:LOOKED_AT] if line.strip()]
    if sample[-1:] not in ("\n", "\r"):
        lines = lines[:-1]  # it may be cut off
    widest = max(map(len, lines), default=0)
    if len(lines) < FEWEST_LINES or widest > WIDEST or any("\t" in line or starts_story(line) for line in lines):
        return None
    filled = [any(place < len(line) and line[place] != " " for line in lines) for place in range(widest)]
    cuts = tuple(place for place in range(widest) if filled[place] and (place == 0 or not filled[place - 1]))
    columns = [[line[start:end].strip() for line in lines] for start, end in pairwise((*cuts, widest))]
    numbers = sum(all(_NUMBER.fullmatch(cell) for cell in cells) for cells in columns)
    return cuts if len(cuts) >= FEWEST_COLUMNS and numbers >= FEWEST_NUMBERS else None


def fixed_rows(path: Path, encoding: Encoding, cuts: Sequence[int], remarks: Remarks) -> Iterator[RawRow]:
    """One row per line that is not blank, cut at these places; a line that reaches over a cut has its problem."""
    with path.open(encoding=encoding.name, errors=encoding.errors) as stream:
        number = 0
        while line := stream.readline(LARGEST_CELL + 2):
            number += 1
            text = line.rstrip().removeprefix("\ufeff")
            if not text:
                continue
            problem = None
            if any(0 < cut <= len(text) and text[cut - 1] != " " for cut in cuts):
                problem = say("A value of this line reaches over the edge of its column.")
            cells = [text[start:end].strip() for start, end in pairwise((*cuts, max(len(text), cuts[-1])))]
            yield RawRow(number, list(cells), number, problem)
