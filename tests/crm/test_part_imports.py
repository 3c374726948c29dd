"""Prices, products held and where people work, from files: rows that join two records are recognised by the two."""

from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account, Relation
from implementor.crm.contacts.models import Contact, ContactAccount
from implementor.crm.products.models import Price, PriceList, Product
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back

LISTS = """Price Book Name;Moneda;Válida desde;Válida hasta
Retail 2026;EUR;1/1/2026;31/12/2026
Export;USD;;
Backwards;EUR;31/12/2026;1/1/2026
"""
PRICES = """Price Book,Product Code,Product Name,List Price
Retail 2026,P-1,Pump,"1.234,50"
Export,P-1,Pump,90
Export,P-2,Valve,45 EUR
Nowhere,P-2,Valve,45
"""
HELD = """Customer,Product,Status,Seats,Start date,End date
Duero Foods,Cloud,Active,12,2025-01-01,
Duero Foods,Cloud,Ended,5,2023-01-01,2024-12-31
Nuevo Molino,Cloud,On trial,1,2026-01-01,2025-01-01
"""
PLACES = """Contact,Company,Role,End date
Ana Vega,Duero Foods,Buyer,
ana@vega.example,Nuevo Molino,,2025-12-31
Nobody Known,Duero Foods,,
"""


def all_of(here: Company, model: Any) -> list[Any]:
    with reading(here.app) as session:
        return list(session.scalars(select(model).where(model.archived_at.is_(None)).order_by(model.id)))


def priced(app: Flask, folder: Path) -> Company:
    here = company(app)
    assert counts(brought_in(here, "price_list", folder, LISTS, "lists.csv")) == (2, 0, 0, 1)
    return here


def test_price_lists_come_by_name_and_keep_their_currency(app: Flask, tmp_path: Path) -> None:
    here = priced(app, tmp_path)
    retail, export = all_of(here, PriceList)
    assert (retail.currency, str(retail.valid_until), export.currency) == ("EUR", "2026-12-31", "USD")
    assert counts(brought_in(here, "price_list", tmp_path, LISTS, "lists.csv")) == (0, 0, 2, 1)
    report = brought_in(here, "price_list", tmp_path, "Name,Currency\nExport,GBP\n", "other.csv")
    assert counts(report) == (0, 0, 0, 1)
    assert "are in USD" in str(report["reasons"])


def test_prices_find_list_and_product_and_a_bare_number_is_in_the_money_of_the_list(app: Flask, tmp_path: Path) -> None:
    here = priced(app, tmp_path)
    for code, name in (("P-1", "Pump"), ("P-2", "Valve")):
        here.add("product", "crm_admin", code=code, name=name)
    report = brought_in(here, "price", tmp_path, PRICES, "prices.csv")
    assert counts(report) == (2, 0, 0, 2), report["reasons"]
    assert [(one.amount, one.currency) for one in all_of(here, Price)] == [(123_450, "EUR"), (9_000, "USD")]
    told = {one["row"]: one["message"] for one in report["reasons"]}
    assert "are in USD: write it with the amount" in told[4]
    assert "nothing here is called Nowhere" in told[5]
    assert counts(brought_in(here, "price", tmp_path, PRICES, "prices.csv")) == (0, 0, 2, 2)
    dearer = PRICES.replace(",90\n", ",95\n")
    assert counts(brought_in(here, "price", tmp_path, dearer, "prices.csv")) == (0, 1, 1, 2)
    assert len(all_of(here, Product)) == 2


def test_products_held_are_told_apart_by_their_beginning(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    here.add("account", "crm_admin", name="Duero Foods")
    report = brought_in(here, "relation", tmp_path, HELD, "assets.csv")
    assert counts(report) == (2, 0, 0, 1), report["reasons"]
    assert [(one.state, one.quantity, str(one.until)) for one in all_of(here, Relation)] == [
        ("active", 12, "None"), ("ended", 5, "2024-12-31"),
    ]  # fmt: skip
    assert counts(brought_in(here, "relation", tmp_path, HELD, "assets.csv")) == (0, 0, 2, 1)
    take_back(here)
    assert counts(brought_in(here, "relation", tmp_path, HELD, "later.csv"))[:2] == (0, 0)


def test_people_get_further_accounts_and_the_first_is_their_primary_one(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    ana = here.add("contact", "crm_admin", first_name="Ana", last_name="Vega", email="ana@vega.example")
    report = brought_in(here, "contact_account", tmp_path, PLACES, "people.csv")
    assert counts(report) == (2, 0, 0, 1), report["reasons"]
    assert [(one.role, str(one.until)) for one in all_of(here, ContactAccount)] == [
        ("buyer", "None"), (None, "2025-12-31"),
    ]  # fmt: skip
    firm = next(one.id for one in all_of(here, Account) if one.name == "Duero Foods")
    assert here.stored(Contact, ana).account_id == firm
    assert counts(brought_in(here, "contact_account", tmp_path, PLACES, "people.csv")) == (0, 0, 2, 1)
    take_back(here)
    assert here.titles("account", "crm_admin") == {"Duero Foods", "Nuevo Molino"}, "the second run made nothing"
