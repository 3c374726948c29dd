"""Every page in a real browser: axe, layout at four widths, both languages and themes, and a quiet console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import FilePayload

from tests.journeys.addresses import EXAMPLES, NO_PAGES, SIGNED_OUT, addresses, page_rules
from tests.journeys.looking import (
    axe_faults,
    body_faults,
    contrast_faults,
    focus_faults,
    learn_axe,
    width_faults,
)
from tests.journeys.world import KEY, PASSWORD, World, fill
from tests.machinery.chromium import Complaints
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

WIDTHS = (320, 390, 768, 1440)
BACKLOG = FilePayload(name="backlog.csv", mimeType="text/csv", buffer=b"Title,Value\nSee open quotes,40\n,12\n")
MANY_STOPS = ("/projects/VEN/", "/projects/VEN/backlog")
"""Pages on which the focus is followed."""

Look = Callable[["Page"], Iterator[str]]
MakeContext = Callable[..., "BrowserContext"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only("pages look the same on either database"),
]


def test_every_route_has_an_example(app: Flask) -> None:
    routes = {rule.endpoint for rule in page_rules(app)}
    known = set(EXAMPLES) | set(SIGNED_OUT)
    assert routes - known == set(), "Name an example address in tests/journeys/addresses.py."
    assert known | set(NO_PAGES) <= {rule.endpoint for rule in app.url_map.iter_rules()}, "These routes are gone."


def test_pages_in_english_on_a_desk(walk: Walk) -> None:
    assert walk.through_all_pages("en", 1440, lambda page: _looked_at(page, 1440)) == []


def test_pages_in_spanish_on_a_phone(walk: Walk) -> None:
    assert walk.through_all_pages("es", 390, lambda page: _looked_at(page, 390)) == []


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_variant(walk: Walk, language: str, width: int) -> None:
    assert walk.through_all_pages(language, width, lambda page: _every_theme(page, width)) == []


def _looked_at(page: Page, width: int) -> Iterator[str]:
    learn_axe(page)
    yield from axe_faults(page, "light")
    yield from body_faults(page)
    yield from contrast_faults(page, "dark")
    if page.url.endswith(MANY_STOPS):
        yield from focus_faults(page, 30)
    yield from width_faults(page, WIDTHS)
    page.set_viewport_size({"width": width, "height": 900})


def _every_theme(page: Page, width: int) -> Iterator[str]:
    learn_axe(page)
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        yield from axe_faults(page, theme)
    yield from body_faults(page)
    yield from width_faults(page, (width,))


class Walk:
    """One browser with one sign-in, led over all pages; faults are gathered, so that one run shows them all."""

    def __init__(self, app: Flask, make_context: MakeContext, complaints: Complaints, url: str) -> None:
        self.app, self.make_context, self.complaints, self.url = app, make_context, complaints, url
        self.faults: list[str] = []

    def through_all_pages(self, language: str, width: int, look: Look) -> list[str]:
        """Open every page in this language, first as a stranger; what `look` finds and what the browser says."""
        world = fill(self.app, language=language)
        context = self.make_context(
            base_url=self.url, locale=language, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        page = context.new_page()
        self._see(page, addresses(self.app, world, SIGNED_OUT), look)
        self._sign_in(page, world)
        world.ids["run"] = self._begin_import(page)
        self._see(page, addresses(self.app, world, EXAMPLES), look)
        return self.faults

    def _sign_in(self, page: Page, world: World) -> None:
        page.goto("/sign-in")
        page.fill("input[name=email]", world.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_selector("#sidebar", state="attached")

    def _begin_import(self, page: Page) -> int:
        """An import that is checked and waits for its go; returns its id."""
        page.goto(f"/projects/{KEY}/imports/new")
        page.set_input_files("#upload input[type=file]", BACKLOG)
        for form in ("#upload", "#reading", "#columns"):
            page.click(f"{form} .form-buttons .button-primary")
        page.wait_for_url("**/check")
        return int(page.url.split("/")[-2])

    def _see(self, page: Page, found: list[str], look: Look) -> None:
        for address in found:
            answer = page.goto(address)
            if answer is None or answer.status != 200:
                self.faults.append(f"{address}: answered {answer and answer.status}")
            else:
                self.faults += [f"{address}: {fault}" for fault in look(page)]
            self.faults += [f"{address}: {text}" for text in self.complaints.texts]
            self.complaints.texts.clear()


@pytest.fixture
def walk(app: Flask, live_server: LiveServer, make_context: MakeContext, complaints: Complaints) -> Walk:
    """A walk that has not begun."""
    return Walk(app, make_context, complaints, live_server.url)
