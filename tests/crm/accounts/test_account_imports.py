"""Accounts from files: recognised, linked with their groups, changed as their source changed, taken back as a whole."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.configuration.models import PicklistValue
from implementor.crm.accounts.models import Account
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.exchange.real_data import real

SHEET = """Account ID,Company,Sector,Parent,Annual revenue,Country
A1,Iberia Steel,Manufacturing,Iberia Group,"1.250,50",España
A2,Duero Foods,agri-food,,900,España
A3,Iberia Group,,,,
"""


def bring_in(here: Company, tmp_path: Path, text: str, name: str = "erp.csv", *options: str) -> Mapping[str, Any]:
    """Import a file of accounts by its command; the report."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return imported(here, file, *options)


def imported(here: Company, file: Path, *options: str) -> Mapping[str, Any]:
    arguments = ["import", "account", str(file), "--json", "--as", here.people["crm_admin"].email, *options]
    answer = here.app.test_cli_runner().invoke(args=arguments)
    report: Mapping[str, Any] = json.loads(answer.stdout)
    return report


def counts(report: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return report["created"], report["updated"], report["unchanged"], report["refused"]


def named(here: Company, name: str) -> Account:
    with reading(here.app) as session:
        return session.scalars(select(Account).where(Account.name == name)).one()


def test_a_file_becomes_accounts_linked_with_their_groups_in_any_order(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    assert counts(bring_in(here, tmp_path, SHEET)) == (3, 0, 0, 0)
    steel, group = named(here, "Iberia Steel"), named(here, "Iberia Group")
    assert (steel.parent_id, steel.industry, steel.revenue_amount, steel.currency) == (
        group.id,
        "manufacturing",
        125050,
        "EUR",
    )


def test_a_word_that_a_list_does_not_have_is_added_to_it(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    bring_in(here, tmp_path, SHEET)
    assert named(here, "Duero Foods").industry == "agri_food"
    with reading(app) as session:
        labels = session.scalars(select(PicklistValue.label_en).where(PicklistValue.key == "agri_food")).all()
    assert labels == ["agri-food"]


def test_the_same_file_again_changes_nothing_and_a_later_one_changes_what_changed_there(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    bring_in(here, tmp_path, SHEET)
    assert counts(bring_in(here, tmp_path, SHEET)) == (0, 0, 3, 0)
    here.change("account", named(here, "Iberia Steel").id, "crm_admin", country="Portugal")
    later = SHEET.replace("A2,Duero Foods", "A2,Duero Food Group").replace("Manufacturing", "Energy and water")
    assert counts(bring_in(here, tmp_path, later)) == (0, 2, 1, 0)
    steel = named(here, "Iberia Steel")
    assert (steel.industry, steel.country) == ("energy", "Portugal"), "what people changed stands"
    assert named(here, "Duero Food Group").name_key == "duero food group"


def test_taking_it_back_restores_what_it_changed_and_puts_away_what_it_made(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    old = here.add("account", "crm_admin", name="Duero Foods", country="France")
    report = bring_in(here, tmp_path, SHEET)
    assert counts(report) == (2, 1, 0, 0)
    assert here.stored(Account, old).country == "España"
    answer = app.test_cli_runner().invoke(args=["imports", "undo", "1", "--as", here.people["crm_admin"].email])
    assert answer.exit_code == 0, answer.output
    assert here.stored(Account, old).country == "France"
    assert here.titles("account", "crm_admin") == {"Duero Foods"}
    assert counts(bring_in(here, tmp_path, SHEET)) == (2, 1, 0, 0), "what was taken back can come again"


def test_bad_rows_are_refused_with_their_reason_and_the_rest_comes_in(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Company,Employees\nGood,12\nBad,many\n,5\nGood,13\n"
    report = bring_in(here, tmp_path, text)
    assert counts(report) == (1, 0, 0, 3)
    assert [(one["row"], one["column"]) for one in report["reasons"]] == [(3, "Employees"), (4, ""), (5, "")]


def test_only_those_who_may_import_records_do(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    file = tmp_path / "a.csv"
    file.write_text(SHEET, encoding="utf-8")
    answer = app.test_cli_runner().invoke(args=["import", "account", str(file), "--as", here.people["seller"].email])
    assert answer.exit_code == 1
    here.browser().get("/imports", status=403)
    assert "Import" in here.browser("crm_admin").get("/imports/new").heading


@pytest.mark.parametrize(
    ("name", "created", "refused"), [("maven-crm/accounts.csv", 85, 0), ("salesforce-sample/Accounts.json", 12, 0)]
)
def test_reals_come_in_whole_and_once(app: Flask, name: str, created: int, refused: int) -> None:
    here = company(app)
    assert counts(imported(here, real(name))) == (created, 0, 0, refused)
    again = imported(here, real(name))
    assert (again["created"], again["updated"]) == (0, 0)
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == created
