"""Reads the dates and moments of a file's columns once it is known how each column writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from implementor.exchange.kinds import Setup
from implementor.exchange.moments import DateStyle, day_of, moment_of
from implementor.exchange.readers.source import Cell, Row

MOST_MOMENTS = 50_000
_NUMBERS = re.compile(r"\d[-/. ]\d{1,2}[-/. ]\d{2}")
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")


class Dates:
    """The columns of a file that hold dates, and whether the day comes first in each.

    What all rows show is learned once and stored with the run, so that its parts agree.
    """

    def __init__(self, setup: Setup, columns: Sequence[int]) -> None:
        self.setup = setup
        self.zone = ZoneInfo(setup.options.time_zone)
        self.dated = list(columns)
        self._moments: dict[tuple[int, Cell], datetime | None] = {}
        self.styles = {column: DateStyle() for column in self.dated}
        for column in self.dated:
            for cell in setup.source.columns[column].samples:
                self._see(column, cell)

    def undecided(self) -> bool:
        """Whether a column writes dates in numbers and its first cells do not show whether the day comes first."""
        return "day_first" not in self.setup.learned and any(
            self.styles[column].day_first is None
            and any(_NUMERIC_DATE.match(str(cell)) for cell in self.setup.source.columns[column].samples)
            for column in self.dated
        )

    def see(self, row: Row) -> None:
        """Take one row into account."""
        cells = row.cells
        for column in self.dated:
            if column < len(cells) and cells[column]:
                self._see(column, cells[column])

    def _see(self, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            text = cell.partition(";")[0]  # a comment of Jira begins with its date
            if _NUMBERS.search(text):  # a month with a name says nothing of the order
                self.styles[column].see(text)

    def learned(self) -> dict[str, Any]:
        """What was seen, to be stored: column -> whether the day comes first; columns that do not say follow others."""
        said = [style.day_first for style in self.styles.values() if style.day_first is not None]
        usual = said[0] if said and all(one == said[0] for one in said) else None
        return {
            str(column): style.day_first if style.day_first is not None else usual
            for column, style in self.styles.items()
        }

    def day_first(self, column: int) -> bool | None:
        """Whether the day comes first in a column; None where nothing shows it."""
        known: dict[str, bool | None] = self.setup.learned.get("day_first") or {}
        style = self.styles.get(column)
        return known.get(str(column), style.day_first if style is not None else None)

    def moment(self, column: int, cell: Cell) -> datetime | None:
        """A moment in UTC; without a zone of its own it is taken in the importer's."""
        known = (column, cell)
        if known not in self._moments:
            if len(self._moments) > MOST_MOMENTS:
                self._moments.clear()
            self._moments[known] = self._read_moment(column, cell)
        return self._moments[known]

    def _read_moment(self, column: int, cell: Cell) -> datetime | None:
        found = moment_of(cell, day_first=self.day_first(column))
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=self.zone)).astimezone(UTC)

    def day(self, column: int, cell: Cell) -> date | None:
        """A day, as it is written."""
        return day_of(cell, day_first=self.day_first(column))
