"""Real customer files whose bad cells are left out, and files saved in UTF-16 as some systems write them."""

from pathlib import Path

import pytest
from flask import Flask

from tests.crm.builders import company
from tests.crm.importing import counts, imported
from tests.crm.test_real_imports import BUYERS, mapped
from tests.exchange.real_data import real


def in_utf16(name: str, folder: Path) -> Path:
    """A real file saved anew in UTF-16."""
    file = folder / f"utf16_{Path(name).name}"
    file.write_bytes(real(name).read_bytes().decode("utf-8").encode("utf-16"))
    return file


def test_a_customer_file_in_utf16_comes_in_whole(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    file = in_utf16("adventureworks/oltp_Store.csv", tmp_path)
    columns = mapped(tmp_path, {"columns": {"1": "external_id", "2": "name"}})
    assert counts(imported(here, "account", file, *columns)) == (701, 0, 0, 0)
    assert counts(imported(here, "account", file, *columns)) == (0, 0, 701, 0)


def test_cut_off_addresses_no_longer_keep_people_out(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    file = in_utf16("adventureworks/dw_ProspectiveBuyer.csv", tmp_path)
    report = imported(here, "contact", file, *mapped(tmp_path, {"columns": BUYERS}), "--skip-bad-cells")
    assert (counts(report), len(report["left_empty"])) == ((2059, 0, 0, 0), 105)


@pytest.mark.parametrize(
    ("kind", "name", "expected", "emptied"),
    [("contact", "people-dedupe/fake_1000.csv", (964, 0, 0, 36), 31),
     ("contact", "febrl/dataset1.csv", (1000, 0, 0, 0), 3),
     ("account", "northwind/suppliers.csv", (20, 0, 0, 9), 3)],
)  # fmt: skip
def test_rows_come_in_without_the_cells_that_are_bad(
    app: Flask, kind: str, name: str, expected: tuple[int, int, int, int], emptied: int
) -> None:
    report = imported(company(app), kind, real(name), "--skip-bad-cells")
    assert (counts(report), len(report["left_empty"])) == (expected, emptied)
    assert f"{emptied} cells could not be read and were left empty." in report["remarks"]
