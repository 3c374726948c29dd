"""Turns raw rows into a source: names the columns, fills merged cells, sets aside what is no data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from implementor.exchange.readers.headers import Layout, layout_of, name_of
from implementor.exchange.readers.source import (
    LARGEST_CELL,
    MOST_COLUMNS,
    SAMPLE_ROWS,
    Cell,
    Column,
    Merge,
    RawRow,
    Remarks,
    Row,
    Source,
    SourceHints,
    UnreadableFile,
    empty_file,
    is_blank,
)
from implementor.exchange.readers.totals import why_no_record
from implementor.foundation.words import Phrase, say

SECTION = "Section"  # the column of headings that stand across the table
_SAMPLES = 50  # distinct cells kept per column
_SAMPLE_LENGTH = 300


@dataclass
class RawTable:
    """What a reader of one format knows: how to stream raw rows and how they are merged."""

    kind: str
    stream: Callable[[], Iterator[RawRow]]
    merges: Sequence[Merge] = ()
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def positioned(self) -> bool:
        """Whether cells have a place of their own, as in sheets; in text one missing delimiter moves them all."""
        return bool(self.sheets)


def source_from(raw: RawTable, *, filename: str, hints: SourceHints) -> Source:
    """The source of a raw table; `UnreadableFile` where there is nothing to read or too many columns."""
    sample = list(islice((row for row in raw.stream() if not row.blank), SAMPLE_ROWS))
    raw.remarks = Remarks()  # the sample is read again with everything else
    if not any(row.problem is None for row in sample):
        raise _nothing(sample)
    layout = layout_of(sample, raw.merges, hints.known_headers, hints.header_rows)
    if len(layout.names) > MOST_COLUMNS:
        raise _too_wide(len(layout.names))
    table = _Table(raw, layout, takes_totals=hints.takes_totals)
    source = Source(
        kind=raw.kind,
        filename=filename,
        columns=[],
        stream=table.rows,
        sheets=raw.sheets,
        sheet=raw.sheet,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        header_rows=layout.header_rows,
        titles=layout.titles,
        remarks=raw.remarks,
    )
    source.columns = _columns(table.names, table.sampled(sample))
    return source


class _Table:
    """A raw table under its layout."""

    def __init__(self, raw: RawTable, layout: Layout, *, takes_totals: bool) -> None:
        self._raw = raw
        self._takes_totals = takes_totals
        self._layout = layout
        self._width = len(layout.names)
        self._down: dict[int, list[Merge]] = defaultdict(list)
        self._sections: set[int] = set()
        self._band = 0  # a heading right above the header, which is the first section where there are more
        for merge in raw.merges:
            self._place(merge)
        self.names = layout.names + ([SECTION] if self._sections else [])

    def _place(self, merge: Merge) -> None:
        across = merge.top == merge.bottom and merge.right - merge.left + 1 >= max(2, 0.6 * self._width)
        if across and merge.top + 1 in self._layout.header_rows[:1]:
            self._band = merge.top
        if merge.top <= self._layout.last_header or merge.left > self._width:
            return
        if across:
            self._sections.add(merge.top)
        elif merge.bottom > merge.top:
            for number in range(merge.top, merge.bottom + 1):
                self._down[number].append(merge)

    def rows(self) -> Iterator[Row]:
        self._raw.remarks.forget()
        return self._data(self._raw.stream(), self._raw.remarks)

    def sampled(self, sample: Sequence[RawRow]) -> list[Row]:
        return list(self._data(iter(sample), Remarks()))

    def _data(self, raw: Iterator[RawRow], remarks: Remarks) -> Iterator[Row]:
        header: list[str] | None = None
        section: Cell = None
        held: dict[int, Cell] = {}
        for row in raw:
            if row.number <= self._layout.last_header:
                header = [name_of(cell) for cell in row.cells]
                section = _heading(row) if row.number == self._band else section
                continue
            if row.number in self._sections:
                remarks.add("section", row.number)
                section = _heading(row)
                continue
            cells = self._filled(row, held)
            if all(map(is_blank, cells)) and row.problem is None:
                continue
            if header and _repeats(header, cells):
                remarks.add("repeated_header", row.number)
                continue
            yield self._row(row, cells, section, remarks)

    def _filled(self, row: RawRow, held: dict[int, Cell]) -> list[Cell]:
        """The row's cells with the value of a block merged downwards repeated in its first column."""
        cells = row.cells
        for merge in self._down.get(row.number, ()):
            if row.number == merge.top:
                held[merge.left] = cells[merge.left - 1] if merge.left <= len(cells) else None
            elif not is_blank(held.get(merge.left)):
                cells = cells + [None] * (merge.left - len(cells))
                cells[merge.left - 1] = held[merge.left]
        return cells

    def _row(self, row: RawRow, cells: list[Cell], section: Cell, remarks: Remarks) -> Row:
        problem = row.problem
        if len(cells) != self._width:
            if len(cells) > self._width and not all(map(is_blank, cells[self._width :])):
                if self._raw.positioned:
                    remarks.add("outside", row.number)
                else:
                    problem = problem or _ragged(cells, self._width)
            if problem is None or self._raw.positioned:
                cells = cells[: self._width] + [None] * (self._width - len(cells))
        if problem is None and _longest(cells) > LARGEST_CELL:
            problem = next((_huge(cell) for cell in cells if isinstance(cell, str) and len(cell) > LARGEST_CELL), None)
        if problem is None and not self._takes_totals and self._width > 1:
            problem = why_no_record(cells)
        if self._sections:
            cells = [*cells, section]
        return Row(row.number, cells, row.record, problem)


