"""Every page in a real browser: axe, layout, both languages and themes, and a quiet console.

`make test` opens each page in English on a desk, where it is also made as narrow as a phone, and every other page in
Spanish on a phone. What only styles decide, contrast above all, is measured where it is met for the first time in a
walk; `make full` measures all of it on every page, in both languages and at four widths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from playwright.sync_api import FilePayload

from tests.journeys.addresses import EXAMPLES, NO_PAGES, SIGNED_OUT, addresses, page_rules
from tests.journeys.looking import (
    SHELL,
    body_faults,
    content_faults,
    contrast_faults,
    focus_faults,
    ink_faults,
    inks_of,
    shell_of,
    width_faults,
)
from tests.journeys.world import KEY, PASSWORD, World, fill, reads
from tests.machinery.chromium import AXE, Complaints
from tests.machinery.copies import Copies
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

WIDTHS = (320, 390, 768, 1440)
PARTS = 2
"""So many tests share the pages: one for each of two workers, since a walk measures each look anew."""
MANY_PARTS = 6
"""The same for `make full`, which looks at each page in eight ways: none may take longer than some minutes."""
BACKLOG = FilePayload(name="backlog.csv", mimeType="text/csv", buffer=b"Title,Value\nSee open quotes,40\n,12\n")
MANY_STOPS = ("/projects/VEN/", "/projects/VEN/backlog")
"""Pages on which the focus is followed."""

Look = Callable[["Page"], Iterator[str]]
MakeContext = Callable[..., "BrowserContext"]
Filled = Copies[World]

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


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_in_english_on_a_desk(walk: Walk, part: int) -> None:
    assert walk.through("en", 1440, lambda page: _on_a_desk(page, walk), part) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_in_spanish_on_a_phone(walk: Walk, part: int) -> None:
    assert walk.through("es", 390, lambda page: _on_a_phone(page, walk), part, every=2) == []


@pytest.mark.full
@pytest.mark.parametrize("part", range(MANY_PARTS))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_variant(walk: Walk, language: str, part: int) -> None:
    assert walk.through(language, WIDTHS[0], _every_variant, part, MANY_PARTS) == []


def _on_a_desk(page: Page, walk: Walk) -> Iterator[str]:
    yield from content_faults(page, () if walk.new_of(shell_of(page)) else SHELL)
    yield from body_faults(page)
    if page.url.endswith(MANY_STOPS):
        yield from focus_faults(page, 30)
    yield from _new_inks(page, walk)
    yield from width_faults(page, (1440, 320))
    page.set_viewport_size({"width": 1440, "height": 900})


def _on_a_phone(page: Page, walk: Walk) -> Iterator[str]:
    if walk.new_of(shell_of(page)):
        yield from content_faults(page, ())
    yield from body_faults(page)
    yield from _new_inks(page, walk)
    yield from width_faults(page, (390, 320))
    page.set_viewport_size({"width": 390, "height": 900})


def _new_inks(page: Page, walk: Walk) -> Iterator[str]:
    for theme in ("dark", "light"):
        new = walk.new_of(inks_of(page, theme))
        if new:
            yield from ink_faults(page, theme, new)


def _every_variant(page: Page) -> Iterator[str]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = [*content_faults(page, ()), *contrast_faults(page, "dark"), *contrast_faults(page, "light")]
        yield from (f"{width} px: {fault}" for fault in [*found, *body_faults(page)])
        yield from width_faults(page, (width,))


class Walk:
    """One browser with one sign-in, led over many pages; faults are gathered, so that one run shows them all."""

    def __init__(self, app: Flask, make_context: MakeContext, complaints: Complaints, url: str, world: World) -> None:
        self.app, self.make_context, self.complaints, self.url = app, make_context, complaints, url
        self.world = world
        self.faults: list[str] = []
        self.seen: set[str] = set()

    def new_of(self, found: set[str]) -> set[str]:
        """What of it was on no earlier page of the walk."""
        new = found - self.seen
        self.seen |= new
        return new

    def through(
        self, language: str, width: int, look: Look, part: int, parts: int = PARTS, *, every: int = 1
    ) -> list[str]:
        """Open the pages of one part in this language; what `look` finds and what the browser says.

        A part is every so many-th page, so that parts take about the same time. The first begins as a stranger. With
        `every` only each so many-th of all pages is opened.
        """
        reads(self.app, self.world, language)
        context = self.make_context(
            base_url=self.url, locale=language, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        if language == "en" or parts == MANY_PARTS:  # elsewhere most pages need no look of axe, which is much to load
            context.add_init_script(path=AXE)
        page = context.new_page()
        self._see(page, addresses(self.app, self.world, SIGNED_OUT) if part == 0 else [], look)
        self._sign_in(page)
        examples = {name: EXAMPLES[name] for name in sorted(EXAMPLES)[::every][part::parts]}
        if any("run" in values.values() for values in examples.values()):
            self.world.ids["run"] = self._begin_import(page)
        self._see(page, addresses(self.app, self.world, examples), look)
        return self.faults

    def _sign_in(self, page: Page) -> None:
        page.goto("/sign-in")
        page.fill("input[name=email]", self.world.email)
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
def walk(
    app: Flask,
    workshop: Any,
    live_server: LiveServer,
    make_context: MakeContext,
    complaints: Complaints,
    filled: Filled,
) -> Walk:
    """A walk that has not begun."""
    return Walk(app, make_context, complaints, live_server.url, filled.open(workshop, "demo", lambda: fill(app)))
