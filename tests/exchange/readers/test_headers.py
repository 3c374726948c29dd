"""The header is found below titles, over several rows, in merged cells, or is seen to be absent."""

from datetime import date
from pathlib import Path

import pytest

from implementor.exchange.readers.source import SourceHints
from tests.exchange.readers.sources import cells, labels, opened, workbook

STORIES = [["HU-01", "Registrar cliente", "3 Puntos", "Alta"], ["HU-02", "Emitir factura", "5 Puntos", "Media"]]
NAMES = ["ID", "Historia de usuario", "Estimación", "Prioridad"]


def test_title_rows_and_a_gap_above_the_header_are_titles(tmp_path: Path) -> None:
    rows = [["PRODUCT BACKLOG"], ["Proyecto:", "Tienda", "Fecha:", date(2026, 4, 11)], [], NAMES, *STORIES]
    source = opened(tmp_path, workbook(rows, ("A1:D1",)), "backlog.xlsx")
    assert (labels(source), cells(source), source.header_rows) == (NAMES, STORIES, (4,))
    assert source.titles[0] == "PRODUCT BACKLOG"
    assert [row.number for row in source.rows()] == [5, 6]


def test_titles_above_a_delimited_table_are_titles_too(tmp_path: Path) -> None:
    text = "Product backlog;;;\nVersión 3;;;\n" + "\n".join(";".join(row) for row in [NAMES, *STORIES])
    source = opened(tmp_path, text)
    assert (labels(source), cells(source), source.header_rows) == (NAMES, STORIES, (3,))


def test_group_names_over_two_rows_are_joined_with_the_names_below(tmp_path: Path) -> None:
    rows = [
        ["Historia", None, "Estimación", None], ["ID", "Título", "Puntos", "Valor"],
        ["HU-01", "Registrar cliente", 3, 80], ["HU-02", "Emitir factura", 5, 70],
    ]  # fmt: skip
    source = opened(tmp_path, workbook(rows, ("A1:B1", "C1:D1")), "backlog.xlsx")
    assert labels(source) == ["Historia / ID", "Historia / Título", "Estimación / Puntos", "Estimación / Valor"]
    assert (source.header_rows, cells(source)) == ((1, 2), rows[2:])


def test_names_merged_downwards_beside_split_ones_are_read_once(tmp_path: Path) -> None:
    rows = [
        ["ID", "Historia", "Como / Quiero / Para", None, None, "Puntos"],
        [None, None, "Como", "Quiero", "Para", None],
        ["HU-01", "Alta", "cajero", "cobrar", "cerrar caja", 3],
        ["HU-02", "Baja", "cliente", "pagar", "irme", 5],
    ]
    source = opened(tmp_path, workbook(rows, ("A1:A2", "B1:B2", "C1:E1", "F1:F2")), "backlog.xlsx")
    parts = [f"Como / Quiero / Para / {part}" for part in ("Como", "Quiero", "Para")]
    assert labels(source) == ["ID", "Historia", *parts, "Puntos"]
    assert cells(source) == rows[2:]


def test_two_row_headers_of_delimited_text_are_joined(tmp_path: Path) -> None:
    text = "Historia;;Estimación;\nID;Título;Puntos;Valor\nHU-01;Registrar;3;80\nHU-02;Emitir;5;70\n"
    source = opened(tmp_path, text)
    assert labels(source) == ["Historia / ID", "Historia / Título", "Estimación / Puntos", "Estimación / Valor"]


def test_cells_merged_downwards_repeat_their_value_in_every_row(tmp_path: Path) -> None:
    rows = [["Épica", "Historia", "Puntos"], ["Ventas", "Cobrar", 3], [None, "Devolver", 5], ["Stock", "Contar", 2]]
    source = opened(tmp_path, workbook(rows, ("A2:A3",)), "backlog.xlsx")
    assert cells(source) == [["Ventas", "Cobrar", 3], ["Ventas", "Devolver", 5], ["Stock", "Contar", 2]]


def test_headings_across_the_table_become_a_column_of_their_own(tmp_path: Path) -> None:
    rows = [NAMES, ["ÉPICA 1: Clientes"], STORIES[0], ["ÉPICA 2: Facturas"], STORIES[1]]
    source = opened(tmp_path, workbook(rows, ("A2:D2", "A4:D4")), "backlog.xlsx")
    assert labels(source) == [*NAMES, "Section"]
    assert [row[-1] for row in cells(source)] == ["ÉPICA 1: Clientes", "ÉPICA 2: Facturas"]


def test_a_heading_right_above_the_header_is_the_first_section(tmp_path: Path) -> None:
    rows = [["SPRINT 1"], NAMES, STORIES[0], ["SPRINT 2"], NAMES, STORIES[1]]
    source = opened(tmp_path, workbook(rows, ("A1:D1", "A4:D4")), "backlog.xlsx")
    assert cells(source) == [[*STORIES[0], "SPRINT 1"], [*STORIES[1], "SPRINT 2"]]


@pytest.mark.parametrize(
    "text",
    [
        "HU-01;Registrar;3\nHU-02;Emitir;5\n",
        "Registrar un cliente nuevo;3;Alta\nEmitir factura;5;Media\nCobrar;1;Alta\n",
    ],
)
def test_a_file_without_header_keeps_every_row(text: str, tmp_path: Path) -> None:
    source = opened(tmp_path, text)
    assert source.header_rows == ()
    assert labels(source) == ["[A]", "[B]", "[C]"]
    assert len(cells(source)) == text.count("\n")


def test_a_person_may_choose_the_header_or_say_there_is_none(tmp_path: Path) -> None:
    text = "a;b\nc;d\ne;f\n"
    assert labels(opened(tmp_path, text, hints=SourceHints(header_rows=(2,)))) == ["c", "d"]
    assert len(cells(opened(tmp_path, text, hints=SourceHints(header_rows=())))) == 3


def test_known_names_far_down_win_over_a_row_that_only_could_be_a_header(tmp_path: Path) -> None:
    rows = [["Equipo", "Ventas", "Sede", "Lima"], ["Jefe", "Ana", "Turno", "Tarde"], NAMES, *STORIES]
    assert labels(opened(tmp_path, workbook(rows), "b.xlsx")) == NAMES
