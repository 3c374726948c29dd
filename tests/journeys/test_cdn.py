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


def test_pinned_files_run_others_are_refused_and_without_any_people_still_work(
    app: Flask,
    make_server: Callable[..., LiveServer],
    make_context: Callable[..., BrowserContext],
    complaints: Complaints,
) -> None:
    server, person = make_server(IMPLEMENTOR_ASSETS="cdn"), add_person(app, "Eva", Role.PMO)
    server.start()
    pages = [make_context(base_url=server.url).new_page() for _ in range(3)]
    the_pinned_files_run(pages[0])
    a_changed_file_is_refused(pages[1], complaints)
    without_the_cdn_people_still_work(pages[2], person, complaints)


def the_pinned_files_run(page: Page) -> None:
    page.route(f"{CDN}/**", lambda route: _answer(route))
    page.goto("/sign-in")
    assert page.evaluate(HAS_HTMX)


def a_changed_file_is_refused(page: Page, complaints: Complaints) -> None:
    page.route(f"{CDN}/**", lambda route: _answer(route, more="\n// one more line"))
    page.goto("/sign-in")
    assert not page.evaluate(HAS_HTMX)
    complaints.expect("integrity")


def without_the_cdn_people_still_work(page: Page, person: Person, complaints: Complaints) -> None:
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
