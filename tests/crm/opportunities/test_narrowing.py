"""Funnel and forecast of sales with chosen words in fields of one's own, and the forecast parted by such a word."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from implementor.configuration.services.access import set_fields
from implementor.foundation.permissions import Role
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales
from tests.crm.own_fields import LOW_HIGH, add_own_field, withdraw
from tests.machinery.pages import Page

FORECAST = "/crm/opportunities/forecast?from=2026-03&months=2"
FUNNEL = "/crm/opportunities/funnel?from=2026-02-01&to=2026-04-30"


@pytest.fixture
def here(app: Flask) -> Sales:
    """Sales with a word, several words and a yes or no of one's own; their keys are kept as `keys`."""
    here = sales(app)
    risk = add_own_field(here, "opportunity", "choice", "Risk", words=LOW_HIGH)
    parts = add_own_field(here, "opportunity", "choices", "Parts", words=LOW_HIGH)
    export = add_own_field(here, "opportunity", "yes_no", "Export")
    here.keys = {"risk": risk, "parts": parts, "export": export}  # type: ignore[attr-defined]
    close = date(2026, 4, 10)
    sold: dict[str, tuple[str, str, dict[str, Any]]] = {
        "Roof": ("negotiation", "1000 EUR", {risk: "low", parts: ["low", "high"], export: True}),
        "Wall": ("negotiation", "200 EUR", {risk: "high", parts: ["high"], export: False}),
        "Door": ("negotiation", "30 EUR", {parts: ["low"]}),
        "Done": ("won", "4 EUR", {risk: "high"}),
    }
    for name, (stage, amount, own) in sold.items():
        here.sale(name, stage=stage, amount=amount, close_on=close, **own)
    return here


def key_of(here: Sales, name: str) -> str:
    keys: dict[str, str] = here.keys  # type: ignore[attr-defined]
    return keys[name]


def commit(page: Page, row: str = "All together") -> str:
    """The figure of the first line of that name that has one."""
    return next((one["Commit"] for one in page.rows() if one["Close date"] == row and one["Commit"] != "–"), "–")


def test_a_forecast_of_chosen_words_opens_the_records_behind_it(here: Sales) -> None:
    browser, risk, parts, export = here.browser(), *(key_of(here, one) for one in ("risk", "parts", "export"))
    asked = {
        f"&{risk}=low": "€1,000.00", f"&{risk}=none": "€30.00", f"&{parts}=high": "€1,200.00",
        f"&{parts}=high&{parts}=low&{parts}=~all": "€1,000.00", f"&{export}=no&{risk}=high": "€200.00", "": "€1,230.00",
    }  # fmt: skip
    for address, amount in asked.items():
        page = browser.get(FORECAST + address)
        assert commit(page) == amount, address
        link = next(one for one in page.all("tbody tr")[0].cssselect("[data-label='Commit'] a"))
        assert sum_of(browser.get(str(link.get("href")))) == amount, address
    assert page.form("main form.filter-bar").value(risk) == ""


def sum_of(page: Page) -> str:
    amounts = {"Roof": 1000, "Wall": 200, "Door": 30, "Done": 4}
    return f"€{sum(amounts[row['Name']] for row in page.rows()):,}.00"


def test_a_forecast_is_parted_by_a_word_and_its_parts_add_up(here: Sales) -> None:
    browser, risk = here.browser(), key_of(here, "risk")
    page = browser.get(f"{FORECAST}&by={risk}")
    assert [commit(page, row) for row in ("Low", "High", "None")] == ["€1,000.00", "€200.00", "€30.00"]
    link = next(row for row in page.all("tbody tr") if row.text_content().strip().startswith("None")).cssselect("a")[0]
    assert {row["Name"] for row in browser.get(str(link.get("href"))).rows()} == {"Door"}
    won = next(one["Won"] for one in page.rows() if one["Close date"] == "High" and one["Won"] != "–")
    assert won == "€4.00"
    by_owner = browser.get(f"{FORECAST}&by={key_of(here, 'parts')}")
    assert [one["Close date"] for one in by_owner.rows()] == [one["Close date"] for one in browser.get(FORECAST).rows()]


def test_a_funnel_of_chosen_words_counts_and_opens_these_alone(here: Sales) -> None:
    browser, risk = here.browser(), key_of(here, "risk")
    page = browser.get(f"{FUNNEL}&{risk}=high")
    row = next(one for one in page.all("#funnel_cohort tbody tr") if "Negotiation" in one.text_content())
    cell = row.cssselect("[data-label='Came so far'] a")[0]
    assert cell.text_content() == "2"
    assert {one["Name"] for one in browser.get(str(cell.get("href"))).rows()} == {"Wall", "Done"}
    entered = {one["Stage"]: one["Came in"] for one in page.rows("#funnel_period table")}
    assert (entered["Negotiation"], entered["Won"]) == ("1", "1")


def test_hidden_and_withdrawn_fields_narrow_nothing(here: Sales) -> None:
    risk, export = key_of(here, "risk"), key_of(here, "export")
    withdraw(here, export)
    with here.working("crm_admin") as session:
        set_fields(session, "opportunity", {(Role.CRM_USER, risk): "hide"}, by=here.by("crm_admin"), at=START)
    page = here.browser().get(f"{FORECAST}&{risk}=low&{export}=yes&by={risk}")
    assert commit(page) == "€1,230.00"
    assert page.all(f"[name={risk}], [name={export}]") == []
