"""Files built to explode, to read other files or to hide behind a password are refused with a way out."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from implementor.exchange.readers.archive import parts_of
from implementor.exchange.readers.source import UnreadableFile
from tests.exchange.readers.sources import cells, open_document, opened, part_of, repacked, text_cell, workbook

BOOK = workbook([["Key", "Title"], ["A-1", "x"], ["A-2", "y"]])
SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_to_far_more_is_refused_unread(tmp_path: Path) -> None:
    bomb = repacked(BOOK, {SHEET: b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"})
    assert len(bomb) < 200_000
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        opened(tmp_path, bomb, "bomb.xlsx")


def test_a_part_that_lies_about_its_size_is_caught_while_it_is_read(tmp_path: Path) -> None:
    book = bytearray(repacked(BOOK, {SHEET: part_of(BOOK, SHEET) + b" " * 30_000_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(book))) as archive:
        real_size = archive.getinfo(SHEET).file_size
    packed = struct.pack("<L", real_size)
    while (place := bytes(book).find(packed)) >= 0:
        book[place : place + 4] = struct.pack("<L", 1000)
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        opened(tmp_path, bytes(book), "liar.xlsx")


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="unpacks"):
        opened(tmp_path, repacked(BOOK, {f"x{i}": b"" for i in range(5001)}), "many.xlsx")


def test_two_far_corners_take_no_memory(tmp_path: Path) -> None:
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    sheet = part_of(BOOK, SHEET).replace(b"</sheetData>", corner)
    source = opened(tmp_path, repacked(BOOK, {SHEET: sheet}), "corner.xlsx")
    assert [row.number for row in source.rows()] == [2, 3, 1_048_576]


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
def test_no_part_may_name_a_file_outside(part: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret", "utf-8")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    xml = part_of(BOOK, part)
    head, _, body = xml.partition(b"?>")
    changed = repacked(BOOK, {part: head + b"?>" + declared + body.replace(b"x</t>", b"&e;</t>")})
    with pytest.raises(UnreadableFile, match="document type declaration"):
        cells(opened(tmp_path, changed, "xxe.xlsx"))


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{i} "{"&e" + str(i - 1) + ";" if i else "x"}&e{i - 1};">' for i in range(1, 30))
    xml = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&e29;</x>".encode()
    with pytest.raises(UnreadableFile, match="document type declaration"):
        opened(tmp_path, repacked(open_document(""), {"content.xml": xml}), "laughs.ods")


def test_repeated_cells_of_an_open_document_are_bounded(tmp_path: Path) -> None:
    cell = text_cell("x", ' table:number-columns-repeated="900"')
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(UnreadableFile, match="unpacks to far more"):
        cells(opened(tmp_path, open_document(row), "bomb.ods"))


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(UnreadableFile, match="without a password"):
        opened(tmp_path, ole, "secret.xlsx")


@pytest.mark.parametrize("cut", [30, 200, 3000])
def test_a_torn_workbook_is_refused_as_damaged(cut: int, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"save it again as \.xlsx"):
        opened(tmp_path, BOOK[:cut], "torn.xlsx")


def test_broken_xml_and_old_damage_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        cells(opened(tmp_path, repacked(BOOK, {SHEET: b"<worksheet><sheetData><row>"}), "broken.xlsx"))
    with pytest.raises(UnreadableFile, match="damaged"):
        opened(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls")


def test_another_kind_of_archive_is_named(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="another kind of document"):
        opened(tmp_path, stream.getvalue(), "letter.docx")


def test_parts_are_found_whatever_their_case(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(BOOK)
    parts = parts_of(path)
    assert parts.read("XL/Workbook.xml") == part_of(BOOK, "xl/workbook.xml")
    with pytest.raises(UnreadableFile, match="damaged"):
        parts.read("xl/none.xml")
