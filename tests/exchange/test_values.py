"""Cells are read as their fields need them, or refused with the value and the way out."""

import contextlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.exchange import values, vocabulary
from implementor.exchange.moments import day_of, moment_of, style_of
from implementor.exchange.readers.opening import open_source
from implementor.exchange.readers.source import Cell
from implementor.exchange.values import UnreadableValue
from tests.exchange.readers.sources import KNOWN
from tests.exchange.real_data import real

APRIL = "2026-04-11T10:48:00"


@pytest.mark.parametrize(
    "text",
    [
        "11/abr/26 10:48 AM", "11/Apr/26 10:48 AM", "11/abr./26 10:48 a. m.", "2026-04-11 10:48", "2026-04-11T10:48:00",
        "11 de abril de 2026 10:48", "April 11, 2026, 10:48 AM", "sáb, 11 abr 2026 10:48:00", "11.04.2026 10:48",
        "11/04/2026 10:48", "Sat Apr 11 10:48:00 2026", "11-abr-26 10:48", "2026/04/11 10:48", 46123.45,
    ],
)  # fmt: skip
def test_a_moment_is_read_in_every_style(text: Cell) -> None:
    assert moment_of(text) == datetime.fromisoformat(APRIL)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("06/abr/26 12:55 AM", "2026-04-06T00:55"), ("06/abr/26 12:55 PM", "2026-04-06T12:55"),
        ("22/Sep/25 9:26 AM", "2025-09-22T09:26"), ("1/set/25", "2025-09-01"), ("martes, 14 mar 2026", "2026-03-14"),
        ("20140501", "2014-05-01"), ("31/12/99", "1999-12-31"), ("04/13/26", "2026-04-13"), ("46123", "2026-04-11"),
        ("2026-04-11T10:48:00.000+0200", "2026-04-11T10:48+02:00"), ("2026-04-11T10:48:00Z", "2026-04-11T10:48+00:00"),
        (date(2026, 4, 11), "2026-04-11"), ("NULL", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_odd_dates_are_read(text: Cell, read: str | None) -> None:
    assert moment_of(text) == (datetime.fromisoformat(read) if read else None)


@pytest.mark.parametrize("text", ["Hoy 10:48", "31/02/2026", "2026", 2026, "12:30", "x", "99/99/9999", True, "1/1/1"])
def test_what_is_no_date_is_refused_with_its_value(text: Cell) -> None:
    with pytest.raises(UnreadableValue, match="is not a date") as refused:
        moment_of(text)
    assert values.shown(text) in str(refused.value)


def test_day_or_month_first_is_decided_by_the_whole_column() -> None:
    american = style_of(["04/05/2026", "04/25/2026", None, 46123])
    assert american.day_first is False
    assert day_of("04/05/2026", day_first=american.day_first) == date(2026, 4, 5)
    assert style_of(["04/05/2026", "25/04/2026"]).day_first is True
    assert style_of(["04/05/2026"]).day_first is None
    assert day_of("04/05/2026") == date(2026, 5, 4)


@settings(deadline=None)
@given(st.datetimes(datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("2068-12-31")))
def test_a_moment_written_as_jira_does_is_read_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    months = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    half = "AM" if moment.hour < 12 else "PM"
    text = f"{moment.day:02d}/{months[moment.month - 1]}/{moment:%y} {(moment.hour - 1) % 12 + 1}:{moment:%M} {half}"
    assert moment_of(text) == moment
    assert moment_of(moment.isoformat(sep=" ")) == moment


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("1.234", "1234"), ("0,5", "0.5"), (".5", "0.5"),
        ("3 000", "3000"), ("$ 1,200.50", "1200.50"), ("(12)", "-12"), ("25 %", "0.25"), ("-3", "-3"), (2.5, "2.5"),
        ("0.125", "0.125"), ("1'000", "1000"), ("−4", "-4"), ("1e3", "1000"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_both_writings(text: Cell, number: str) -> None:
    assert values.number_of(text) == Decimal(number)


def test_one_separator_is_read_as_its_column_writes_decimals() -> None:
    column: list[Cell] = ["12,5", "3", "1,234"]
    comma = values.decimal_comma(column)
    assert comma is True
    assert values.number_of("1,234", comma=comma) == Decimal("1.234")
    assert values.decimal_comma(["12.5"]) is False
    assert values.decimal_comma(["1.234"]) is None


@pytest.mark.parametrize("text", ["abc", "1.2.3", "1,23,45", "1e999", "9" * 30, True, "12 horas", float("inf")])
def test_what_is_no_number_is_refused(text: Cell) -> None:
    with pytest.raises(UnreadableValue, match="not a number"):
        values.number_of(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("3 Puntos", "3"),
        ("5 pts", "5"),
        ("8.0", "8"),
        ("2,5 puntos", "2.5"),
        ("Puntos: 3", "3"),
        ("½", "0.5"),
        (13, "13"),
    ],
)
def test_points_are_read_with_their_unit(text: Cell, points: str) -> None:
    assert values.points_of(text) == Decimal(points)


@pytest.mark.parametrize(
    ("text", "says"), [("XL", "is a size"), ("-1", "no number of points"), ("12 horas", "no number")]
)
def test_sizes_and_other_units_are_refused_as_points(text: str, says: str) -> None:
    with pytest.raises(UnreadableValue, match=says):
        values.points_of(text)


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [values.truth_of(text) for text in ("Sí", "yes", "X", "verdadero", 1)] == [True] * 5
    assert [values.truth_of(text) for text in ("No", "falso", "", None, "0")] == [False, False, None, None, False]
    with pytest.raises(UnreadableValue, match="neither yes nor no"):
        values.truth_of("quizás")


def test_people_lists_lines_and_comments_fall_into_their_parts() -> None:
    assert values.person_of("Ana Ruiz <Ana@Firma.es>") == ("Ana Ruiz", "ana@firma.es")
    assert values.person_of("charles.green") == ("charles.green", None)
    assert values.list_of("crm; ventas, caja ;crm") == ["crm", "ventas, caja"]
    assert values.list_of("crm, ventas") == ["crm", "ventas"]
    assert values.lines_of("- uno\n 2) dos\n\n[x] tres\n• 3 clientes") == ["uno", "dos", "tres", "3 clientes"]
    assert values.comment_of("27/mar/26 3:55 PM;7120:87f;Bien; muy\nbien") == values.Comment(
        "27/mar/26 3:55 PM", "7120:87f", "Bien; muy\nbien"
    )
    assert values.comment_of("Sólo; texto; suelto") == values.Comment(None, "", "Sólo; texto; suelto")
    assert values.attachment_of("27/mar/26 5:32 PM;7120;a; b.png;https://x.y/1") == values.Attachment(
        "a; b.png", "https://x.y/1", "27/mar/26 5:32 PM", "7120"
    )


@pytest.mark.parametrize(
    ("name", "category", "ours"),
    [
        ("Done", None, "validated"), ("Finalizada", "Listo", "validated"), ("Hecho", None, "validated"),
        ("En curso", "En curso", "doing"), ("IN PROGRESS", None, "doing"), ("Tareas por hacer", "Por hacer", "idea"),
        ("Backlog", None, "idea"), ("Code review", None, "review"), ("En revisión", None, "review"),
        ("Esperando a marketing", "En curso", "doing"), ("Algo propio", "Done", "validated"),
        ("Won't do", "Done", "dropped"),
        ("Cancelado", None, "dropped"), ("Lista para desarrollo", None, "ready"), ("3. Doing", None, "doing"),
        ("", None, None),
    ],
)  # fmt: skip
def test_a_status_finds_ours_by_name_else_by_category(name: str, category: str | None, ours: str | None) -> None:
    assert vocabulary.status_of(name, category=category) == ours


def test_work_still_to_do_is_planned_inside_a_wave() -> None:
    assert vocabulary.status_of("To Do", in_wave=True) == "planned"
    with pytest.raises(UnreadableValue, match="Choose what it means: idea, ready"):
        vocabulary.status_of("Waiting for Godot")


def test_types_priorities_and_moscow_are_read_in_both_languages() -> None:
    assert [vocabulary.type_of(t) for t in ("Story", "Subtarea", "Epic", "Informe", "Capacitación")] == [
        "function", "function", "function", "report", "training",
    ]  # fmt: skip
    assert [vocabulary.level_of(t) for t in ("Epic", "Épica", "Sub-task", "Subtarea", "Tarea")] == [
        "epic", "epic", "subtask", "subtask", "story",
    ]  # fmt: skip
    assert [vocabulary.moscow_of(t) for t in ("Must have", "S", "Podría tener", "Won't", "Debe")] == [
        "must", "should", "could", "wont", "must",
    ]  # fmt: skip
    assert [vocabulary.priority_of(t) for t in ("Highest", "Alta", "Medium", "Baja", "Lowest", None)] == [
        1,
        2,
        3,
        4,
        5,
        None,
    ]
    for read in (vocabulary.type_of, vocabulary.moscow_of, vocabulary.priority_of):
        with pytest.raises(UnreadableValue):
            read("zzz")


@pytest.mark.parametrize("name", ["en_testautogen_apache2.csv", "es_tickets_snapshot1.csv"])
def test_every_dated_and_named_cell_of_a_real_export_is_read(name: str) -> None:
    source = open_source(real(f"jira-exports/{name}"), filename=name, hints=KNOWN)
    place = {column.label_unique: column.index for column in source.columns}
    dated = ["Created", "Updated", "Resolved", "Creada", "Actualizada", "Resuelta", "Due date"]
    for row in source.rows():
        for label in dated:
            assert label not in place or row.cells[place[label]] in {"", None} or moment_of(row.cells[place[label]])
        status, category = (place.get("Status", place.get("Estado")), place.get("Status Category"))
        assert vocabulary.status_of(row.cells[status or 0], category=row.cells[category] if category else None)
        assert vocabulary.type_of(row.cells[place.get("Issue Type", place.get("Tipo de Incidencia", 0))])


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes()))
def test_any_cell_is_read_or_refused_and_nothing_else(cell: Cell) -> None:
    for read in (
        values.number_of, values.points_of, values.truth_of, moment_of, vocabulary.status_of, vocabulary.type_of,
        vocabulary.moscow_of, vocabulary.priority_of, values.comment_of, values.attachment_of, values.person_of,
        values.list_of, values.lines_of, values.text_of,
    ):  # fmt: skip
        with contextlib.suppress(UnreadableValue):
            read(cell)
