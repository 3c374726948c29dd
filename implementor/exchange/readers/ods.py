"""Streams the sheets of an OpenDocument spreadsheet (.ods) without unfolding what it repeats."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import datetime

from implementor.exchange.readers.archive import Parts, bomb, encrypted
from implementor.exchange.readers.number_formats import as_share
from implementor.exchange.readers.source import MOST_COLUMNS, Cell, Merge, RawRow
from implementor.exchange.readers.xml_events import attribute, walk, walk_whole

_CONTENT = "content.xml"
_MOST_ROWS = 1_048_576
_MOST_REPEATED = 5_000_000  # cells that repetition may add to a sheet
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_SPACES = {"tab": "\t", "line-break": "\n"}


class OpenSheets:
    """An OpenDocument spreadsheet; each reading walks its content anew."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        if "meta-inf/manifest.xml" in parts and b"encryption-data" in parts.read("META-INF/manifest.xml"):
            raise encrypted()
        self.names: list[str] = []
        self._merges: dict[str, list[Merge]] = {}
        walker = _Walker(None, deque())
        walk_whole(parts.chunks(_CONTENT), _CONTENT, start=walker.start, end=walker.end, text=walker.text)
        self.names = list(walker.merges)
        self._merges = walker.merges

    def merges(self, name: str) -> list[Merge]:
        """The merged blocks of a sheet."""
        return self._merges[name]

    def rows(self, name: str) -> Iterator[RawRow]:
        """The sheet's rows that are not empty."""
        ready: deque[tuple[RawRow, int]] = deque()
        walker = _Walker(name, ready)
        for _ in walk(self._parts.chunks(_CONTENT), _CONTENT, start=walker.start, end=walker.end, text=walker.text):
            while ready:
                row, times = ready.popleft()
                for number in range(row.number, row.number + times):
                    yield RawRow(number, list(row.cells), number)


class _Walker:
    """Collects the rows of one sheet (or only the names and merges of all) as the XML goes by."""

    def __init__(self, sheet: str | None, ready: deque[tuple[RawRow, int]]) -> None:
        self._sheet = sheet
        self._ready = ready
        self.merges: dict[str, list[Merge]] = {}
        self._name = ""
        self._row = self._column = 0
        self._repeat_row = self._repeat_cell = 1
        self._cells: list[Cell] = []
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._paragraphs = self._notes = self._added = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._name = attribute(attributes, "name") or str(len(self.merges) + 1)
            self.merges[self._name] = []
            self._row = 0
        elif name == "table-row":
            self._row += 1
            self._repeat_row = _times(attributes, "number-rows-repeated")
            self._column = 0
            self._cells = []
        elif name in _CELLS:
            self._cell, self._text, self._paragraphs = attributes, [], 0
            self._repeat_cell = _times(attributes, "number-columns-repeated")
            self._note_merge(attributes)
        elif name == "annotation":
            self._notes += 1
        else:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p" and not self._notes:
            if self._paragraphs:
                self._text.append("\n")
            self._paragraphs += 1
        elif name == "s":
            self._text.append(" " * _times(attributes, "c"))
        elif name in _SPACES:
            self._text.append(_SPACES[name])

    def _note_merge(self, attributes: dict[str, str]) -> None:
        down, right = _times(attributes, "number-rows-spanned"), _times(attributes, "number-columns-spanned")
        if self._sheet is None and (down > 1 or right > 1):
            top, left = self._row, self._column + 1
            self.merges[self._name].append(Merge(top, left, top + down - 1, left + right - 1))

    def text(self, data: str) -> None:
        if self._paragraphs and not self._notes:
            self._text.append(data)

    def end(self, name: str) -> None:
        if name in _CELLS:
            self._close_cell()
        elif name == "annotation":
            self._notes -= 1
        elif name == "table-row":
            if self._cells and self._name == self._sheet:
                self._ready.append((RawRow(self._row, self._cells), self._allowed(self._repeat_row, len(self._cells))))
            self._row += self._repeat_row - 1
            if self._row > 2 * _MOST_ROWS:
                raise bomb()

    def _close_cell(self) -> None:
        if self._name == self._sheet:
            value = _value(self._cell, "".join(self._text))
            if value is not None and value != "":
                self._cells.extend([None] * (min(self._column, MOST_COLUMNS) - len(self._cells)))
                self._cells.extend([value] * self._allowed(self._repeat_cell, 1))
        self._column += self._repeat_cell

    def _allowed(self, times: int, cells: int) -> int:
        self._added += (times - 1) * cells
        if self._added > _MOST_REPEATED:
            raise bomb()
        return times


def _value(cell: dict[str, str], text: str) -> Cell:
    kind = attribute(cell, "value-type") or ""
    if kind in {"float", "currency", "percentage"}:
        number = _number(attribute(cell, "value") or "", text)
        return as_share(number) if kind == "percentage" and isinstance(number, int | float) else number
    if kind == "date":
        return _date(attribute(cell, "date-value") or "", text)
    if kind == "boolean":
        return attribute(cell, "boolean-value") == "true"
    return attribute(cell, "string-value") or text


def _number(raw: str, text: str) -> Cell:
    try:
        number = float(raw)
    except ValueError:
        return text
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _date(raw: str, text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return text
    return moment if "T" in raw else moment.date()


def _times(attributes: dict[str, str], name: str) -> int:
    raw = attribute(attributes, name) or "1"
    return int(raw) if raw.isdecimal() and len(raw) < 10 else 1
