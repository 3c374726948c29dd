"""Reads workbooks of old Excel (.xls), which are small by their format and held in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from implementor.exchange.readers.archive import damaged, encrypted
from implementor.exchange.readers.source import Cell, Merge, RawRow


class OldWorkbook:
    """An .xls workbook."""

    def __init__(self, path: Path) -> None:
        try:
            self._book = CalamineWorkbook.from_path(str(path))
        except PasswordError as error:
            raise encrypted() from error
        except CalamineError as error:
            raise encrypted() if "password" in str(error).lower() else damaged(path.name) from error

    @property
    def names(self) -> list[str]:
        return list(self._book.sheet_names)

    def merges(self, name: str) -> list[Merge]:
        """The merged blocks of a sheet."""
        blocks = self._sheet(name).merged_cell_ranges or []
        return [Merge(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in blocks]

    def rows(self, name: str) -> Iterator[RawRow]:
        """The sheet's rows."""
        sheet = self._sheet(name)
        if sheet.start is None:
            return
        shift: list[Cell] = [None] * sheet.start[1]  # rows begin at the sheet's top, cells at its first used column
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield RawRow(number, shift + [_cell(cell) for cell in cells], number)

    def _sheet(self, name: str) -> Any:
        try:
            return self._book.get_sheet_by_name(name)
        except CalamineError as error:
            raise damaged(name) from error


def _cell(value: Any) -> Cell:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, bool | int | date):
        return value
    return str(value) or None if value is not None else None
