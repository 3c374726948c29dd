"""Every page in a real browser: axe, layout, both languages and themes, and a quiet console.

`make test` opens each page once: by a checksum of its name in Spanish on a phone or in English on a desk. Axe looks at
what is met for the first time in a run, such as an element in a place where none like it was, or a colour on another;
`make full` measures all of it on every page, at four widths in both languages.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from playwright.sync_api import FilePayload

from tests.auth.builders import PASSWORD
from tests.journeys.addresses import EXAMPLES, NO_PAGES, SIGNED_OUT, addresses, page_rules
from tests.journeys.looking import (
    body_faults,
    content_faults,
    contrast_faults,
    focus_faults,
    ink_faults,
    inks_of,
    look_faults,
    looks_of,
    overflow_faults,
    width_faults,
)
from tests.journeys.world import KEY, World, fill, reads
from tests.machinery.chromium import AXE, Complaints
from tests.machinery.copies import Copies
from tests.machinery.runs import run
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
STOPS = ("projects.show", "stories.index")
"""Their endpoints, which are opened on a desk in any case."""

Examples = dict[str, dict[str, Any]]
Look = Callable[["Page"], Iterator[str]]
Looks = Callable[[str], Look | None]
"""Endpoint -> how its page is looked at; None where this walk leaves it out."""
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
    assert walk.through("en", 1440, _on_a_desk, part) == []


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_in_spanish_on_a_phone(walk: Walk, part: int) -> None:
    assert walk.through("es", 390, _on_a_phone, part) == []


@pytest.mark.full
@pytest.mark.parametrize("part", range(MANY_PARTS))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_variant(walk: Walk, language: str, part: int) -> None:
    assert walk.through(language, WIDTHS[0], lambda _: _every_variant, part, MANY_PARTS) == []


def _is_on_a_desk(endpoint: str) -> bool:
    """Whether `make test` opens this page on a desk, not on a phone: every other one, the same in every run."""
    return endpoint in STOPS or zlib.crc32(endpoint.encode()) % 2 == 0


def _on_a_desk(endpoint: str) -> Look | None:
    return _look_on_a_desk if _is_on_a_desk(endpoint) else None


def _on_a_phone(endpoint: str) -> Look | None:
    return None if _is_on_a_desk(endpoint) else _look_on_a_phone


def _look_on_a_desk(page: Page) -> Iterator[str]:
    if page.url.endswith(MANY_STOPS):
        yield from focus_faults(page, 30)
    yield from _look(page, 1440)


def _look_on_a_phone(page: Page) -> Iterator[str]:
    yield from _look(page, 390)


def _look(page: Page, width: int) -> Iterator[str]:
    yield from _new_faults(page)
    yield from body_faults(page)
    yield from overflow_faults(page, width)
    yield from width_faults(page, (320,))
    page.set_viewport_size({"width": width, "height": 900})


def _new_faults(page: Page) -> Iterator[str]:
    """What axe finds where something was on no earlier page of the run, whoever walked there."""
    new = _new_of(looks_of(page))
    if new:
        yield from look_faults(page, new)
    for theme in ("dark", "light"):
        inks = _new_of(inks_of(page, theme))
        if inks:
            yield from ink_faults(page, theme, inks)


def _new_of(found: set[str]) -> set[str]:
    return {each for each in found if run.is_first(each)}


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

    def through(self, language: str, width: int, look_of: Looks, part: int, parts: int = PARTS) -> list[str]:
        """Open the pages of one part in this language; what the look of each finds and what the browser says.

        A part is every so many-th page, so that parts take about the same time. The first begins as a stranger.
        """
        names = [name for name in sorted(EXAMPLES) if look_of(name)][part::parts]
        examples = {name: EXAMPLES[name] for name in names}
        reads(self.app, self.world, language)
        context = self.make_context(
            base_url=self.url, locale=language, viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        if parts == MANY_PARTS:  # else many pages need no look of axe, which is much to load
            context.add_init_script(path=AXE)
        page = context.new_page()
        self._see(page, SIGNED_OUT if part == 0 else {}, look_of)
        self._sign_in(page)
        if any("run" in values.values() for values in examples.values()):
            self.world.ids["run"] = self._begin_import(page)
        self._see(page, examples, look_of)
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

    def _see(self, page: Page, examples: Examples, look_of: Looks) -> None:
        for look in {look_of(name): None for name in examples}:
            alike = {name: values for name, values in examples.items() if look_of(name) is look}
            for address in addresses(self.app, self.world, alike):
                self._see_one(page, address, look)

    def _see_one(self, page: Page, address: str, look: Look | None) -> None:
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            self.faults.append(f"{address}: answered {answer and answer.status}")
        else:
            self.faults += [f"{address}: {fault}" for fault in (look(page) if look else ())]
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
    return Walk(
        app, make_context, complaints, live_server.url, filled.open(workshop, "demo", lambda: fill(app, workshop))
    )
