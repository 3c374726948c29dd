"""Streams the sheets of an Excel workbook (.xlsx, .xlsm): values of formulas, dates, merged blocks, row numbers."""

from __future__ import annotations

import re
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from implementor.exchange.readers.archive import Parts, damaged
from implementor.exchange.readers.number_formats import DATE, as_share, styles_of
from implementor.exchange.readers.source import MOST_COLUMNS, Cell, Merge, RawRow
from implementor.exchange.readers.xml_events import Start, attribute, walk, walk_whole

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*["\']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["\']'
)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, the part that holds it, and whether people see it."""

    name: str
    part: str
    visible: bool


class Workbook:
    """An Excel workbook whose rows are read as they are asked for; shared texts and styles are held."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._old_dates = False
        self.sheets = self._listed()
        self._texts = Texts.of(parts) if "xl/sharedstrings.xml" in parts else Texts()
        self._styles = styles_of(parts) if "xl/styles.xml" in parts else []

    def _listed(self) -> list[Sheet]:
        targets: dict[str, str] = {}
        found: list[Sheet] = []

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                targets[attributes.get("Id", "")] = _part(attributes.get("Target", ""))

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                part = targets.get(attribute(attributes, "id") or "", "")
                if part in self._parts and "worksheet" in part:
                    visible = attributes.get("state", "visible") == "visible"
                    found.append(Sheet(attributes.get("name", ""), part, visible))
            elif name == "workbookPr":
                self._old_dates = attributes.get("date1904", "0") in {"1", "true"}

        _each(self._parts, "xl/_rels/workbook.xml.rels", relation)
        _each(self._parts, "xl/workbook.xml", sheet)
        if not found:
            raise damaged("xl/workbook.xml")
        return found

    def merges(self, sheet: Sheet) -> list[Merge]:
        """The merged blocks; they stand after the rows in the file, so they are looked for first."""
        found: list[Merge] = []
        tail = b""
        for chunk in self._parts.chunks(sheet.part):
            block = tail + chunk
            end = 0
            for match in _MERGE.finditer(block):
                left, top, right, bottom = match.groups()
                found.append(Merge(int(top), column_of(left.decode()), int(bottom), column_of(right.decode())))
                end = match.end()
            tail = block[max(end, len(block) - 400) :]
        return found

    def rows(self, sheet: Sheet) -> Iterator[RawRow]:
        """The sheet's rows that are not empty."""
        ready: deque[RawRow] = deque()
        walker = _SheetWalker(self._texts, self._styles, self._old_dates, ready)
        chunks = self._parts.chunks(sheet.part)
        for _ in walk(chunks, sheet.part, start=walker.start, end=walker.end, text=walker.text):
            while ready:
                yield ready.popleft()


class Texts:
    """The shared texts of a workbook in one block of bytes, for a million of them as objects would be too many."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    @classmethod
    def of(cls, parts: Parts) -> Texts:
        """The texts of a workbook."""
        texts = cls()
        walker = _TextWalker(texts)
        chunks = parts.chunks("xl/sharedStrings.xml")
        walk_whole(chunks, "xl/sharedStrings.xml", start=walker.start, end=walker.end, text=walker.text)
        return texts

    def append(self, text: str) -> None:
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, index: int) -> str:
        if not 0 <= index < len(self._ends) - 1:
            return ""
        return self._bytes[self._ends[index] : self._ends[index + 1]].decode()


class _TextWalker:
    """Collects shared texts, of which each may come in pieces of different type; phonetic readings are left out."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._pieces: list[str] = []
        self._phonetic = 0
        self._taking = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._pieces.clear()
        elif name == "t":
            self._taking = not self._phonetic
        elif name == "rPh":
            self._phonetic += 1

    def end(self, name: str) -> None:
        if name == "si":
            self._texts.append(unescaped("".join(self._pieces)))
        elif name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic -= 1

    def text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)


class _SheetWalker:
    """Collects the cells of each row as the XML goes by."""

    def __init__(self, texts: Texts, styles: list[str], old_dates: bool, ready: deque[RawRow]) -> None:
        self._texts = texts
        self._styles = styles
        self._epoch = datetime(1904, 1, 1) if old_dates else datetime(1899, 12, 30)  # noqa: DTZ001 a sheet has no zone
        self._ready = ready
        self._row = 0
        self._column = 0
        self._cells: list[Cell] = []
        self._type = ""
        self._style = 0
        self._taking = False
        self._value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v" or (name == "t" and self._type == "inlineStr"):
            self._taking = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = 0
            self._cells = []

    def _open_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        self._column = column_of(letters) if letters else self._column + 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdecimal() else 0
        self._value.clear()

    def text(self, data: str) -> None:
        if self._taking:
            self._value.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._taking = False
        elif name == "c" and self._value and self._column <= MOST_COLUMNS:
            self._cells.extend([None] * (self._column - 1 - len(self._cells)))
            self._cells[self._column - 1 :] = [self._read("".join(self._value))]
        elif name == "row" and self._cells:
            self._ready.append(RawRow(self._row, self._cells, self._row))

    def _read(self, raw: str) -> Cell:
        if self._type == "s":
            return self._texts[int(raw)] if raw.strip().isdecimal() else ""
        if self._type in {"str", "inlineStr"}:
            return unescaped(raw)
        if self._type == "b":
            return raw.strip() in {"1", "true"}
        if self._type == "e":
            return raw
        if self._type == "d":
            return _iso(raw)
        return self._number(raw)

    def _number(self, raw: str) -> Cell:
        try:
            number = float(raw)
        except ValueError:
            return raw
        shown = self._styles[self._style] if self._style < len(self._styles) else ""
        if shown:
            return moment_of(number, self._epoch) if shown == DATE else as_share(number)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number


def moment_of(serial: float, epoch: datetime) -> Cell:
    """A date (or HH:MM below one day) of a serial day number; the number itself where no calendar has that day."""
    if not 0 <= serial < 2_958_466:
        return serial
    if serial < 1:
        minutes = round(serial * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    moment = epoch + timedelta(days=int(serial), seconds=round(serial % 1 * 86_400))
    if epoch.year == 1899 and serial < 60:
        moment += timedelta(days=1)  # Lotus, and so Excel, believes in 29 February 1900
    return moment.date() if not serial % 1 else moment


def _iso(raw: str) -> Cell:
    try:
        moment = datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw
    return moment if "T" in raw else moment.date()


def _each(parts: Parts, part: str, start: Start) -> None:
    walk_whole(parts.chunks(part), part, start=start, end=lambda _: None, text=lambda _: None)


def _part(target: str) -> str:
    """A part's name from a relationship's target, which is absolute or relative to xl/."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"


@lru_cache(maxsize=MOST_COLUMNS)
def column_of(letters: str) -> int:
    """The number of a column from 1: A is 1, AA is 27; 0 where there are no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """Text with `_x000D_` escapes of Excel undone."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
