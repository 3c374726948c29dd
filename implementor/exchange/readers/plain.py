"""Reads plain text with one story per line; story sentences are given in their parts beside the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from implementor.exchange.readers.encodings import Encoding
from implementor.exchange.readers.source import LARGEST_CELL, Cell, RawRow, Remarks
from implementor.exchange.sentences import sentence_of, without_bullet
from implementor.foundation.words import say

COLUMNS = ("Title", "As a", "I want", "So that")


def lines_of(path: Path, encoding: Encoding, remarks: Remarks, *, split: bool) -> Iterator[RawRow]:
    """One row per line that is not blank: the line, and with `split` the parts of its sentence."""
    with path.open(encoding=encoding.name, errors=encoding.errors) as stream:
        number = 0
        while line := stream.readline(LARGEST_CELL + 2):
            number += 1
            if len(line) > LARGEST_CELL:
                while line and not line.endswith("\n"):
                    line = stream.readline(LARGEST_CELL)
                problem = say("This line is longer than %(limit)s characters.", limit=LARGEST_CELL)
                yield RawRow(number, [], number, problem)
                continue
            text = _cleaned(line, number, remarks)
            if text:
                yield RawRow(number, _cells(text, split=split), number)


def _cleaned(line: str, number: int, remarks: Remarks) -> str:
    if "\0" in line:
        remarks.add("nul", number)
    if "\ufffd" in line:
        remarks.add("undecodable", number)
    return line.replace("\0", "").strip().strip("\ufeff")


def _cells(text: str, *, split: bool) -> list[Cell]:
    title = without_bullet(text) or text
    if not split:
        return [title]
    sentence = sentence_of(text)
    return [title, sentence.as_a, sentence.i_want, sentence.so_that] if sentence else [title, None, None, None]
