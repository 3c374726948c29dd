"""Sheets that leave the program: streamed, with formulas defused, saying what they are of, when and by whom."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

RISKY = ("=", "+", "-", "@", "\t", "\r", "\x00", "＝", "＋", "－", "＠")
"""A spreadsheet may run a cell that begins so; a quote before it keeps it text."""
IN_MEMORY = 2_000_000  # bytes of a workbook; a larger one goes to a file without a name
SHEET_ROWS = 1_048_576
LONGEST_CELL = 32_767
DATE_FORMAT = {"num_format": "yyyy-mm-dd"}
MOMENT_FORMAT = {"num_format": "yyyy-mm-dd hh:mm"}


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula; the importer takes our quote off again."""
    return "'" + text if text.startswith(RISKY) else text


def csv_lines(about: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A CSV file piece by piece: a mark for spreadsheets, a title row, the header and the rows."""
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in _with_head(about, header, rows):
        writer.writerow([_as_text(value) for value in row])
        if buffer.tell() > 32_768:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _with_head(about: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    yield [" · ".join(about)]
    yield header
    yield from rows


def _as_text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int() | float():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
    return defused(str(value))


def xlsx_file(about: Sequence[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """An XLSX file set to its beginning; text stays text, numbers and dates stay themselves.

    Rows beyond what a sheet can hold go to further sheets. `about` is a sheet of its own at the end.
    """
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller sends it and lets it go
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    book = xlsxwriter.Workbook(file, options)
    formats: dict[type, Any] = {date: book.add_format(DATE_FORMAT), datetime: book.add_format(MOMENT_FORMAT)}
    bold = book.add_format({"bold": True})
    sheet, place = None, 0
    for row in rows:
        if sheet is None or place == SHEET_ROWS:
            sheet, place = _new_sheet(book, header, bold), 1
        _write_row(sheet, place, row, formats)
        place += 1
    if sheet is None:
        _new_sheet(book, header, bold)
    colophon = book.add_worksheet()
    for line, text in enumerate(about):
        colophon.write_string(line, 0, text)
    book.close()
    file.seek(0)
    return file


def _new_sheet(book: Any, header: Sequence[str], bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header), 18)
    for column, label in enumerate(header):
        sheet.write_string(0, column, str(label), bold)
    return sheet


def _write_row(sheet: Any, place: int, row: Sequence[Any], formats: dict[type, Any]) -> None:
    for column, value in enumerate(row):
        match value:
            case None | "":
                continue
            case bool():
                sheet.write_boolean(place, column, value)
            case int() | float() | Decimal():
                sheet.write_number(place, column, float(value))
            case datetime():
                sheet.write_datetime(place, column, value, formats[datetime])
            case date():
                sheet.write_datetime(place, column, datetime(value.year, value.month, value.day), formats[date])  # noqa: DTZ001 - a day has no zone
            case _:
                sheet.write_string(place, column, str(value)[:LONGEST_CELL])
