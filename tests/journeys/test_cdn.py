"""Scripts from the CDN: the pinned file runs, another one is refused, and without any the pages still work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from implementor.web.assets import CDN, STATIC
from tests.auth.builders import PASSWORD, Person, add_person
from tests.machinery.chromium import Complaints
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

HAS_HTMX = "() => window.htmx !== undefined"
OTHER_SITES = {"Access-Control-Allow-Origin": "*", "Content-Type": "text/javascript"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only("scripts come from the same place on either database"),
]


@pytest.fixture
def cdn_page(make_server: Callable[..., LiveServer], make_context: Callable[..., BrowserContext]) -> Page:
    """A browser before a server that leaves its scripts to the CDN."""
    server = make_server(IMPLEMENTOR_ASSETS="cdn")
    server.start()
    context = make_context(base_url=server.url)
    context.set_default_timeout(60_000)
    return context.new_page()


@pytest.fixture
def person(app: Flask) -> Person:
    """Somebody who may make projects."""
    return add_person(app, "Eva", Role.PMO)


def test_the_pinned_files_run(cdn_page: Page) -> None:
    cdn_page.route(f"{CDN}/**", lambda route: _answer(route))
    cdn_page.goto("/sign-in")
    assert cdn_page.evaluate(HAS_HTMX)


def test_a_changed_file_is_refused(cdn_page: Page, complaints: Complaints) -> None:
    cdn_page.route(f"{CDN}/**", lambda route: _answer(route, more="\n// one more line"))
    cdn_page.goto("/sign-in")
    assert not cdn_page.evaluate(HAS_HTMX)
    complaints.expect("integrity")


def test_without_the_cdn_people_still_work(cdn_page: Page, person: Person, complaints: Complaints) -> None:
    page = cdn_page
    page.route(f"{CDN}/**", lambda route: route.abort())
    page.goto("/sign-in")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")
    page.goto("/account")
    page.fill("input[name=name]", "Eva Solano")
    page.locator("form:has(input[name=name]) button[type=submit]").click()
    page.wait_for_selector("text=Eva Solano", state="attached")
    complaints.expect("net::ERR_FAILED")


def _answer(route: Route, more: str = "") -> None:
    """Answer as the CDN does, from the file that is here."""
    name = Path(route.request.url).name
    body = (STATIC / "vendor" / name).read_text(encoding="utf-8")
    route.fulfill(body=body + more, headers=OTHER_SITES)
