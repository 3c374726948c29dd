"""Workbooks of every format give the values people see, with the row numbers of the sheet."""

from datetime import date, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from implementor.exchange.readers.archive import parts_of
from implementor.exchange.readers.number_formats import SHARE, as_share, shown_by, shows_date
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import SourceHints
from implementor.exchange.readers.xlsx import Workbook, column_of, unescaped
from tests.exchange.readers.sources import (
    cells,
    labels,
    open_document,
    opened,
    part_of,
    repacked,
    text_cell,
    workbook,
)  # fmt: skip
from tests.exchange.real_data import real

HEADER = ["Key", "Title", "Points", "Due"]


def test_numbers_dates_truth_and_text_keep_their_types(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["A-1", "Título ñ 漢字", 3, date(2026, 4, 11)],
        ["A-2", True, 2.5, datetime.fromisoformat("2026-04-11T10:48")],
    ]
    source = opened(tmp_path, workbook(rows), "b.xlsx")
    assert cells(source) == rows[1:]
    assert (source.kind, source.sheets, source.sheet) == ("xlsx", ("Backlog",), "Backlog")


def test_a_formula_gives_its_value(tmp_path: Path) -> None:
    book = workbook([HEADER, ["A-1", "x", 3], ["A-2", "y", 5]])
    sheet = part_of(book, "xl/worksheets/sheet1.xml").replace(b"<v>5</v>", b"<f>SUM(1,4)</f><v>5</v>")
    assert cells(opened(tmp_path, repacked(book, {"xl/worksheets/sheet1.xml": sheet}), "b.xlsx"))[1][2] == 5


def test_inline_rich_and_escaped_texts_are_read(tmp_path: Path) -> None:
    book = workbook([HEADER, ["A-1", "seen", 1]])
    texts = part_of(book, "xl/sharedStrings.xml").replace(
        b"<si><t>seen</t></si>",
        b"<si><r><t>rich</t></r><r><t xml:space='preserve'> text_x000A_</t></r><rPh><t>no</t></rPh></si>",
    )
    sheet = part_of(book, "xl/worksheets/sheet1.xml").replace(
        b'<c r="C2"><v>1</v></c>', b'<c r="C2" t="inlineStr"><is><t>in line</t></is></c>'
    )
    changed = repacked(book, {"xl/sharedStrings.xml": texts, "xl/worksheets/sheet1.xml": sheet})
    assert cells(opened(tmp_path, changed, "b.xlsx"))[0][:3] == ["A-1", "rich text\n", "in line"]


def test_rows_are_numbered_as_in_the_sheet_and_blank_ones_left_out(tmp_path: Path) -> None:
    source = opened(tmp_path, workbook([[], HEADER, [], ["A-1", "x"], [], ["A-2", "y"]]), "b.xlsx")
    assert [row.number for row in source.rows()] == [4, 6]


def test_values_beside_the_table_are_told_and_not_read(tmp_path: Path) -> None:
    rows = [HEADER, *([f"A-{i}", "x", 1] for i in range(5)), ["A-9", "x", 1, None, None, None, "note"]]
    source = opened(tmp_path, workbook(rows), "b.xlsx")
    assert len(cells(source)[-1]) == 4
    assert "right of the table" in str(source.warnings[0])


def test_the_sheet_of_stories_is_chosen_and_a_person_may_choose_another(tmp_path: Path) -> None:
    path = real("messy/frictionless/sheets.xlsx")
    source = open_source(path, filename=path.name, hints=SourceHints(sheet="Sheet2"))
    assert (source.sheets, cells(source)) == (("Sheet1", "Sheet2", "Sheet3"), [[2, "paris"]])


@pytest.mark.parametrize(
    "name", ["merged-cells", "multiline-headers", "number-format-multicode", "sheets", "skip-rows"]
)
def test_our_reader_sees_what_another_library_sees(name: str) -> None:
    path = real(f"messy/frictionless/{name}.xlsx")
    book = Workbook(parts_of(path))
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    filled = [[cell for cell in row if cell != ""] for row in theirs]
    ours = [[cell for cell in row.cells if cell is not None] for row in book.rows(book.sheets[0])]
    assert ours == [row for row in filled if row]


def test_old_workbooks_are_read_with_their_merged_cells() -> None:
    path = real("messy/frictionless/merged-cells.xls")
    source = open_source(path, filename=path.name)
    assert (source.kind, [row.cells for row in source.rows()]) == ("xls", [["data"]])


def test_open_document_repeats_merges_and_types_are_read(tmp_path: Path) -> None:
    header = "".join(text_cell(name) for name in HEADER)
    story = (
        text_cell("Ventas", ' table:number-rows-spanned="2"') + text_cell("Cobrar")
        + '<table:table-cell office:value-type="float" office:value="3"/>'
        + '<table:table-cell office:value-type="date" office:date-value="2026-04-11"/>'
    )  # fmt: skip
    second = (
        "<table:covered-table-cell/>" + text_cell("Pagar") + '<table:table-cell table:number-columns-repeated="99"/>'
    )
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (header, story, second))
    source = opened(tmp_path, open_document(rows), "b.ods")
    assert labels(source) == HEADER
    assert cells(source) == [["Ventas", "Cobrar", 3, date(2026, 4, 11)], ["Ventas", "Pagar", None, None]]


def test_number_formats_that_show_dates_are_told_from_those_that_do_not() -> None:
    assert all(map(shows_date, ["dd/mm/yyyy", "[$-C0A]d-mmm-yy", 'yyyy"-"mm', "h:mm AM/PM", "[h]:mm"]))
    assert not any(map(shows_date, ["General", "0.00", '#,##0 "days"', "[Red]0", '0" pts"', "[$€-2] #,##0"]))
    assert [shown_by(code) for code in ("0%", "0.0%;[Red]-0.0%", '0" %"', "0.00")] == [SHARE, SHARE, "", ""]
    assert [as_share(ratio) for ratio in (0.245, 0.07, 1.0, 0.333333333333)] == [
        "24.5%",
        "7%",
        "100%",
        "33.3333333333%",
    ]


def test_column_letters_and_escapes() -> None:
    assert [column_of(letters) for letters in ("A", "Z", "AA", "XFD")] == [1, 26, 27, 16_384]
    assert unescaped("a_x000D_b_x005F_c") == "a\rb_c"
