"""Streams delimited text of any delimiter and quoting, record by record, with the line on which each begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from implementor.exchange.readers.encodings import Encoding
from implementor.exchange.readers.source import LARGEST_CELL, RawRow, Remarks
from implementor.foundation.words import Phrase, say

LONGEST_LINE = 16_000_000  # characters held at once; a longer line is no table row
_STAND_IN = "\x1f"  # stands for a delimiter of several characters, which the csv module cannot take

# The csv module's limit is one for the whole process, so it is set once, where the limit is defined.
csv.field_size_limit(LARGEST_CELL)


@dataclass(frozen=True)
class Form:
    """How a delimited file is written; `terminator` is a mark before the line end that closes records, or ""."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    terminator: str = ""
    preamble: int = 0  # lines such as `sep=;` that only tell the delimiter

    def dialect(self) -> dict[str, Any]:
        """Arguments of csv.reader."""
        single = len(self.delimiter) == 1
        return {
            "delimiter": self.delimiter if single else _STAND_IN,
            "quotechar": self.quote or None,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "escapechar": self.escape,
            "doublequote": self.escape is None,
            "skipinitialspace": False,
        }


def records(path: Path, encoding: Encoding, form: Form, remarks: Remarks) -> Iterator[RawRow]:
    """The file's records in order; one that cannot be read is handed on with its problem."""
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as stream:
        for _ in range(form.preamble):
            stream.readline()
        yield from parsed(stream, form, remarks)


def parsed(stream: TextIO, form: Form, remarks: Remarks) -> Iterator[RawRow]:
    """The records of an open text; line numbers start after the form's preamble."""
    lines = _Lines(stream, form, remarks)
    if form.terminator:
        yield from _terminated(lines, form)
        return
    reader = csv.reader(lines, **form.dialect())
    count = 0
    while True:
        start = lines.begin_record()
        problem: Phrase | None = None
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            lines.skip_rest_of_record()
            problem = _too_big(start)
        if lines.overlong:
            problem = _too_big(start)
        elif problem is None and lines.unclosed():
            problem = _unclosed(start, lines.number)
            cells = cells[:1]
        count += 1
        yield RawRow(start, list(cells), count, problem)


def _terminated(lines: _Lines, form: Form) -> Iterator[RawRow]:
    """Records that end with a mark of their own; between delimiters everything is the cell, quotes and lines too."""
    count = 0
    while True:
        start = lines.begin_record()
        text = lines.up_to_terminator()
        if text is None:
            return
        count += 1
        yield RawRow(start, list(text.split(form.delimiter)), count, _too_big(start) if lines.overlong else None)


class _Lines:
    """Lines for csv.reader, cleaned, counted, and bounded in length."""

    def __init__(self, stream: TextIO, form: Form, remarks: Remarks) -> None:
        self._stream = stream
        self._form = form
        self._remarks = remarks
        self.number = form.preamble
        self._start = self.number + 1
        self._quotes = 0
        self._ended = False
        self.overlong = False

    def __iter__(self) -> _Lines:
        return self

    def begin_record(self) -> int:
        self._start = self.number + 1
        self._quotes = 0
        self.overlong = False
        return self._start

    def __next__(self) -> str:
        line = self._line()
        if not line:
            self._ended = True
            raise StopIteration
        if len(self._form.delimiter) > 1:
            line = line.replace(_STAND_IN, " ").replace(self._form.delimiter, _STAND_IN)
        return line

    def _line(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            return line
        self.number += 1
        if "\0" in line:
            line = line.replace("\0", "") or "\n"
            self._remarks.add("nul", self.number)
        if "\ufffd" in line:
            self._remarks.add("undecodable", self.number)
        if len(line) >= LONGEST_LINE and not line.endswith(("\n", "\r")):
            self.overlong = True
            self._drop_line()
            line = "\n"
        if self._form.quote:
            self._quotes += line.count(self._form.quote)
        return line

    def _drop_line(self) -> None:
        while (more := self._stream.readline(LONGEST_LINE)) and not more.endswith(("\n", "\r")):
            continue

    def up_to_terminator(self) -> str | None:
        """Lines joined up to the mark that closes a record; None at the end of the file."""
        parts: list[str] = []
        size = 0
        while (line := self._line()) and size <= LARGEST_CELL:
            bare = line.rstrip("\r\n")
            if bare.endswith(self._form.terminator):
                return "".join([*parts, bare[: -len(self._form.terminator)]])
            parts.append(line)
            size += len(line)
        return "".join(parts) if parts else None

    def skip_rest_of_record(self) -> None:
        """After a cell beyond the limit: read on to where its quotation closes, so that the next record is whole."""
        while self._quotes % 2 and self._line():
            continue

    def unclosed(self) -> bool:
        """Whether a quotation that spans lines ran into the end of the file."""
        return self._ended and self._quotes % 2 == 1 and self.number > self._start


def _too_big(line: int) -> Phrase:
    return say(
        "A cell of the record that begins on line %(line)s is longer than %(limit)s characters. "
        "Shorten it or attach it as a file.",
        line=line,
        limit=LARGEST_CELL,
    )


def _unclosed(start: int, end: int) -> Phrase:
    return say(
        "A quotation mark opened in the record on line %(start)s is never closed, so lines %(start)s to %(end)s "
        "cannot be told apart. Close or remove it.",
        start=start,
        end=end,
    )
