"""Pages on paper: the content without navigation, dark letters on white, and the money of a project on one sheet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.auth.builders import PASSWORD
from tests.journeys.world import KEY, World, fill
from tests.machinery.copies import Copies
from tests.machinery.servers import LiveServer
from tests.waves.builders import add_story, add_wave, rollout

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOT_ON_PAPER = ".sidebar, .topbar, .toasts, .skip-link, .quick-add, .filter-bar, [data-move-menu]"
CUT = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only("paper looks the same on either database"),
]


def sign_in(page: Page, server: LiveServer, email: str) -> None:
    """Begin as this person."""
    page.goto(f"{server.url}/sign-in")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")


def test_board_and_story_on_paper(app: Flask, live_server: LiveServer, page: Page) -> None:
    here = rollout(app)
    add_wave(here, "Sales core", [add_story(here, "See open quotes")])
    sign_in(page, live_server, here.lead.email)
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 680, "height": 1000})  # px: the space between the margins of A4
    for address, words in (("waves/1/board", "See open quotes"), ("stories/1", "Holds 0")):
        page.goto(f"{live_server.url}{here.url('/')}{address}")
        assert page.get_by_text(words).first.is_visible()
        assert [one.get_attribute("class") for one in page.locator(NOT_ON_PAPER).all() if one.is_visible()] == []
        assert not page.evaluate(CUT), f"{address} is wider than the paper"
        assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(27, 36, 48)"


def test_the_money_of_a_project_is_one_sheet(
    app: Flask, workshop: Any, live_server: LiveServer, page: Page, filled: Copies[World]
) -> None:
    world = filled.open(workshop, "demo", lambda: fill(app, workshop))
    sign_in(page, live_server, world.email)
    page.goto(f"{live_server.url}/projects/{KEY}/money")
    assert page.locator("#readings").is_visible()
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1


def test_wide_tables_are_whole_on_paper_and_begin_on_the_first_sheet(
    app: Flask, workshop: Any, live_server: LiveServer, page: Page, filled: Copies[World]
) -> None:
    world = filled.open(workshop, "demo", lambda: fill(app, workshop))
    sign_in(page, live_server, world.email)
    for address in ("money/budget", "risks", "status-reports", "market/"):
        page.goto(f"{live_server.url}/projects/{KEY}/{address}")
        shown = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages).split()
        heads = " ".join(page.locator("main thead").first.locator("th:not(.select)").all_inner_texts()).split()
        assert set(heads) <= set(shown), f"{address} is cut on paper"
    page.goto(f"{live_server.url}/projects/{KEY}/risks")
    first = page.locator("#rows tbody th").first.inner_text()
    assert first.split()[0] in PdfReader(BytesIO(page.pdf(format="A4"))).pages[0].extract_text()
