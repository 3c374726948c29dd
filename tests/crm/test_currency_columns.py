"""Amounts whose currency stands in a column of its own: each is in the currency of its row, or the row says why not."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign
from implementor.crm.leads.models import Lead
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.orders.models import Order
from implementor.crm.products.models import Price, Product
from implementor.crm.quotes.models import Quote
from implementor.exchange.mapping import suggest
from implementor.exchange.readers.source import Column
from implementor.exchange.records.declaring import record_imports
from implementor.exchange.records.targets import targets_of
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.importing import brought_in, counts, take_back

MONEY = {
    "account": ("Company,Annual revenue,{}\nDuero,7,{}\n", Account, "revenue_amount", "currency"),
    "lead": ("Last name,Company,Potential,{}\nMora,Duero,7,{}\n", Lead, "potential_amount", "currency"),
    "opportunity": ("Opportunity,Amount,{}\nOvens,7,{}\n", Opportunity, "amount", "currency"),
    "product": ("Code,Name,List price,{}\nP-1,Pump,7,{}\n", Product, "price_amount", "price_currency"),
    "campaign": ("Campaign,Budget,{}\nSpring,7,{}\n", Campaign, "budget_amount", "budget_currency"),
    "order": ("Order number,Customer,Order date,Total,{}\nO-1,Duero,2026-01-02,7,{}\n", Order, "total_amount",
              "currency"),
    "quote": ("Quote number,Account,Quote date,Total,{}\nQ-1,Duero,2026-01-02,7,{}\n", Quote, "total_amount",
              "currency"),
}  # fmt: skip


def found(here: Company, model: Any, *names: str) -> list[tuple[Any, ...]]:
    """These attributes of each record in use."""
    with reading(here.app) as session:
        rows = session.scalars(select(model).where(model.archived_at.is_(None)).order_by(model.id)).all()
        return [tuple(getattr(row, name) for name in names) for row in rows]


@pytest.mark.parametrize("kind", sorted(MONEY))
def test_an_amount_is_in_the_currency_of_the_column_beside_it(app: Flask, tmp_path: Path, kind: str) -> None:
    here = company(app)
    text, model, amount, currency = MONEY[kind]
    report = brought_in(here, kind, tmp_path, text.format("Currency", "JPY"))
    assert counts(report) == (1, 0, 0, 0), report["reasons"]
    assert found(here, model, amount, currency) == [(7, "JPY")]
    again = brought_in(here, kind, tmp_path, text.format("Currency", "XXX"), "b.csv")
    assert counts(again) == (0, 0, 0, 1)
    assert [one["column"] for one in again["reasons"]] == ["Currency"]


@pytest.mark.parametrize(
    "header", ["Currency", "Moneda", "divisa", "CurrencyIsoCode", "Currency ISO Code", "Annual Revenue Currency"]
)
def test_the_column_is_known_by_its_header(app: Flask, header: str) -> None:
    columns = [Column(at, name, name) for at, name in enumerate(("Name", "Annual Revenue", header))]
    guessed = {one.column: one.field for one in suggest(columns, targets_of(record_imports["account"]))}
    assert guessed == {0: "name", 1: "revenue", 2: "currency"}


@pytest.mark.parametrize(("written", "stored"), [("usd", "USD"), ("€", "EUR"), ("US Dollar (USD)", "USD"), ("", "EUR")])
def test_a_currency_is_written_in_many_ways(app: Flask, tmp_path: Path, written: str, stored: str) -> None:
    here = company(app)
    text = f"Empresa;Ingresos anuales;Moneda\nDuero;1.234,50;{written}\n"
    assert counts(brought_in(here, "account", tmp_path, text)) == (1, 0, 0, 0)
    assert found(here, Account, "revenue_amount", "currency") == [(123_450, stored)]


def test_two_amounts_share_the_only_currency_of_their_row(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Campaign,Budget,Actual cost,Currency\nBoth,7,5,JPY\nSpent,,5,USD\nNeither,,,USD\n"
    assert counts(brought_in(here, "campaign", tmp_path, text)) == (3, 0, 0, 0)
    names = ("name", "budget_amount", "budget_currency", "cost_amount", "cost_currency")
    assert found(here, Campaign, *names) == [
        ("Both", 7, "JPY", 5, "JPY"), ("Spent", None, None, 500, "USD"), ("Neither", None, None, None, None),
    ]  # fmt: skip


def test_each_amount_has_the_currency_that_stands_beside_it(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Code,Name,List price,List price currency,Unit cost,Unit cost currency\nP-1,Pump,7,USD,5,JPY\n"
    assert counts(brought_in(here, "product", tmp_path, text)) == (1, 0, 0, 0)
    assert found(here, Product, "price_amount", "price_currency", "cost_amount", "cost_currency") == [
        (700, "USD", 5, "JPY")
    ]


def test_an_amount_that_names_another_currency_than_its_row_is_refused(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Company,Annual revenue,Currency\nOdd,7 USD,EUR\nSame,7 USD,USD\nDollars,$7,MXN\n"
    report = brought_in(here, "account", tmp_path, text)
    assert counts(report) == (2, 0, 0, 1)
    assert [(one["column"], one["value"]) for one in report["reasons"]] == [("Annual revenue", "7 USD")]
    assert found(here, Account, "name", "currency") == [("Same", "USD"), ("Dollars", "MXN")]


def test_a_currency_that_is_unknown_is_not_passed_over_with_other_cells(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Company,Annual revenue,Currency\nOdd,7,XXX\n"
    report = brought_in(here, "account", tmp_path, text, "a.csv", "--skip-bad-cells")
    assert counts(report) == (0, 0, 0, 1), "seven of what nobody knows are no euros"


def test_a_row_changes_the_currency_of_its_amount_and_is_taken_back(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Account ID,Company,Annual revenue,Currency\n1,Duero,7,EUR\n"
    for wanted in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert counts(brought_in(here, "account", tmp_path, text)) == wanted
    assert counts(brought_in(here, "account", tmp_path, text.replace("EUR", "JPY"))) == (0, 1, 0, 0)
    assert found(here, Account, "revenue_amount", "currency") == [(7, "JPY")]
    take_back(here)
    assert found(here, Account, "revenue_amount", "currency") == [(700, "EUR")]


def test_blanks_that_are_filled_have_the_currency_of_their_amount(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    text = "Opportunity ID,Opportunity,Amount,Currency\n1,Blank,,EUR\n2,Known,9,EUR\n"
    assert counts(brought_in(here, "opportunity", tmp_path, text)) == (2, 0, 0, 0)
    text = "Opportunity ID,Opportunity,Amount,Currency\n1,Blank,7,USD\n2,Known,7,USD\n"
    chart = tmp_path / "chart.json"
    chart.write_text('{"columns": {}, "options": {"filling": "fill"}}', encoding="utf-8")
    report = brought_in(here, "opportunity", tmp_path, text, "erp.csv", "--map", str(chart))
    assert counts(report) == (0, 1, 1, 0)
    assert found(here, Opportunity, "name", "amount", "currency") == [("Blank", 700, "USD"), ("Known", 900, "EUR")]


def test_a_price_says_its_currency_in_a_column_too(app: Flask, tmp_path: Path) -> None:
    here = company(app)
    here.add("price_list", "crm_admin", name="Retail", currency="EUR")
    here.add("product", "crm_admin", code="P-1", name="Pump")
    here.add("product", "crm_admin", code="P-2", name="Valve")
    text = "Price Book,Product Code,List Price,Currency\nRetail,P-1,7,USD\nRetail,P-2,7,EUR\n"
    report = brought_in(here, "price", tmp_path, text)
    assert counts(report) == (1, 0, 0, 1)
    assert "are in EUR" in str(report["reasons"])
    assert found(here, Price, "amount", "currency") == [(700, "EUR")]
