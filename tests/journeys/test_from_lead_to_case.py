"""A customer's way in a real browser: from a lead to an account, a sale, a quote, an order and a solved case."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.crm.builders import company
from tests.journeys.people import PASSWORD
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="what the pages write is tested on both databases by their packages"),
]


def fill_in(page: Page, address: str, **values: str) -> None:
    """Fill in a form of a record and save it."""
    page.goto(address)
    for name, value in values.items():
        page.fill(f"main [name={name}]", value)
    save(page)


def save(page: Page) -> None:
    page.click("main form.form button[type=submit]")
    page.wait_for_load_state()


def step(page: Page, menu: str, words: str) -> None:
    """Choose an entry of a menu."""
    page.click(f"#{menu} > summary")
    page.click(f"#{menu} :is(a, button):has-text('{words}')")
    page.wait_for_load_state()


def state(page: Page) -> str:
    """The tag beside the heading."""
    return page.inner_text(".page-head .badge").strip()


def sound(page: Page) -> None:
    """Look at a record's page once everything around it is there."""
    page.wait_for_selector("section.around", state="attached")
    page.wait_for_function("() => document.getAnimations().length === 0")
    assert axe_findings(page) == []


def number_of(page: Page) -> int:
    """The id in the address of a record's page."""
    found = re.search(r"/crm/[a-z-]+/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def test_a_lead_becomes_a_customer_who_orders_and_is_helped(
    app: Flask, live_server: LiveServer, make_context: Callable[..., BrowserContext]
) -> None:
    here = company(app)
    page = make_context(base_url=live_server.url).new_page()
    page.goto("/sign-in")
    page.fill("input[name=email]", here.people["crm_admin"].email)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")
    qualify_a_lead(page)
    convert_it(page)
    offer_a_price(page)
    order_it(page)
    help_them(page)


def qualify_a_lead(page: Page) -> None:
    fill_in(
        page, "/records/lead/new", first_name="Marta", last_name="Soler", company="Aceros del Norte",
        email="marta@acerosdelnorte.example", phone="+34 612 345 678", potential="24000 EUR",
    )  # fmt: skip
    assert page.inner_text("h1") == "Marta Soler"
    for name in ("MQL", "SAL", "SQL"):
        step(page, "step_menu", name)
    assert "SQL" in state(page)


def convert_it(page: Page) -> None:
    page.click("text=Convert")
    page.wait_for_selector("#choices")
    page.click("#choices form button[type=submit]")
    page.wait_for_selector("#convert")
    page.click("#convert form button[type=submit]")
    page.wait_for_selector("#became")
    sound(page)
    page.click("#became a:has-text('Aceros del Norte')")
    page.wait_for_load_state()


def offer_a_price(page: Page) -> None:
    """A quote of the new sale, sent, renewed at a better price, and accepted: the sale is won with it."""
    page.goto("/crm/opportunities")
    page.click("[data-list] tbody th a")
    page.wait_for_load_state()
    sale = page.url
    fill_in(page, f"/records/quote/new?opportunity={number_of(page)}", reference="PO 17", discount="10 %")
    quote = page.url
    line = {"name": "Steel", "quantity": "2", "unit_price": "12000 EUR", "tax": "21 %"}
    fill_in(page, f"/records/quote_line/new?quote={number_of(page)}", **line)
    page.goto(quote)
    note(page, "Note: sent")
    page.click("button:has-text('New version')")
    page.wait_for_url(re.compile(r"/crm/quotes/\d+$"))
    assert page.inner_text("h1").endswith("v2")
    note(page, "Note: sent")
    sound(page)
    page.click("text=Accepted: make the order")
    page.check("main [name=wins]")
    save(page)
    assert "Quote accepted" in state(page)
    sound(page)
    accepted = page.url
    page.goto(sale)
    assert "Won" in state(page)
    page.goto(accepted)


def note(page: Page, words: str) -> None:
    """Note what happened to the quote on whose page we are."""
    page.click(f"text={words}")
    save(page)


def order_it(page: Page) -> None:
    """The order that the quote became, noted from placing to payment."""
    page.click("#record_body a[href*='/crm/orders/']")
    page.wait_for_url(re.compile(r"/crm/orders/\d+$"))
    order = page.url
    assert "26,136.00" in page.inner_text("main")
    for fact in ("placed", "approved", "dispatched", "invoiced", "paid"):
        page.goto(f"{order}/facts/{fact}")
        save(page)
    assert "Paid" in state(page)
    sound(page)


def help_them(page: Page) -> None:
    """A case of the account: answered, handed over, resolved."""
    page.goto("/crm/accounts")
    page.click("[data-list] tbody th a")
    page.wait_for_load_state()
    fill_in(page, f"/records/case/new?account={number_of(page)}", subject="One beam is bent")
    page.click("text=Answered")
    page.wait_for_load_state()
    step(page, "move_menu", "Solved")
    page.fill("main form [name=resolution]", "A new beam was sent.")
    save(page)
    assert "Solved" in page.inner_text(".page-head")
    sound(page)
