"""Builds small files of every kind and opens them as the importer does."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Cell, Source, SourceHints
from implementor.exchange.story_headers import KNOWN_HEADERS

KNOWN = SourceHints(known_headers=KNOWN_HEADERS)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def opened(folder: Path, content: str | bytes, name: str = "file.csv", hints: SourceHints = KNOWN) -> Source:
    """A file of this content, opened under this name."""
    path = folder / "upload"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_source(path, filename=name, hints=hints)


def cells(source: Source) -> list[list[Cell]]:
    """The cells of every row, refused ones too."""
    return [row.cells for row in source.rows()]


def labels(source: Source) -> list[str]:
    return [column.label_unique for column in source.columns]


def workbook(rows: Sequence[Any], merges: tuple[str, ...] = (), **options: Any) -> bytes:
    """An Excel workbook of one sheet; a merged block keeps the value of its first cell, as Excel does."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, **options})
    sheet = book.add_worksheet("Backlog")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    for block in merges:
        first = block.split(":")[0]
        column, line = ord(first[0]) - 65, int(first[1:]) - 1
        value = rows[line][column] if line < len(rows) and column < len(rows[line]) else ""
        sheet.merge_range(block, value)
    book.close()
    return stream.getvalue()


def repacked(archive: bytes, changes: dict[str, bytes]) -> bytes:
    """The same archive with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return stream.getvalue()


def part_of(archive: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened_archive:
        return opened_archive.read(name)


def open_document(table: str) -> bytes:
    """An OpenDocument spreadsheet of one sheet whose rows are given as XML."""
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}office:1.0" '
        f'xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Hoja1">{table}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def text_cell(text: str, attributes: str = "") -> str:
    """A text cell of an OpenDocument sheet."""
    return (
        f'<table:table-cell office:value-type="string"{attributes}><text:p>{escape(text)}</text:p></table:table-cell>'
    )
