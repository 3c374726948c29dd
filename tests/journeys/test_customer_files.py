"""Customer files brought in with a real browser: mended, explained and checked on the way, at any width."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.crm.builders import company
from tests.crm.leads.funnel_files import HUBSPOT_ES
from tests.crm.test_spared_cells import SHEET
from tests.exchange.builders import work_off
from tests.exchange.real_data import real
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
WIDTHS = (1440, 390)


def upload(page: Page, kind: str, file: Path) -> None:
    """Choose a file and go on to the check of all its rows."""
    page.goto("/imports/new")
    page.select_option("select[name=kind]", kind)
    page.set_input_files("input[type=file]", str(file))
    page.click("#upload button[type=submit]")
    page.click("#reading button[value=next]")
    page.click("#columns button[value=next]")
    page.wait_for_selector(".stats")


def looked_at(page: Page, name: str) -> None:
    """Nothing is wider than the page, and nothing hinders anybody."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width)
        assert axe_findings(page) == []
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_customer_files_come_in_by_the_pages(
    app: Flask, live_server: LiveServer, make_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    here = company(app)
    page = make_context(base_url=live_server.url).new_page()
    page.goto("/sign-in")
    page.fill("input[name=email]", here.people["crm_admin"].email)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")
    people, funnel = tmp_path / "people.csv", tmp_path / "contactos.csv"
    people.write_text(SHEET, encoding="utf-8")
    funnel.write_bytes(HUBSPOT_ES.encode("utf-16"))
    upload(page, "contact", people)
    looked_at(page, "refused")
    page.click("text=Take them and leave those cells empty")
    page.wait_for_selector("#emptied_cells")
    looked_at(page, "emptied")
    page.click("button:has-text('Import 2 rows')")
    work_off(app)
    page.reload()
    page.wait_for_selector("#emptied_cells")
    looked_at(page, "report")
    upload(page, "lead", funnel)
    assert page.is_visible("button:has-text('Import 3 rows')")
    looked_at(page, "funnel")
    upload(page, "account", real("maven-crm/accounts.csv"))
    assert page.is_visible("label:has-text('technolgy')")
    looked_at(page, "explain")
