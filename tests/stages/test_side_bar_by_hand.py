"""The stages of the side bar in a real browser: by keys at a desk, by finger on a telephone."""

from typing import Any

import pytest
from flask import Flask

from tests.journeys.looking import width_faults
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer
from tests.projects.builders import add_project, browser_of, pmo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
PHONE = {"width": 390, "height": 844}


def open_stages(app: Flask, make_context: Any, server: LiveServer, **options: Any) -> Any:
    """The page of stages of a project, as somebody of the PMO sees it."""
    add_project(app)
    context = make_context(base_url=server.url, **options)
    cookies = (browser_of(app, pmo(app)).client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto("/projects/VEN/stages")
    return page


def test_keys_reach_each_stage_after_the_page_of_stages(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_stages(app, make_context, live_server)
    assert axe_findings(page) == []
    page.focus(".sidebar a[href='/projects/VEN/stages']")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert "Planning" in page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_function("location.pathname.endsWith('/stages/planning')")


def test_a_finger_chooses_a_stage_and_sees_it(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_stages(app, make_context, live_server, viewport=PHONE, has_touch=True)
    page.tap("[data-sidebar-open]")
    step = page.locator("#sidebar_dialog .nav-step", has_text="Implementation")
    assert "Not started" in step.inner_text()
    assert list(width_faults(page, (320, 390))) == []
    step.tap()
    page.wait_for_selector("#sidebar_dialog:not([open])", state="attached")
    page.wait_for_url("**/stages/implementation")
    assert page.locator("h1").inner_text() == "Implementation"
    assert list(width_faults(page, (320, 390))) == []
