"""Decides from a file's content which reader opens it, and says clearly when none can."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from implementor.exchange.readers import documents
from implementor.exchange.readers.archive import encrypted, parts_of
from implementor.exchange.readers.delimited import Form, records
from implementor.exchange.readers.dialects import SAMPLE, form_of
from implementor.exchange.readers.encodings import Encoding, encoding_of
from implementor.exchange.readers.fixed import cuts_of, fixed_rows
from implementor.exchange.readers.headers import name_of
from implementor.exchange.readers.ods import OpenSheets
from implementor.exchange.readers.plain import COLUMNS, lines_of
from implementor.exchange.readers.source import (
    Cell,
    RawRow,
    Remarks,
    Source,
    SourceHints,
    UnreadableFile,
    empty_file,
    is_blank,
)
from implementor.exchange.readers.table import RawTable, source_from
from implementor.exchange.readers.trello import TrelloBoard
from implementor.exchange.readers.xls import OldWorkbook
from implementor.exchange.readers.xlsx import Workbook
from implementor.exchange.sentences import starts_story
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN: tuple[tuple[bytes, Phrase], ...] = (
    (b"%PDF", say("a PDF document")),
    (b"\x89PNG", say("an image")),
    (b"\xff\xd8\xff", say("an image")),
    (b"GIF8", say("an image")),
    (b"{\\rtf", say("a text document")),
    (b"\x1f\x8b", say("a packed archive")),
    (b"Rar!", say("a packed archive")),
    (b"7z\xbc\xaf", say("a packed archive")),
    (b"MZ", say("a program")),
    (b"\x7fELF", say("a program")),
    (b"SQLite format 3\0", say("a database")),
)
_PAGES = ("<!doctype html", "<html", "<?xml", "<rss")


def open_source(path: Path, *, filename: str, hints: SourceHints | None = None) -> Source:
    """Open a file as a source of rows; `UnreadableFile` says what is wrong and what to do instead.

    `filename` is the name a person knows the file by; the content decides, the name only breaks ties.
    """
    hints = hints or SourceHints()
    _check_choices(hints)
    size = path.stat().st_size
    if size > hints.largest_file:
        raise _too_large(size, hints.largest_file)
    with path.open("rb") as stream:
        head = stream.read(65_536)
    if not head.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise empty_file()
    if head.startswith(b"PK\x03\x04"):
        return _office(path, filename, hints)
    if head.startswith(_OLE):
        return _old_office(path, filename, hints)
    for mark, what in _FOREIGN:
        if head.startswith(mark):
            raise _wrong_type(filename, what)
    encoding = Encoding(hints.encoding, "replace") if hints.encoding else encoding_of(path)
    if not encoding.name.startswith(("utf-16", "utf-32")) and _is_binary(head):
        raise _wrong_type(filename, say("no text and no spreadsheet"))
    return _text(path, filename, hints, encoding)


def _check_choices(hints: SourceHints) -> None:
    """Refuse an encoding that does not exist and a delimiter that cannot cut."""
    try:
        codecs.lookup(hints.encoding or "utf-8")
    except LookupError as error:
        raise UnreadableFile(
            say("There is no encoding %(name)s.", name=hints.encoding),
            way_out=say("Choose UTF-8, Windows-1252 or UTF-16, or leave the choice to the content."),
        ) from error
    if hints.delimiter is not None and (not hints.delimiter or set(hints.delimiter) & set("\r\n\"'")):
        raise UnreadableFile(
            say("Quotation marks and line ends cannot be delimiters."),
            way_out=say("Choose a comma, a semicolon, a tab or another mark."),
        )


def _office(path: Path, filename: str, hints: SourceHints) -> Source:
    parts = parts_of(path)
    if "xl/workbook.xml" in parts:
        book = Workbook(parts)
        sheets = {sheet.name: sheet for sheet in book.sheets}
        seen = [sheet.name for sheet in book.sheets if sheet.visible] or list(sheets)
        name = _chosen_sheet(seen, hints, lambda name: book.rows(sheets[name]), all_names=list(sheets))
        raw = RawTable("xlsx", lambda: book.rows(sheets[name]), book.merges(sheets[name]), tuple(sheets), name)
        return source_from(raw, filename=filename, hints=hints)
    if "content.xml" in parts and "mimetype" in parts and b"spreadsheet" in parts.read("mimetype"):
        return _sheets("ods", OpenSheets(parts), filename, hints)
    if "xl/workbook.bin" in parts:
        raise _wrong_type(filename, say("a binary Excel workbook (.xlsb)"))
    raise _wrong_type(filename, say("a packed archive or another kind of document"))


def _old_office(path: Path, filename: str, hints: SourceHints) -> Source:
    with path.open("rb") as stream:
        if _PACKAGE in stream.read(8_000_000):
            raise encrypted()
    return _sheets("xls", OldWorkbook(path), filename, hints)


def _sheets(kind: str, book: OpenSheets | OldWorkbook, filename: str, hints: SourceHints) -> Source:
    name = _chosen_sheet(book.names, hints, book.rows, all_names=book.names)
    raw = RawTable(kind, lambda: book.rows(name), book.merges(name), tuple(book.names), name)
    return source_from(raw, filename=filename, hints=hints)


def _chosen_sheet(
    names: Sequence[str], hints: SourceHints, rows: Callable[[str], Iterator[RawRow]], *, all_names: Sequence[str]
) -> str:
    """The sheet a person chose, or the one that looks most like a table with names we know."""
    if hints.sheet in all_names and hints.sheet is not None:
        return hints.sheet
    if not names:
        raise empty_file()

    def merit(name: str) -> tuple[int, int]:
        top = [row for row in islice(rows(name), 60) if not row.blank]
        known = max((sum(folded(name_of(cell)) in hints.known_headers for cell in row.cells) for row in top), default=0)
        return (known if known > 1 else 0, min(2, len(top)))

    return max(names, key=merit)


def _text(path: Path, filename: str, hints: SourceHints, encoding: Encoding) -> Source:
    with path.open(encoding=encoding.name, errors=encoding.errors, newline="") as stream:
        sample = stream.read(SAMPLE).replace("\0", "").removeprefix("\ufeff")
    opening = sample.lstrip()[:20].lower()
    ending = Path(filename).suffix.lower()
    if opening.startswith(_PAGES) and hints.kind is None:
        raise _wrong_type(filename, say("a web page or XML"))
    if ending == ".json" or hints.kind in {"json", "trello"} or (opening[:1] in {"{", "["} and ending != ".csv"):
        try:
            return _document(path, filename, hints, encoding)
        except UnreadableFile:
            if ending == ".json" or hints.kind:
                raise
    form = _form(sample, ending, hints)
    if form is None:
        cuts = cuts_of(sample) if hints.kind is None else None
        if cuts is None:
            return _plain(path, filename, hints, encoding, sample)
        even = RawTable(
            "csv", lambda: fixed_rows(path, encoding, cuts, even.remarks), encoding=_told(encoding), remarks=Remarks()
        )
        return source_from(even, filename=filename, hints=hints)
    remarks = Remarks()
    raw = RawTable(
        "csv",
        lambda: records(path, encoding, form, raw.remarks),
        encoding=_told(encoding),
        delimiter=form.delimiter if form.delimiter != _NONE.delimiter else None,
        remarks=remarks,
    )
    return source_from(raw, filename=filename, hints=hints)


_NONE = Form(delimiter="\x1f")  # a table of one column: cut at a character that text does not hold


def _form(sample: str, ending: str, hints: SourceHints) -> Form | None:
    """The form of a table, or None for plain text."""
    if hints.kind == "text":
        return None
    table = ending in {".csv", ".tsv", ".tab"} or hints.kind == "csv"
    form = form_of(sample, chosen=hints.delimiter, least=0.2 if table else 0.8)
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    told = sum(map(starts_story, lines)) >= 0.5 * len(lines)
    if told and not hints.delimiter and (form is None or (form.delimiter == "," and '"' not in sample)):
        return None
    if form is None and table:
        return _NONE
    return form if form is None or table or hints.delimiter or len(lines) > 1 else None


def _plain(path: Path, filename: str, hints: SourceHints, encoding: Encoding, sample: str) -> Source:
    lines = [line for line in sample.splitlines()[:500] if line.strip()]
    split = any(map(starts_story, lines))
    headed = bool(lines) and folded(lines[0].strip(' "')) in hints.known_headers
    raw = RawTable(
        "text",
        lambda: _under_names(lines_of(path, encoding, raw.remarks, split=split), split=split, headed=headed),
        encoding=_told(encoding),
    )
    return source_from(raw, filename=filename, hints=_first_row_is_header(hints))


def _under_names(rows: Iterator[RawRow], *, split: bool, headed: bool) -> Iterator[RawRow]:
    """Lines under our own column names, in row 0; a heading that the file itself has is left out."""
    names: list[Cell] = list(COLUMNS if split else COLUMNS[:1])
    yield RawRow(0, names)
    yield from islice(rows, 1, None) if headed else rows


def _document(path: Path, filename: str, hints: SourceHints, encoding: Encoding) -> Source:
    document = documents.document_of(path, encoding, filename)
    board = TrelloBoard(document) if documents.is_trello(document) else None
    names, rows = board.table() if board else documents.table_of(document, filename)
    if not rows or not any(not is_blank(cell) for row in rows for cell in row):
        raise empty_file()

    def stream() -> Iterator[RawRow]:
        yield RawRow(0, list(names))
        for number, cells in enumerate(rows, start=1):
            yield RawRow(number, list(cells), number)

    raw = RawTable("trello" if board else "json", stream, encoding=_told(encoding))
    source = source_from(raw, filename=filename, hints=_first_row_is_header(hints))
    source.document = board
    return source


def _first_row_is_header(hints: SourceHints) -> SourceHints:
    return SourceHints(header_rows=(0,), known_headers=hints.known_headers, takes_totals=hints.takes_totals)


def _told(encoding: Encoding) -> str:
    """The encoding's name as people know it."""
    return {"utf-8-sig": "utf-8 (BOM)", "utf-16": "utf-16 (BOM)"}.get(encoding.name, encoding.name)


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text: more than one in twenty is a control character that text does not use."""
    controls = sum(head.count(code) for code in range(32) if code not in {0, 9, 10, 12, 13, 26, 27, 28, 29, 30, 31})
    return controls > len(head) * 0.05 or head.count(0) > len(head) * 0.2


def _too_large(size: int, limit: int) -> UnreadableFile:
    return UnreadableFile(
        say(
            "The file has %(size)s megabytes, the limit is %(limit)s.",
            size=size // 1_000_000,
            limit=limit // 1_000_000,
        ),
        way_out=say("Split it, or export fewer columns."),
    )


def _wrong_type(filename: str, what: Phrase) -> UnreadableFile:
    return UnreadableFile(
        say("%(file)s is %(what)s, not a list of records.", file=filename, what=what),
        way_out=say("Choose a CSV or text file, an Excel or OpenDocument workbook, or a Trello board in JSON."),
    )
