"""The budget as a grid: lines by months of one kind of amount, with what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class GridRow:
    """One line with its amounts by month, in its own currency; `total` is of all months, shown or not."""

    line: Any
    amounts: Mapping[date, int]
    total: int


@dataclass(frozen=True)
class Grid:
    """Rows under their months; `sums` adds the rows of each currency up: currency -> month -> minor units."""

    months: Sequence[date]
    rows: Sequence[GridRow]
    sums: Mapping[str, Mapping[date, int]]

    def total(self, currency: str) -> int:
        """What all months of all lines in a currency add up to."""
        return sum(row.total for row in self.rows if row.line.currency == currency)


def months_of_year(year: int) -> list[date]:
    """The first days of its twelve months."""
    return [date(year, month, 1) for month in range(1, 13)]


def grid_of(lines: Sequence[Any], amounts: Iterable[Any], months: Sequence[date]) -> Grid:
    """The grid of lines (id, currency) and amounts (line_id, month, amount)."""
    of_line: dict[int, dict[date, int]] = defaultdict(dict)
    totals: dict[int, int] = defaultdict(int)
    shown = set(months)
    for one in amounts:
        if one.amount is None:
            continue
        totals[one.line_id] += one.amount
        if one.month in shown:
            of_line[one.line_id][one.month] = one.amount
    rows = [GridRow(line, of_line[line.id], totals[line.id]) for line in lines]
    sums: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        for month, amount in row.amounts.items():
            sums[row.line.currency][month] += amount
    return Grid(months, rows, sums)
