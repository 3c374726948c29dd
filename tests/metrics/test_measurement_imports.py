"""Metrics and measurements from files: exact figures, only ever added, the same file twice, and the way back."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from flask import Flask
from sqlalchemy import select

from implementor.metrics.models import Measurement, Metric
from implementor.metrics.queries import measurements_of
from tests.auth.builders import reading
from tests.exchange.registers import Register, became
from tests.metrics.builders import Aim, aim

MEASURED = (
    "Indicador;Fecha;Valor;Fuente\nSales cycle;31/01/2026;48,1234;Informe de enero\n"
    "Sales cycle;28/02/2026;45,5;Informe de febrero\nClosing rate;28/02/2026;24,5 %;CRM\n"
)


@pytest.fixture
def here(app: Flask) -> Aim:
    """A project that measures its cycle in days and its closing in per cent."""
    found = aim(app)
    found.metric()
    found.metric(name="Closing rate", unit="percent", direction="up", baseline=Decimal(20), target=Decimal(30))
    return found


@pytest.fixture
def register(here: Aim, tmp_path: Path) -> Register:
    """The measurements of the project."""
    return Register(here.app, here.project_id, here.by(), "measurement", tmp_path)


def standing(here: Aim) -> dict[tuple[str, str], tuple[Decimal | None, str | None]]:
    """What stands: (metric, day) -> value and evidence."""
    found: dict[tuple[str, str], tuple[Decimal | None, str | None]] = {}
    with reading(here.app) as session:
        for metric in session.scalars(select(Metric)):
            for row in session.execute(measurements_of(metric_id=metric.id)):
                one: Measurement = row.Measurement
                if row.corrected_by is None and one.value is not None:
                    found[metric.name, one.measured_on.isoformat()] = (one.value, one.evidence)
    return found


def rows_kept(here: Aim) -> int:
    """How many rows there are, standing or not."""
    with reading(here.app) as session:
        return len(session.scalars(select(Measurement)).all())


def test_figures_come_in_exactly_with_their_evidence(here: Aim, register: Register) -> None:
    assert became(register.bring(register.file(MEASURED))) == (3, 0, 0, 0)
    assert standing(here) == {
        ("Sales cycle", "2026-01-31"): (Decimal("48.1234"), "Informe de enero"),
        ("Sales cycle", "2026-02-28"): (Decimal("45.5"), "Informe de febrero"),
        ("Closing rate", "2026-02-28"): (Decimal("24.5"), "CRM"),
    }
    with reading(here.app) as session:
        cycle = session.scalars(select(Metric).where(Metric.name == "Sales cycle")).one()
    assert (cycle.latest, cycle.latest_on) == (Decimal("45.5"), date(2026, 2, 28))
    assert became(register.bring(register.file(MEASURED))) == (0, 0, 3, 0)
    assert rows_kept(here) == 3


def test_a_later_file_corrects_what_an_earlier_one_said_and_nothing_is_lost(here: Aim, register: Register) -> None:
    first = register.bring(register.file(MEASURED))
    second = register.bring(register.file(MEASURED.replace("45,5", "44")))
    assert became(second) == (0, 1, 2, 0)
    assert standing(here)["Sales cycle", "2026-02-28"] == (Decimal(44), "Informe de febrero")
    assert rows_kept(here) == 4
    assert register.take_back(second).restored == 1
    assert standing(here)["Sales cycle", "2026-02-28"][0] == Decimal("45.5")
    undone = register.take_back(first)
    assert undone.restored == 2
    assert [str(reason) for _, reason in undone.kept] == ["It was changed since."]
    assert list(standing(here)) == [("Sales cycle", "2026-02-28")]


def test_taking_back_twice_and_bringing_again_are_harmless(here: Aim, register: Register) -> None:
    run = register.bring(register.file(MEASURED))
    assert register.take_back(run).restored == 3
    again = register.take_back(run)
    assert (again.restored, again.kept, standing(here)) == (0, [], {})
    assert became(register.bring(register.file(MEASURED))) == (3, 0, 0, 0)
    assert len(standing(here)) == 3


def test_what_people_wrote_down_is_not_overwritten(here: Aim, register: Register) -> None:
    with reading(here.app) as session:
        cycle = session.scalars(select(Metric.id).where(Metric.name == "Sales cycle")).one()
    here.measure(cycle, (date(2026, 2, 28), "46"), (date(2026, 1, 31), "48.1234"))
    path = register.file(MEASURED)
    assert [(row, message) for row, _, message in register.refusals(path)] == [
        (3, "Sales cycle was measured by hand on this day: 46. Correct it on its page.")
    ]
    assert became(register.bring(path)) == (1, 0, 1, 1)
    assert became(register.bring(path, filling="fill")) == (0, 0, 3, 0)


def test_each_row_that_cannot_be_taken_says_why(here: Aim, register: Register) -> None:
    rows = (
        "Nothing called so,2026-01-31,5\n", "Sales cycle,2026-01-31,5 %\n", "Sales cycle,2026-01-30,1.23456\n",
        "Sales cycle,2999-01-31,5\n", "Sales cycle,2026-01-29,\n", "Closing rate,2026-01-31,5 USD\n",
        "Sales cycle,2026-01-28,5\n", "Sales cycle,2026-01-28,5\n", "Sales cycle,2026-01-28,6\n", ",2026-01-27,5\n",
    )  # fmt: skip
    said = register.refusals(register.file("Metric,Date,Value\n" + "".join(rows)))
    assert [row for row, *_ in said] == [2, 3, 4, 5, 6, 7, 10, 11]
    wanted = (
        "nothing here is called", "not measured in per cent", "four decimals", "of today or of a day before",
        "Value is needed", "not measured in USD", "has this key already", "Metric is needed",
    )  # fmt: skip
    for (_, _, message), words in zip(said, wanted, strict=True):
        assert words in message


def test_a_sheet_that_shows_per_cents_means_them(here: Aim, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, share = book.add_worksheet(), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["KPI", "Day", "Actual"])
        sheet.write_row(1, 0, ["Closing rate", "2026-03-31"])
        sheet.write_number(1, 2, 0.245, share)
    assert became(register.bring(path)) == (1, 0, 0, 0)
    assert standing(here) == {("Closing rate", "2026-03-31"): (Decimal("24.5"), None)}


def test_metrics_come_in_and_a_falling_target_says_its_direction(here: Aim, tmp_path: Path) -> None:
    register = Register(here.app, here.project_id, here.by(), "metric", tmp_path)
    text = (
        "KPI;Unidad;Línea base;Meta;Fecha meta;Perspectiva\nTiempo de respuesta;horas;8;2,5;31/12/2026;Clientes\n"
        "Ventas;importe;100;200;31/12/2026;Financiera\nCierre;%;20;30;31/12/2026;\n"
    )
    said = register.refusals(register.file(text))
    assert [(row, message) for row, _, message in said] == [(3, "Money needs its currency.")]
    run = register.bring(register.file(text))
    assert became(run) == (2, 0, 0, 1)
    assert became(register.bring(register.file(text))) == (0, 0, 2, 1)
    with reading(here.app) as session:
        found = {one.name: one for one in session.scalars(select(Metric))}
    speed, closing = found["Tiempo de respuesta"], found["Cierre"]
    assert (speed.direction, speed.unit, speed.target, speed.perspective) == (
        "down",
        "hours",
        Decimal("2.5"),
        "customer",
    )
    assert (closing.direction, closing.unit) == ("up", "percent")
    assert register.take_back(run).restored == 2
