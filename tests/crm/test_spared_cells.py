"""Cells that cannot be read: they refuse their row, or are left out of it where the person importing wants that."""

from pathlib import Path

import pytest
from flask import Flask

from implementor.crm.contacts.models import Contact
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts
from tests.crm.test_import_pages import checked
from tests.exchange.builders import work_off

SHEET = """Contact ID,First name,Last name,E-mail,Birthday,Phone 2,Do not call
1,Ana,Vega,ana at vega,1980-02-03,,no
2,Luis,Paz,luis@paz.example,31/02/1990,12,no
3,Eva,Gil,eva@gil.example,1990-05-06,,perhaps
4,,,x@y.example,,,
"""


def stored(here: Company) -> dict[str, tuple[str | None, str]]:
    with reading(here.app) as session:
        found = session.query(Contact).all()
        return {one.name: (one.email, str(one.birthday)) for one in found}


def test_such_rows_are_refused_unless_one_asks_otherwise(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = brought_in(here, "contact", tmp_path, SHEET)
    assert counts(report) == (0, 0, 0, 4)
    assert "left_empty" not in report


def test_their_cells_are_left_empty_told_and_counted(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = brought_in(here, "contact", tmp_path, SHEET, "erp.csv", "--skip-bad-cells")
    assert counts(report) == (2, 0, 0, 2)
    assert stored(here) == {"Ana Vega": (None, "1980-02-03"), "Luis Paz": ("luis@paz.example", "None")}
    assert [(one["row"], one["column"], one["value"]) for one in report["left_empty"]] == [
        (2, "E-mail", "ana at vega"), (3, "Birthday", "31/02/1990"), (3, "Phone 2", "12"),
    ]  # fmt: skip
    assert report["remarks"] == ["3 cells could not be read and were left empty."]


def test_what_cannot_be_done_without_still_refuses_the_row(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = brought_in(here, "contact", tmp_path, SHEET, "erp.csv", "--skip-bad-cells")
    wish, nobody = report["reasons"]
    assert (wish["row"], wish["column"]) == (4, "Do not call"), "a wish for no calls is not passed over"
    assert (nobody["row"], nobody["column"]) == (5, "")


def test_an_unreadable_cell_takes_nothing_away_and_a_mended_one_comes_in(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    good = SHEET.replace("ana at vega", "ana@vega.example").replace("31/02/1990", "28/02/1990").replace(",12,", ",,")
    brought_in(here, "contact", tmp_path, good)
    first = stored(here)
    assert counts(brought_in(here, "contact", tmp_path, SHEET, "erp.csv", "--skip-bad-cells")) == (0, 0, 2, 2)
    assert stored(here) == first
    later = good.replace("ana@vega.example", "ana@new.example")
    assert counts(brought_in(here, "contact", tmp_path, later))[:3] == (0, 1, 1)
    assert stored(here)["Ana Vega"][0] == "ana@new.example"


@pytest.mark.parametrize("looked_first", [True, False])
def test_a_dry_run_and_the_run_tell_the_same(app: Flask, tmp_path: Path, looked_first: bool) -> None:
    here = company(app)
    options = ("--skip-bad-cells", *(("--dry-run",) if looked_first else ()))
    report = brought_in(here, "contact", tmp_path, SHEET, "erp.csv", *options)
    assert (counts(report), len(report["left_empty"])) == ((2, 0, 0, 2), 3)


def test_the_page_of_the_check_offers_both_ways(app: Flask) -> None:
    here = company(app)
    page = checked(here, "contact", "people.csv", SHEET.encode())
    assert "2 rows are refused only for cells that they can do without" in page.text
    page = page.form("Take them and leave those cells empty").submit()
    assert "Cells that are left empty" in page.text
    assert [row["Value"] for row in page.rows("#emptied_cells table")] == ["ana at vega", "31/02/1990", "12"]
    page = page.form("Refuse these rows instead").submit()
    assert "2 rows are refused only for cells" in page.text
    page = page.form("Take them and leave those cells empty").submit()
    page.form("Import 2 rows").submit()
    work_off(app)
    report = here.browser("crm_admin").get("/imports/1").text
    assert "3 cells could not be read and were left empty." in report
    assert "ana at vega" in report
    assert set(stored(here)) == {"Ana Vega", "Luis Paz"}
