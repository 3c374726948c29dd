"""Customer files as they should not be: hostile texts, odd encodings, broken rows, and people whose consent is gone."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact, ContactEmail
from implementor.foundation.text import clean_line
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, imported, take_back
from tests.exchange.real_data import real

ENDINGS = {".csv", ".xlsx", ".xls", ".json"}
LONGEST = 100


def names(here: Company, model: type[Account] | type[Contact]) -> list[str]:
    with reading(here.app) as session:
        return list(session.scalars(select(model.name).order_by(model.id)))


@pytest.mark.parametrize("kind", ["account", "contact"])
def test_hostile_texts_are_names_like_any_other(app: Flask, tmp_path: Path, kind: str) -> None:
    here = company(app)
    texts = json.loads(real("naughty-strings/blns.json").read_text(encoding="utf-8"))
    lines = dict.fromkeys(line for text in texts if (line := clean_line(text)) and len(line) <= LONGEST)
    wanted = [line for line in lines if not line.startswith("'")]
    field = "name" if kind == "account" else "last_name"
    file = tmp_path / "hostile.json"
    file.write_text(
        json.dumps([{"external_id": f"k{at}", field: line} for at, line in enumerate(wanted)]), encoding="utf-8"
    )
    report = imported(here, kind, file)
    assert report["created"] + report["refused"] == len(wanted)
    assert {one["message"] for one in report["reasons"]} <= {"Name is needed.", "Last name is needed."}
    assert set(names(here, Account if kind == "account" else Contact)) <= set(wanted)
    assert report["created"] > 0.95 * len(wanted)
    page = here.browser().get(f"/crm/{kind}s?limit=100")
    assert "<script>alert" not in page.html


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["account", "contact"])
def test_no_file_ends_in_a_fault(app: Flask, tmp_path: Path, kind: str) -> None:
    here = company(app)
    told = tmp_path / "map.json"
    told.write_text(json.dumps({"1": "name" if kind == "account" else "last_name"}), encoding="utf-8")
    files = [path for path in sorted(real("messy").rglob("*")) if path.suffix in ENDINGS]
    assert len(files) > 40
    for path in files:
        report = imported(here, kind, path, "--map", str(told))
        assert report["created"] + report["updated"] + report["unchanged"] + report["refused"] == report["read"], path


def test_a_file_of_an_old_program_keeps_its_letters(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    file = tmp_path / "clientes.csv"
    file.write_bytes("Empresa;Población\nJamones Peña y Muñoz;Logroño\nCafé Düsseldorf;A Coruña\n".encode("cp1252"))
    assert counts(imported(here, "account", file)) == (2, 0, 0, 0)
    assert names(here, Account) == ["Jamones Peña y Muñoz", "Café Düsseldorf"]


def test_a_bad_row_in_the_middle_stops_none_of_its_neighbours(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    rows = [f"Vega {at},ana.{at}@x.example" for at in range(2400)]
    rows[1200] = "Vega 1200,nobody"
    text = "\n".join(["Last name,E-mail", *rows]) + "\n"
    report = brought_in(here, "contact", tmp_path, text)
    assert counts(report) == (2399, 0, 0, 1)
    assert report["reasons"][0]["row"] == 1202
    mended = text.replace("1200,nobody", "1200,ana.1200@x.example")
    assert counts(brought_in(here, "contact", tmp_path, mended)) == (1, 0, 2399, 0)


def test_two_people_of_one_name_at_one_company_are_two(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Full name,Company,E-mail\nAna Vega,Duero,ana@x.example\nAna Vega,Duero,anita@x.example\nAna Vega,Duero,\n"
    assert counts(brought_in(here, "contact", tmp_path, text)) == (3, 0, 0, 0)
    assert counts(brought_in(here, "contact", tmp_path, text)) == (0, 0, 3, 0)


def test_who_withdrew_consent_stays_without_advertising_when_an_old_file_comes_again(
    app: Flask, tmp_path: Path
) -> None:
    here = company(app)
    text = "Full name,E-mail,Email opt out\nAna Vega,ana@x.example,no\n"
    brought_in(here, "contact", tmp_path, text)
    with reading(app) as session:
        address = session.scalars(select(ContactEmail.id)).one()
    here.change("contact_email", address, "crm_admin", opted_out="y")
    brought_in(here, "contact", tmp_path, text.replace("Vega,", "Vega Paz,"), "newer.csv")
    assert here.stored(ContactEmail, address).is_opted_out


def test_a_change_that_is_taken_back_leaves_what_people_did_since(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Account ID,Company,City\n1,Duero,Soria\n2,Ebro,Logroño\n"
    brought_in(here, "account", tmp_path, text)
    brought_in(here, "account", tmp_path, text.replace("Soria", "Madrid").replace("Logroño", "Haro"))
    with reading(app) as session:
        first, second = session.scalars(select(Account.id).order_by(Account.id))
    here.change("account", second, "crm_admin", city="Calahorra")
    take_back(here)
    assert [here.stored(Account, each).city for each in (first, second)] == ["Soria", "Calahorra"]


def test_an_amount_of_twenty_digits_is_refused_by_name(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Opportunity,Amount,Currency\nLarge,12345678901234567890,EUR\nFine,12,EUR\nOdd,5,XXX\n"
    report = brought_in(here, "opportunity", tmp_path, text)
    assert counts(report) == (1, 0, 0, 2)
    assert [one["column"] for one in report["reasons"]] == ["Amount", "Currency"]
