"""Lines of quotes from files: in the currency of their quote, added up, known again, and only while it is open."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.services.access import set_fields
from implementor.crm.quotes.models import Quote, QuoteLine
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import reading, working
from tests.crm.builders import START, Company, company
from tests.crm.importing import brought_in, counts, take_back

QUOTES = "Quote number,Customer,Quote date,Currency\nP-1,Duero,2026-01-05,USD\nP-2,Vega,2026-01-06,JPY\n"
LINES = """Line ID,Quote,SKU,Description,Qty,Unit price,Discount,VAT
1,P-1,PUMP,Water pump,3,90.50,10%,0.21
2,P-1,,Fitting,1,20,,
3,P-2,PUMP,,2,700,,10 %
"""
SPANISH = "Cotización;Concepto;Cantidad;Precio unitario;Moneda\nP-1;Montaje;1,5;1.200,50;USD\n"


def offered(app: Flask, folder: Path) -> Company:
    here = company(app)
    assert counts(brought_in(here, "quote", folder, QUOTES, "quotes.csv")) == (2, 0, 0, 0)
    return here


def sums(here: Company) -> dict[str, tuple[int | None, int | None, str | None]]:
    with reading(here.app) as session:
        rows = session.execute(select(Quote.number, Quote.net_amount, Quote.total_amount, Quote.currency))
        return {number: (net, total, currency) for number, net, total, currency in rows}


def test_lines_come_in_are_added_up_and_known_again(app: Flask, tmp_path: Path) -> None:
    here = offered(app, tmp_path)
    report = brought_in(here, "quote_line", tmp_path, LINES, "lines.csv")
    assert counts(report) == (3, 0, 0, 0), report["reasons"]
    assert sums(here) == {"P-1": (26435, 31566, "USD"), "P-2": (1400, 1540, "JPY")}
    with reading(app) as session:
        assert set(session.scalars(select(QuoteLine.name))) == {"Water pump", "Fitting"}
    assert counts(brought_in(here, "quote_line", tmp_path, LINES, "lines.csv")) == (0, 0, 3, 0)
    later = LINES.replace("Fitting,1,20", "Fitting,2,20")
    assert counts(brought_in(here, "quote_line", tmp_path, later, "lines.csv")) == (0, 1, 2, 0)
    assert sums(here)["P-1"] == (28435, 33566, "USD")
    take_back(here)
    assert sums(here)["P-1"] == (26435, 31566, "USD")
    totals = "Quote number,Customer,Quote date,Currency,Total\nP-1,Duero,2026-01-05,USD,1\n"
    brought_in(here, "quote", tmp_path, totals, "quotes.csv")
    assert sums(here)["P-1"] == (26435, 31566, "USD"), "lines say it better"


def test_a_spanish_sheet_without_keys_comes_in_once(app: Flask, tmp_path: Path) -> None:
    here = offered(app, tmp_path)
    for expected in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert counts(brought_in(here, "quote_line", tmp_path, SPANISH, "lineas.csv")) == expected
    assert sums(here)["P-1"] == (180075, 180075, "USD")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("9,P-3,,Pump,1,5,,", "nothing here is called P-3"),
        ("9,P-1,,Pump,0,5,,", "Quantity"),
        ("9,P-1,,,1,5,,", "Neither a product nor a text"),
        ("9,P-1,,Pump,1,5 EUR,,", "The quote is in USD"),
        ("9,P-1,,Pump,1,,,", "is needed"),
    ],
)  # fmt: skip
def test_bad_rows_are_refused_with_their_reason(app: Flask, tmp_path: Path, row: str, reason: str) -> None:
    here = offered(app, tmp_path)
    report = brought_in(here, "quote_line", tmp_path, LINES + row + "\n", "lines.csv")
    assert counts(report) == (3, 0, 0, 1)
    assert reason in report["reasons"][0]["message"]


def test_a_quote_that_became_an_order_gets_no_lines(app: Flask, tmp_path: Path) -> None:
    here = offered(app, tmp_path)
    order = here.add("order", "crm_admin", currency="USD")
    with here.working("crm_admin") as session:
        session.scalars(select(Quote).where(Quote.number == "P-1")).one().order_id = order
    report = brought_in(here, "quote_line", tmp_path, LINES, "lines.csv")
    assert counts(report) == (1, 0, 0, 2)
    assert "became an order" in report["reasons"][0]["message"]


@pytest.mark.parametrize("kind", ["quote", "order"])
def test_whoever_does_not_see_sums_brings_in_no_lines(app: Flask, tmp_path: Path, kind: str) -> None:
    offered(app, tmp_path)
    with working(app) as session:
        set_fields(session, kind, {(Role.CRM_MANAGER, "total"): "hide"}, by=SYSTEM, at=START)
    file = tmp_path / "lines.csv"
    file.write_text(LINES.replace("Quote", kind.title()), encoding="utf-8")
    answer = app.test_cli_runner().invoke(args=["import", f"{kind}_line", str(file), "--as", "manager@vega.example"])
    assert answer.exit_code == 1
    assert "No column fills" in answer.stderr