def _longest(cells: list[Cell]) -> int:
    """The length of the longest text."""
    try:
        return max(map(len, cells), default=0)  # type: ignore[arg-type]  # cells of text files are texts
    except TypeError:
        return max((len(cell) for cell in cells if isinstance(cell, str)), default=0)


def _heading(row: RawRow) -> Cell:
    return next((cell for cell in row.cells if not is_blank(cell)), None)


def _repeats(header: list[str], cells: list[Cell]) -> bool:
    """Whether a row repeats the last header row, as printed pages do."""
    if len(cells) < 2 or name_of(cells[0]) != header[0]:
        return False
    texts = [name_of(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return len(texts) > 1 and texts == header[: len(texts)] and not any(header[len(texts) :])


def _columns(names: list[str], rows: Sequence[Row]) -> list[Column]:
    labels = unique_labels(names)
    samples: list[dict[Cell, None]] = [{} for _ in names]
    for row in rows:
        if row.problem is None:
            for kept, cell in zip(samples, row.cells, strict=False):
                if len(kept) < _SAMPLES and not is_blank(cell):
                    kept[cell[:_SAMPLE_LENGTH] if isinstance(cell, str) else cell] = None
    return [
        Column(index, name, label, tuple(kept))
        for index, (name, label, kept) in enumerate(zip(names, labels, samples, strict=True))
    ]


def unique_labels(names: Sequence[str]) -> list[str]:
    """Names made unique: Sprint, Sprint (2), ...; a blank one is called by its letter in brackets, as in [C]."""
    taken = {folded_name for name in names if (folded_name := name.casefold())}
    seen: dict[str, int] = defaultdict(int)
    labels: list[str] = []
    for index, name in enumerate(names):
        base = name or f"[{column_letters(index)}]"
        seen[base.casefold()] += 1
        label = base
        while seen[base.casefold()] > 1 and (label := f"{base} ({seen[base.casefold()]})").casefold() in taken:
            seen[base.casefold()] += 1
        labels.append(label)
        taken.add(label.casefold())
    return labels


def column_letters(index: int) -> str:
    """A column's letters as spreadsheets show them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _ragged(cells: Sequence[Cell], width: int) -> Phrase:
    return say(
        "This row has %(found)s values, the table has %(expected)s columns. Put values that contain the delimiter "
        "in quotation marks.",
        found=len(cells),
        expected=width,
    )


def _huge(cell: str) -> Phrase:
    return say(
        "A cell holds %(length)s characters, the limit is %(limit)s. Shorten it or attach it as a file.",
        length=len(cell),
        limit=LARGEST_CELL,
    )


def _nothing(sample: Sequence[RawRow]) -> UnreadableFile:
    if not sample:
        return empty_file()
    return UnreadableFile(
        sample[0].problem or say("No row of the file can be read."),
        place=say("The first is row %(row)s.", row=sample[0].number),
        way_out=say("Export the file again as CSV (UTF-8) or as an Excel workbook."),
    )


def _too_wide(found: int) -> UnreadableFile:
    return UnreadableFile(
        say("The file has %(found)s columns, the limit is %(limit)s.", found=found, limit=MOST_COLUMNS),
        way_out=say("Leave out the columns that are not needed, or choose another delimiter."),
    )
