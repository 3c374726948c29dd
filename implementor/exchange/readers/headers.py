"""Finds the header of a table: below titles, over one or several rows, with merged cells, or absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from implementor.exchange.readers.cells import look_of
from implementor.exchange.readers.source import Cell, Merge, RawRow, is_blank
from implementor.foundation.text import clean_line, folded

_DEEPEST = 30  # nonblank rows in which a header may begin
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Layout:
    """Where the table's parts are, as row numbers of the file, and its column names ("" where blank)."""

    header_rows: tuple[int, ...]
    names: list[str]
    titles: tuple[str, ...] = ()

    @property
    def last_header(self) -> int:
        return self.header_rows[-1] if self.header_rows else 0


def layout_of(
    sample: Sequence[RawRow],
    merges: Sequence[Merge] = (),
    known: frozenset[str] = frozenset(),
    chosen: tuple[int, ...] | None = None,
) -> Layout:
    """The layout that the first rows of a file suggest, or the one a person chose (`chosen` row numbers)."""
    rows = [row for row in sample if not row.blank and row.problem is None]
    if chosen is not None:
        picked = [row for row in rows if row.number in chosen]
        return _layout(rows, picked, merges)
    place = _header_place(rows, merges, known)
    if place is None:
        return Layout((), [""] * _width(rows))
    return _layout(rows, _whole_header(rows, place, merges, known), merges)


def _layout(rows: list[RawRow], header: list[RawRow], merges: Sequence[Merge]) -> Layout:
    if not header:
        return Layout((), [""] * _width(rows))
    above = [row for row in rows if row.number < header[0].number]
    below = [row for row in rows if row.number > header[-1].number]
    names = _names(header, merges)
    width = max(len(names), _usual_width(below) if below else 0)
    titles = tuple(" ".join(text for cell in row.cells if (text := name_of(cell))) for row in above)
    return Layout(tuple(row.number for row in header), names + [""] * (width - len(names)), titles)


def _header_place(rows: list[RawRow], merges: Sequence[Merge], known: frozenset[str]) -> int | None:
    """Position of the last header row among the rows: the first that can be one, or a later one known better."""
    usual = median(_filled(row) for row in rows)
    fit: list[int] = []
    data_seen = False
    for place, row in enumerate(rows[:_DEEPEST]):
        if not _can_be_header(row, usual, merges) or (data_seen and _known(row, known) < 2):
            continue
        if _is_data(row, rows[place + 1 : place + 60], known):
            data_seen = True
        else:
            fit.append(place)
    if not fit:
        return None
    best = max(fit, key=lambda place: (_known(rows[place], known), -place))
    return best if _known(rows[best], known) >= _known(rows[fit[0]], known) + 2 else fit[0]


def _can_be_header(row: RawRow, usual: float, merges: Sequence[Merge]) -> bool:
    """Whether a row is as full as the table's rows and holds names by their length; titles are neither."""
    spanned = [merge.right - merge.left + 1 for merge in merges if merge.top == row.number]
    if _filled(row) == 1 and max(spanned, default=1) > 1:
        return False
    texts = [name_of(cell) for cell in row.cells if not is_blank(cell)]
    if len(texts) < min(2, usual) or len(texts) < usual * 0.5:
        return False
    if texts[0].startswith("#") and len(texts) == 1 and len(texts[0]) > 2:
        return False
    return all(len(text) <= _LONGEST_NAME for text in texts)


def _is_data(row: RawRow, below: Sequence[RawRow], known: frozenset[str]) -> bool:
    """Whether a row is one of the data rows rather than their header, judged column by column."""
    if _known(row, known) >= max(1, _filled(row) * 0.3):
        return False
    looks = [look_of(cell) for cell in row.cells]
    under = [_look_below(index, below) for index in range(len(looks))]
    if looks and looks[0] == "text" and under[0] not in {"", "text"}:
        return False
    as_value = sum(look == other and look not in {"text", "blank"} for look, other in zip(looks, under, strict=True))
    as_name = sum(
        look not in {other, "blank", "missing"} and other not in {"", "text"}
        for look, other in zip(looks, under, strict=True)
    )
    if as_value or as_name:
        return as_value >= as_name
    typed = any(look not in {"text", "blank", "missing"} for look in looks)
    return typed or any(_is_long(cell) for cell in row.cells) or _recurs(row, below)


def _look_below(index: int, below: Sequence[RawRow]) -> str:
    """What nearly every cell below looks like, "" where they differ or there are none."""
    under = Counter(look_of(row.cells[index]) for row in below if index < len(row.cells))
    del under["blank"], under["missing"]
    look, count = under.most_common(1)[0] if under else ("", 0)
    return look if count >= 0.9 * under.total() else ""


