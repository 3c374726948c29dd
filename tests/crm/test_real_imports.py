"""Files of real customer systems, taken as they are: what comes in, what is refused and why, and nothing twice."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.accounts.models import Account
from implementor.crm.opportunities.models import LineItem, Opportunity, StageEvent
from implementor.crm.products.models import Product
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import counts, imported
from tests.exchange.real_data import real

PIPELINE = {"columns": {}, "meanings": {"product": {"GTXPro": "GTX Pro"}}}
RESELLERS = {
    "1": "external_id", "3": "", "4": "phone", "5": "type", "6": "name", "7": "employees", "13": "street",
    "15": "revenue", "20": "founded",
}  # fmt: skip
BUYERS = {
    "1": "external_id", "3": "first_name", "5": "last_name", "6": "birthday", "9": "email", "14": "job_title",
    "17": "street", "19": "city", "20": "region", "21": "postcode", "22": "phone", "23": "salutation",
}  # fmt: skip


def mapped(folder: Path, told: Mapping[str, Any]) -> tuple[str, str]:
    """The option that hands the command these columns and meanings."""
    file = folder / "map.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    return "--map", str(file)


def count_of(here: Company, model: Any, *conditions: Any) -> int:
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def twice(here: Company, kind: str, name: str, *options: str) -> tuple[int, int, int, int]:
    """What a file makes; the same file again makes and changes nothing."""
    first = imported(here, kind, real(name), *options)
    again = imported(here, kind, real(name), *options)
    assert (again["created"], again["updated"], again["refused"]) == (0, 0, first["refused"]), again["reasons"][:3]
    return counts(first)


FILES = [
    ("account", "maven-crm/accounts.csv", {}, (85, 0, 0, 0)),
    ("product", "maven-crm/products.csv", {}, (7, 0, 0, 0)),
    ("contact", "salesforce-sample/Contact_Data.csv", {}, (12, 0, 0, 0)),
    ("account", "salesforce-sample/Accounts.json", {}, (12, 0, 0, 0)),
    ("contact", "salesforce-sample/Contacts.json", {}, (12, 0, 0, 0)),
    ("account", "northwind/customers.csv", {}, (67, 0, 0, 24)),
    ("account", "northwind/suppliers.csv", {}, (17, 0, 0, 12)),
    ("product", "northwind/products.csv", {"columns": {"categoryID": "", "supplierID": ""}}, (77, 0, 0, 0)),
    ("account", "adventureworks/dw_DimReseller.csv", {"columns": RESELLERS}, (701, 0, 0, 0)),
    ("account", "adventureworks/oltp_Store.csv", {"columns": {"1": "external_id", "2": "name"}}, (701, 0, 0, 0)),
    ("contact", "adventureworks/dw_ProspectiveBuyer.csv", {"columns": BUYERS}, (1954, 0, 0, 105)),
    ("contact", "febrl/dataset1.csv", {}, (997, 0, 0, 3)),
    ("contact", "people-dedupe/fake_1000.csv", {}, (933, 0, 0, 67)),
]


@pytest.mark.parametrize(("kind", "name", "told", "expected"), FILES, ids=[name for _kind, name, *_more in FILES])
def test_a_real_file_comes_in_once(
    app: Flask, tmp_path: Path, kind: str, name: str, told: Mapping[str, Any], expected: tuple[int, int, int, int]
) -> None:
    here = company(app)
    assert twice(here, kind, name, *(mapped(tmp_path, told) if told else ())) == expected


def sold(here: Company, folder: Path) -> Mapping[str, Any]:
    """The accounts, products and sales of the Maven files; the report of the sales."""
    for kind, name in (("account", "accounts"), ("product", "products")):
        imported(here, kind, real(f"maven-crm/{name}.csv"))
    return imported(here, "opportunity", real("maven-crm/sales_pipeline.csv"), *mapped(folder, PIPELINE))


@pytest.mark.slow
def test_sales_come_in_with_stage_days_account_and_what_was_sold(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    report = sold(here, tmp_path)
    assert counts(report) == (8800, 0, 0, 0)
    assert count_of(here, Product) == 7 + 3, "GTXPro was explained once; the three series are groups"
    assert count_of(here, LineItem) == 8800
    assert count_of(here, Opportunity, Opportunity.account_id.is_(None)) == 1425
    assert count_of(here, Opportunity, Opportunity.owner_id.is_(None)) == 8800, "nobody here is called like the agents"
    by_status = {
        status: count_of(here, Opportunity, Opportunity.status == status) for status in ("won", "lost", "open")
    }
    assert by_status == {"won": 4238, "lost": 2473, "open": 2089}
    assert count_of(here, StageEvent) == 2 * (4238 + 2473) + 2089
    assert count_of(here, Account) == 85
    again = imported(here, "opportunity", real("maven-crm/sales_pipeline.csv"), *mapped(tmp_path, PIPELINE))
    assert counts(again) == (0, 0, 8800, 0)


def test_a_sale_that_was_closed_keeps_the_days_of_its_source(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    head, first, *_rest = real("maven-crm/sales_pipeline.csv").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "sales_pipeline.csv"
    file.write_text(f"{head}\n{first}\n", encoding="utf-8")
    assert counts(imported(here, "opportunity", file)) == (1, 0, 0, 0)
    with reading(app) as session:
        made = session.scalars(select(Opportunity)).one()
        facts = session.scalars(select(StageEvent).order_by(StageEvent.at)).all()
    assert (made.name, made.status, made.amount, str(made.close_on)) == (
        "Cancity · GTX Plus Basic", "won", 105400, "2017-03-01",
    )  # fmt: skip
    assert [(str(fact.at.date()), fact.status) for fact in facts] == [("2016-10-20", "open"), ("2017-03-01", "won")]


def test_there_is_no_kind_for_a_list_of_sellers_and_the_command_names_those_there_are(app: Flask) -> None:
    here = company(app)
    arguments = ["import", "seller", str(real("maven-crm/sales_teams.csv")), "--as", here.people["crm_admin"].email]
    answer = here.app.test_cli_runner().invoke(args=arguments)
    assert answer.exit_code == 2
    assert all(kind in answer.output for kind in ("account", "contact", "opportunity", "product"))
