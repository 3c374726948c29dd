"""What every reader hands on: a source with named columns that streams rows, or a refusal that says the way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from implementor.foundation.errors import Refusal
from implementor.foundation.words import Phrase, say, say_n

Cell = str | int | float | date | bool | None

LARGEST_FILE = 500_000_000  # bytes; refused before a byte is read
LARGEST_CELL = 1_048_576  # characters; a longer cell refuses its row
MOST_COLUMNS = 16_384  # what spreadsheet programs can hold
SAMPLE_ROWS = 200  # rows looked at to find the header and to suggest a mapping


class UnreadableFile(Refusal):
    """A file cannot be read at all: `reason` says what is wrong, `place` where (or None), `way_out` what to do."""

    def __init__(self, reason: Phrase, *, way_out: Phrase, place: Phrase | None = None) -> None:
        super().__init__(reason)
        self.place = place
        self.way_out = way_out

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.reason, self.place, self.way_out) if part is not None)


@dataclass(frozen=True)
class SourceHints:
    """What a person said about the file; None leaves the question to the content.

    `header_rows` are row numbers as seen in the file, () says that there is no header. `known_headers` are
    folded column names that speak for a row being the header. `takes_totals`: rows that add up the others are records.
    """

    kind: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_rows: tuple[int, ...] | None = None
    known_headers: frozenset[str] = frozenset()
    largest_file: int = LARGEST_FILE
    takes_totals: bool = False


@dataclass(frozen=True)
class Merge:
    """A merged block of a sheet; rows and columns count from 1 and both ends are included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class RawRow:
    """A row as it stands in the file, before headers; `number` is what a person sees, `record` counts rows from 1."""

    number: int
    cells: list[Cell]
    record: int = 0
    problem: Phrase | None = None

    @property
    def blank(self) -> bool:
        return self.problem is None and all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True)
class Column:
    """A column: position from 0, name as written ("" where blank), a label no other column has, sample cells."""

    index: int
    name: str
    label_unique: str
    samples: tuple[Cell, ...] = ()


@dataclass(slots=True)
class Row:
    """A row of data with one cell per column; `problem` says why it cannot be used, and then cells may be short.

    `number` is the line (CSV, text) or sheet row a person sees; `record` counts the records of the file from 1.
    """

    number: int
    cells: list[Cell]
    record: int = 0
    problem: Phrase | None = None


class Remarks:
    """Things worth telling about a file that refuse nothing, each told once with how often and where first."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def add(self, what: str, row: int) -> None:
        """Note one occurrence of `what` (a key of `_SENTENCES`) at a row."""
        self._counts[what] += 1
        self._first[what] = min(row, self._first.get(what, row))

    def forget(self) -> None:
        """Begin anew, where the file is read again."""
        self._counts.clear()
        self._first.clear()

    def phrases(self) -> list[Phrase]:
        return [_SENTENCES[what](count, self._first[what]) for what, count in self._counts.items()]


_SENTENCES: dict[str, Callable[[int, int], Phrase]] = {
    "nul": lambda count, row: say_n(
        "%(count)s row held NUL characters, which were removed; see row %(row)s.",
        "%(count)s rows held NUL characters, which were removed; the first is row %(row)s.",
        count,
        row=row,
    ),
    "undecodable": lambda count, row: say_n(
        "%(count)s row holds characters that could not be read; see row %(row)s.",
        "%(count)s rows hold characters that could not be read; the first is row %(row)s.",
        count,
        row=row,
    ),
    "outside": lambda count, row: say_n(
        "%(count)s row has values to the right of the table, which are not read; see row %(row)s.",
        "%(count)s rows have values to the right of the table, which are not read; the first is row %(row)s.",
        count,
        row=row,
    ),
    "repeated_header": lambda count, row: say_n(
        "The header is repeated in %(count)s row, which is left out; see row %(row)s.",
        "The header is repeated in %(count)s rows, which are left out; the first is row %(row)s.",
        count,
        row=row,
    ),
    "section": lambda count, row: say_n(
        "%(count)s row is a heading across the table; it is shown in the last column. See row %(row)s.",
        "%(count)s rows are headings across the table; they are shown in the last column. The first is row %(row)s.",
        count,
        row=row,
    ),
}


@dataclass
class Source:
    """A file opened: its kind, form and columns; `rows()` streams it from the start each time it is called."""

    kind: str
    filename: str
    columns: list[Column]
    stream: Callable[[], Iterator[Row]]
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()
    remarks: Remarks = field(default_factory=Remarks)
    document: Any = None

    def rows(self) -> Iterator[Row]:
        """Rows of data in the file's order; memory does not grow with their number."""
        return self.stream()

    @property
    def warnings(self) -> list[Phrase]:
        """What was noticed so far; complete once `rows()` was read to its end."""
        return self.remarks.phrases()


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing that could be read."""
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))


def empty_file() -> UnreadableFile:
    return UnreadableFile(
        say("The file is empty."), way_out=say("Export it again and check that it holds rows, then choose it here.")
    )