def _recurs(row: RawRow, below: Sequence[RawRow]) -> bool:
    """Whether values of this row come again in their own columns, as values do and names do not."""
    again = sum(
        any(index < len(other.cells) and other.cells[index] == cell for other in below)
        for index, cell in enumerate(row.cells)
        if not is_blank(cell)
    )
    return again >= max(1, 0.25 * _filled(row)) and again < _filled(row)


def _whole_header(rows: list[RawRow], place: int, merges: Sequence[Merge], known: frozenset[str]) -> list[RawRow]:
    """The header with the rows that belong to it: parts of merged names below, group names above."""
    first = last = place
    while last + 1 < len(rows) and _continues(rows[last], rows[last + 1], merges, known):
        last += 1
    if first > 0 and _groups(rows[first - 1], rows[first], merges):
        first -= 1
    return rows[first : last + 1]


def _continues(row: RawRow, after: RawRow, merges: Sequence[Merge], known: frozenset[str]) -> bool:
    """Whether the next row still belongs to the header: a merged name reaches into it, or names split under a group."""
    if any(look_of(cell) not in {"text", "blank"} for cell in after.cells):
        return False
    reaching = [merge for merge in merges if merge.top <= row.number and merge.bottom >= after.number]
    if any(merge.left <= len(row.cells) for merge in reaching):
        return True
    spans = [merge for merge in merges if merge.bottom == row.number and merge.right > merge.left]
    if any(_names_under(merge, after) for merge in spans) and _filled(row) > 1:
        return True
    return not merges and _known(after, known) >= 2 and _known(after, known) > _known(row, known)


def _names_under(merge: Merge, after: RawRow) -> bool:
    under = [cell for cell in after.cells[merge.left - 1 : merge.right] if not is_blank(cell)]
    return len(under) > 1 and not any(_is_long(cell) for cell in under)


def _groups(above: RawRow, row: RawRow, merges: Sequence[Merge]) -> bool:
    """Whether the row above names groups of columns; a title or a `Project: X` line does not."""
    filled = [index for index, cell in enumerate(above.cells) if not is_blank(cell)]
    if any(look_of(above.cells[index]) != "text" or _is_long(above.cells[index]) for index in filled):
        return False
    spans = [merge for merge in merges if merge.top <= above.number <= merge.bottom]
    if any(merge.right > merge.left and merge.right - merge.left + 1 < 0.9 * _filled(row) for merge in spans):
        return above.number == row.number - 1
    spread = 2 <= len(filled) <= 0.6 * _filled(row) and filled[-1] >= len(row.cells) / 2
    return not merges and spread and not any(str(above.cells[index]).strip().endswith(":") for index in filled)


def _names(header: list[RawRow], merges: Sequence[Merge]) -> list[str]:
    """One name per column: the distinct texts down the header, group names carried over their columns."""
    width = max(len(row.cells) for row in header)
    lines = [[name_of(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in header]
    lowest = lines[-1]
    for row, line in zip(header, lines, strict=True):
        if merges:
            _spread_merges(row.number, line, merges)
        elif line is not lowest:
            _spread_right(line, lowest)
    columns = [list(dict.fromkeys(part for part in parts if part)) for parts in zip(*lines, strict=True)]
    while columns and not columns[-1]:
        columns.pop()
    return [" / ".join(parts) for parts in columns]


def _spread_merges(number: int, line: list[str], merges: Sequence[Merge]) -> None:
    for merge in merges:
        if merge.top == number and merge.left <= len(line):
            for index in range(merge.left, min(merge.right, len(line))):
                line[index] = line[index] or line[merge.left - 1]


def _spread_right(line: list[str], lowest: list[str]) -> None:
    for index in range(1, len(line)):
        if not line[index] and lowest[index]:
            line[index] = line[index - 1] if lowest[index - 1] else ""


def name_of(cell: Cell) -> str:
    """A header cell as one line of text."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else clean_line(str(cell))


def _known(row: RawRow, known: frozenset[str]) -> int:
    return sum(folded(name_of(cell)) in known for cell in row.cells if not is_blank(cell)) if known else 0


def _is_long(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) > 60 and len(cell.split()) > 8


def _filled(row: RawRow) -> int:
    return sum(not is_blank(cell) for cell in row.cells)


def _extent(row: RawRow) -> int:
    return max((index + 1 for index, cell in enumerate(row.cells) if not is_blank(cell)), default=0)


def _width(rows: Sequence[RawRow]) -> int:
    return max((_extent(row) for row in rows), default=0)


def _usual_width(rows: Sequence[RawRow]) -> int:
    """The width that at least half of the rows have."""
    widths = Counter(_extent(row) for row in rows)
    reached = 0
    for width in sorted(widths, reverse=True):
        reached += widths[width]
        if reached * 2 > len(rows):
            return width
    return 0
