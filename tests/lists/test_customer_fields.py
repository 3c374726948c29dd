"""Money, shares, addresses and moments on the shared pages: typed, shown, narrowed, exported, remembered, contested."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from implementor.foundation.fields import entities
from implementor.foundation.filters import read_filters
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Speech, speaking
from implementor.history.timeline import Asked, changes_as_entries
from implementor.lists.page import list_page
from implementor.lists.sheets import sheet_of
from implementor.lists.tasks import typed_again
from implementor.lists.views.bulk import portable
from tests.auth.builders import reading
from tests.lists.deals import START, Sales, known
from tests.machinery.pages import Page
from tests.machinery.statements import counting


@pytest.fixture
def sales(app: Flask) -> Iterator[Sales]:
    with known(app) as found:
        yield found


def field_of(sales: Sales, deal: int, name: str) -> Page:
    return sales.browser().get(f"/records/deal/{deal}/fields/{name}", target=f"field_{name}")


def named(sales: Sales, **asked: str) -> list[str]:
    with reading(sales.app) as session:
        state = {name: [text] for name, text in asked.items()}
        page = list_page(session, sheet_of("deal"), sales.scope, state)
        return [row.row_title for row in page.rows] + [str(fault) for fault in page.state.filters.faults]


def test_a_form_reads_what_people_write_and_shows_it_again(sales: Sales) -> None:
    browser = sales.browser()
    form = browser.get("/records/deal/new").form("Save")
    assert not {"currency"} & form.values.keys()
    wrong = form.submit(
        name="Steel", amount="much", chance="101", email="a@b", phone="call", website="javascript:alert(1)",
        due_at="soon", status=422,
    )  # fmt: skip
    assert {"amount", "chance", "email", "phone", "website", "due_at"} <= wrong.form("Save").errors.keys()
    assert wrong.form("Save").value("website") == "javascript:alert(1)"
    wrong.form("Save").submit(
        amount="1,234.50 USD", chance="12.5", email="Ana@X.es", phone="600 11 22 33", website="x.es",
        due_at="2026-03-31T09:30", status=None,
    )  # fmt: skip
    deal = sales.stored(1)
    assert (deal.amount, deal.currency, deal.chance_ratio) == (123450, "USD", Decimal("0.125"))
    assert (deal.email, deal.phone, deal.website) == ("ana@x.es", "600 11 22 33", "https://x.es")
    assert deal.due_at == datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
    again = browser.get("/records/deal/1/edit").form("Save")
    assert (again.value("amount"), again.value("chance"), again.value("due_at")) == (
        "1234.50 USD",
        "12.5",
        "2026-03-31T09:30",
    )
    again.submit(status=None)
    assert sales.stored(1).version == 1


def test_an_amount_without_a_currency_stays_in_that_of_its_record(sales: Sales) -> None:
    deal = sales.add(amount="5 KWD")
    form = sales.browser().get(f"/records/deal/{deal}/fields/amount/edit", target="field_amount").form("form")
    assert form.value("amount") == "5.000 KWD"
    form.submit(amount="7.125", status=None)
    assert (sales.stored(deal).amount, sales.stored(deal).currency) == (7125, "KWD")


def test_spanish_readers_type_and_see_their_own_numbers(sales: Sales) -> None:
    deal = sales.add(amount=123456, currency="EUR", chance=Decimal("0.125"))
    browser = sales.browser()
    browser.get("/account").form("Save").submit(language="es", status=None)
    form = browser.get(f"/records/deal/{deal}/edit").form("Guardar")
    assert (form.value("amount"), form.value("chance")) == ("1234,56 EUR", "12,5")
    form.submit(amount="2.000,50 €", chance="7,25 %", status=None)
    assert (sales.stored(deal).amount, sales.stored(deal).chance_ratio) == (200050, Decimal("0.0725"))


@pytest.mark.parametrize(
    ("name", "value", "text", "link"),
    [
        ("amount", "1234.5 EUR", "€1,234.50", None),
        ("chance", "12.5", "12.5\u00a0%", None),
        ("email", "ana@x.es", "ana@x.es", "mailto:ana@x.es"),
        ("phone", "+34 600 112 233", "+34 600 112 233", "tel:+34600112233"),
        ("website", "https://x.es/a", "x.es/a", "https://x.es/a"),
    ],
)
def test_values_are_shown_and_lead_where_they_can(
    sales: Sales, name: str, value: str, text: str, link: str | None
) -> None:
    page = field_of(sales, sales.add(**{name: value}), name)
    assert text in page.find(".record-value").text_content()
    assert [one.get("href") for one in page.all(".record-value a")] == ([link] if link else [])
    assert all("noopener" in one.get("rel", "") for one in page.all(".record-value a[target]"))


@pytest.mark.parametrize("name", ["email", "phone", "website"])
def test_what_came_past_the_checks_is_text_and_no_link(sales: Sales, name: str) -> None:
    deal = sales.add()
    hostile = "javascript:alert(1)\u202e<b>"
    sales.force(deal, name, hostile)
    page = field_of(sales, deal, name)
    assert hostile in page.find(".record-value").text_content()
    assert not page.all(".record-value a")


def filled(sales: Sales) -> None:
    sales.add("A", amount="100 EUR", chance="10", email="a@x.es", phone="600 112 233", due_at=START)
    sales.add("B", amount="1500 EUR", chance="50", email="b@x.es", phone="+34600112233", owner=sales.person.id)
    sales.add("C", amount="1500 JPY", chance="90", website="https://c.es")
    sales.add("D")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"amount": "100..1500"}, "A,B"),
        ({"amount": "1,000.."}, "B"),
        ({"amount": "1500 JPY"}, "C"),
        ({"amount": "..100 €"}, "A"),
        ({"amount": "100;1500 JPY"}, "A,C"),
        ({"amount": "none"}, "D"),
        ({"amount": "1" * 20}, "A,B,C,D,left out"),
        ({"chance": "10..50"}, "A,B"),
        ({"chance": "50 %"}, "B"),
        ({"chance": "12,5..100"}, "B,C"),
        ({"chance": "many"}, "A,B,C,D,left out"),
        ({"email": "A@X.es,b@x.es"}, "A,B"),
        ({"email": "none"}, "C,D"),
        ({"website": "c.es"}, "C"),
        ({"phone": "600 112 233"}, "A"),
        ({"sort": "-amount"}, "B,A,C,D"),
        ({"sort": "chance"}, "A,B,C,D"),
        ({"sort": "owner", "columns": "name"}, "B,A,C,D"),
    ],
)
def test_lists_are_narrowed_and_ordered(sales: Sales, asked: dict[str, str], expected: str) -> None:
    filled(sales)
    assert ["left out" if "left out" in text else text for text in named(sales, **asked)] == expected.split(",")


def test_a_filter_says_the_same_to_readers_of_every_language(sales: Sales) -> None:
    with speaking(Speech("es")):
        found = read_filters(
            entities["deal"].fields.values(), {"amount": ["1.234,5..2.000"], "chance": ["12,5"]}, sales.scope
        )
    assert found.text_of("amount") == "1234.50..2000.00 EUR"
    assert found.text_of("chance") == "12.5"
    for language in ("en", "es"):
        with speaking(Speech(language)):
            again = read_filters(entities["deal"].fields.values(), {"amount": [found.text_of("amount")]}, sales.scope)
        assert again.text_of("amount") == found.text_of("amount")
    three = read_filters(entities["deal"].fields.values(), {"amount": ["1.234 KWD"]}, sales.scope)
    assert three.text_of("amount") == "1.2340 KWD"


def exported(sales: Sales, ending: str) -> list[list[Any]]:
    url = f"/lists/deal/export.{ending}?columns=name,amount,chance,phone,website"
    with sales.browser().client.get(url) as response:
        data = response.get_data()
    if ending == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True)]


def test_files_hold_amount_and_currency_apart(sales: Sales) -> None:
    sales.add(amount="1234.5 EUR", chance="12.5", phone="+34 600", website="https://x.es")
    sales.add("Tin")
    header = ["Name", "Amount", "Amount: currency", "Chance (%)", "Telephone", "Website"]
    assert exported(sales, "csv") == [
        header,
        ["Steel", "1234.50", "EUR", "12.5", "'+34 600", "https://x.es"],
        ["Tin", "", "", "", "", ""],
    ]
    assert exported(sales, "xlsx")[:2] == [header, ["Steel", 1234.5, "EUR", 12.5, "+34 600", "https://x.es"]]


def test_the_past_is_told_in_its_own_money(sales: Sales) -> None:
    deal = sales.add(amount="10 EUR", chance="10")
    sales.change(deal, amount=2000)
    sales.change(deal, amount="30 JPY", chance="25", owner=sales.person.id)
    sales.change(deal, amount=40)
    with reading(sales.app) as session:
        asked = Asked(RecordRef("deal", deal), sales.scope, START, None, 20)
        told = [{str(one.field.label): (str(one.before), str(one.after)) for one in entry.fields} for entry in
                changes_as_entries(session, asked)]  # fmt: skip
    assert told[1:] == [
        {"Amount": ("€10.00", "€20.00")},
        {"Amount": ("€20.00", "¥30"), "Chance": ("10\u00a0%", "25\u00a0%"), "Owner": ("None", "Sara Vega")},
        {"Amount": ("¥30", "¥40")},
    ]


def test_an_amount_and_its_currency_are_decided_together(sales: Sales) -> None:
    deal = sales.add(amount="10 EUR", chance="10")
    form = sales.browser().get(f"/records/deal/{deal}/edit").form("Save")
    sales.change(deal, amount="20 USD", chance="20")
    conflict = form.submit(amount="10 GBP", name="Tin", status=409)
    assert {"$20.00", "€10.00"} <= set(conflict.texts(".conflict-text"))
    assert "Currency" not in conflict.text
    again = conflict.form("conflict")
    assert again.value("name") == "Tin"
    conflict.browser.open("POST", conflict.url, None, None, {}, data={
        "csrf_token": conflict.browser.token(), **{name: sent[-1] for name, sent in again.values.items() if sent},
    })  # fmt: skip
    stored = sales.stored(deal)
    assert (stored.amount, stored.currency, stored.name, stored.chance_ratio) == (1000, "GBP", "Tin", Decimal("0.2"))


def test_many_rows_get_one_amount_and_one_share(sales: Sales) -> None:
    deals = [sales.add(str(number), amount="5 USD") for number in range(3)]
    browser = sales.browser()
    browser.get("/account")
    values = {"ids": deals, "change": ["amount", "chance"], "amount": "7.50", "chance": "25"}
    browser.post("/lists/deal/bulk", {**values, "step": "apply"}, status=None)
    found = [sales.stored(deal) for deal in deals]
    assert {(one.amount, one.currency, one.chance_ratio) for one in found} == {(750, "EUR", Decimal("0.25"))}


def test_a_job_reads_the_values_of_a_change_as_they_were_typed() -> None:
    values = {
        "chance": Decimal("0.125"),
        "amount": 5,
        "currency": "EUR",
        "due_at": START,
        "tags": ["a"],
        "parent": None,
    }
    sent = portable(values)
    assert typed_again(sent) == {**values, "due_at": START.isoformat()}


def test_rows_add_no_statements(sales: Sales) -> None:
    costs = []
    for count in (1, 20):
        for number in range(count):
            sales.add(f"{number}", amount="5 EUR", owner=sales.person.id)
        with counting() as seen:
            named(sales, owner=str(sales.person.id), sort="owner")
        costs.append(len(seen))
    assert costs[0] == costs[1]
