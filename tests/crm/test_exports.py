"""Records that leave as a file and come back: known by their key, and nothing is changed by the journey."""

import json
from pathlib import Path

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields, set_reaches
from implementor.crm.accounts.models import Account
from implementor.exchange.records.declaring import record_imports
from implementor.foundation.access import Reach
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import working
from tests.crm.builders import START, Company, company
from tests.crm.examples import add_examples
from tests.crm.importing import counts, imported

KINDS = ("account", "contact", "product", "opportunity")


def exported(here: Company, kind: str, file: Path, who: str = "crm_admin") -> str:
    answer = here.app.test_cli_runner().invoke(
        args=["export", kind, "-o", str(file), "--as", here.people[who].email], catch_exceptions=False
    )
    return str(answer.output)


def world(app: Flask) -> Company:
    """One record of each kind, with texts that a sheet could misread."""
    here = company(app)
    firm = here.add("account", "crm_admin", name="=Aceros, S.L.", revenue="1250.50 USD", phone="+34 912 345 678")
    here.add("account", "crm_admin", name="Hija", parent=firm, website="https://x.example", description="a\n b;c")
    here.add("contact", "crm_admin", last_name="de la Torre", first_name="Ana", email="a@x.example", account=firm)
    here.add("contact", "crm_admin", last_name="Sola", phone="600 111 222", birthday="1980-02-03")
    here.add("product", "crm_admin", code="007", name="Bomba", price="12 JPY", cost="1 EUR")
    here.add("opportunity", "crm_admin", name="Venta", account=firm, amount="1000", close_on="2026-05-01")
    return here


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_goes_out_and_comes_back_changes_nothing(app: Flask, tmp_path: Path, kind: str, form: str) -> None:
    here = world(app)
    file = tmp_path / f"{kind}.{form}"
    told = exported(here, kind, file)
    report = imported(here, kind, file)
    assert counts(report) == (0, 0, report["read"], 0), report["reasons"]
    assert f"Written: {report['read']} " in told


def test_every_kind_comes_back_unchanged_also_where_it_is_with_namesakes(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    with here.working("crm_admin") as session:
        for twin in range(2):
            add_examples(session, here.by("crm_admin"), START, f"twin {twin}")
    here.add("contact", "crm_admin", first_name="Ana", last_name="Contact twin 0")
    faults = {}
    for kind in sorted(record_imports):
        file = tmp_path / f"{kind}.csv"
        exported(here, kind, file)
        report = imported(here, kind, file)
        if report["read"] < 2 or counts(report) != (0, 0, report["read"], 0):
            faults[kind] = (counts(report), report["reasons"])
    assert faults == {}


def test_a_change_made_in_the_sheet_comes_back(app: Flask, tmp_path: Path) -> None:
    here = world(app)
    file = tmp_path / "out.csv"
    exported(here, "account", file)
    file.write_text(file.read_text(encoding="utf-8").replace("Hija", "Filial"), encoding="utf-8")
    assert counts(imported(here, "account", file)) == (0, 1, 1, 0)
    assert here.titles("account", "crm_admin") == {"=Aceros, S.L.", "Filial"}


def test_a_person_takes_away_what_that_person_sees(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    here.add("opportunity", "seller", name="Mine")
    here.add("opportunity", "elsewhere", name="Theirs")
    file = tmp_path / "out.csv"
    exported(here, "opportunity", file, "elsewhere")
    text = file.read_text(encoding="utf-8")
    assert "Theirs" in text
    assert "Mine" not in text
    assert "may not" in exported(here, "account", tmp_path / "no.csv", "stranger")
    assert not (tmp_path / "no.csv").exists()


def test_the_file_holds_neither_hidden_fields_nor_records_that_were_put_out_of_reach(
    app: Flask, tmp_path: Path
) -> None:
    here = world(app)
    with working(app) as session:
        set_fields(session, "opportunity", {(Role.CRM_USER, "amount"): "hide"}, by=SYSTEM, at=START)
        set_reaches(session, {("account", Role.CRM_USER): (Reach.OWN, Reach.OWN)}, by=SYSTEM, at=START)
    here.add("account", "seller", name="Mine")
    here.add("opportunity", "seller", name="Mine too", amount="977 JPY")
    for kind in ("account", "opportunity"):
        exported(here, kind, tmp_path / f"{kind}.csv", "seller")
    accounts, sales = ((tmp_path / f"{kind}.csv").read_text(encoding="utf-8") for kind in ("account", "opportunity"))
    assert "Mine" in accounts
    assert "Hija" not in accounts
    assert "Mine too" in sales
    assert "977" not in sales
    assert "JPY" not in sales


def test_keys_of_another_installation_mean_nothing_here(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    here.add("account", "crm_admin", name="Aceros")
    file = tmp_path / "out.csv"
    file.write_text("External id,Name\n01234567/account/1,Otros\n", encoding="utf-8")
    assert counts(imported(here, "account", file)) == (1, 0, 0, 0)
    assert here.stored(Account, 1).name == "Aceros"


def test_without_a_file_it_is_written_to_the_standard_output(app: Flask) -> None:
    here = company(app)
    here.add("account", "crm_admin", name="Aceros")
    by = here.people["crm_admin"].email
    answer = here.app.test_cli_runner().invoke(args=["export", "account", "--format", "json", "--as", by])
    assert [one["name"] for one in json.loads(answer.stdout)] == ["Aceros"]
