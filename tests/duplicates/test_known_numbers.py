"""A number that one record bears is not given to another by an edit, a field, a file or a restored record either."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.history.models import Action
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts
from tests.machinery.pages import Page

NUMBER, SPELLED = "ESB12345678", "es-b 1234567 8"
FILE = "Customer ID,Company,VAT number\n"


def two(app: Flask) -> tuple[Company, int, int]:
    """An account with a tax number, and one without."""
    here = company(app)
    return here, here.add("account", name="Talleres Pérez", tax_id=NUMBER), here.add("account", name="Bodegas Duero")


def numbers(here: Company) -> dict[str, str | None]:
    with reading(here.app) as session:
        found = session.execute(select(Account.name, Account.tax_id).where(Account.archived_at.is_(None)))
        return {row.name: row.tax_id for row in found}


def form_of(here: Company, who: str, record_id: int, place: str) -> Page:
    return here.browser(who).get(f"/records/account/{record_id}/{place}")


@pytest.mark.parametrize("place", ["edit", "fields/tax_id/edit"])
def test_an_edit_is_refused_with_a_link_and_a_manager_may_say_why(app: Flask, place: str) -> None:
    here, known, other = two(app)
    answer = form_of(here, "seller", other, place).form("Save").submit({"tax_id": SPELLED}, status=409)
    assert answer.links["Talleres Pérez"].endswith(f"/crm/accounts/{known}")
    assert "Why must there be a second one?" not in answer.text
    asked = form_of(here, "manager", other, place).form("Save").submit({"tax_id": SPELLED}, status=409)
    assert numbers(here) == {"Talleres Pérez": NUMBER, "Bodegas Duero": None}
    asked.form("Save").submit({"anyway_reason": "One company, two plants"})
    assert numbers(here)["Bodegas Duero"] == SPELLED
    with reading(app) as session:
        assert any("One company, two plants" in str(one.summary) for one in session.scalars(select(Action)))
    again = form_of(here, "seller", known, "edit").form("Save").submit({"city": "Soria"})
    assert "is saved" in again.text, "what was there already is not asked about again"


def test_a_record_whose_number_was_given_to_another_comes_back_by_a_manager(app: Flask) -> None:
    here, known, other = two(app)
    here.browser().get(f"/crm/accounts/{known}")
    seller, manager = here.browser(), here.browser("manager")
    seller.get(f"/crm/accounts/{known}")
    seller.post(f"/records/account/{known}/archive")
    here.change("account", other, tax_id=NUMBER)
    seller.get(f"/crm/accounts/{known}")
    refused = seller.post(f"/records/account/{known}/restore", status=409)
    assert "Bodegas Duero is here already" in refused.text
    manager.get(f"/crm/accounts/{known}")
    manager.post(f"/records/account/{known}/restore")
    assert set(numbers(here).values()) == {NUMBER}


def test_rows_without_keys_find_their_record_by_any_spelling(app: Flask, tmp_path: Path) -> None:
    here, _known, _other = two(app)
    report = brought_in(here, "account", tmp_path, f"Company,VAT number,City\nPérez,{SPELLED},Soria\n")
    assert counts(report) == (0, 1, 0, 0), report["reasons"]
    assert set(numbers(here)) == {"Pérez", "Bodegas Duero"}


def test_a_file_gives_no_known_number_away_unless_it_is_wanted(app: Flask, tmp_path: Path) -> None:
    here, _known, _other = two(app)
    brought_in(here, "account", tmp_path, FILE + f"1,Talleres Pérez,{NUMBER}\n2,Bodegas Duero,\n")
    later = FILE + f"2,Bodegas Duero,{SPELLED}\n3,Third,ESB00000007\n4,Fourth,ES B00000007\n5,Fifth,{NUMBER}\n"
    for options in (("--dry-run",), ()):
        report = brought_in(here, "account", tmp_path, later, "erp.csv", *options)
        assert counts(report) == (1, 0, 0, 3)
        told = [(one["row"], one["column"], one["message"].replace("Third", "Row 3")) for one in report["reasons"]]
        assert [row for row, _column, _message in told] == [2, 4, 5]
        assert {column for _row, column, _message in told} == {"Tax number"}
        assert told[0][2] == "Talleres Pérez bears this number already."
    wanted = brought_in(here, "account", tmp_path, later, "erp.csv", "--take-doubles")
    assert counts(wanted) == (2, 1, 1, 0)
    assert wanted["remarks"] == ["3 rows have numbers that other records bear, and were taken all the same."]
    assert counts(brought_in(here, "account", tmp_path, later)) == (0, 0, 4, 0), "what is here is nobody's new claim"
