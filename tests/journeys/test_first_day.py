"""From the first administrator's link to a board filled from a real Jira export, by mouse and by keyboard alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from implementor.settings import PROJECT_ROOT
from tests.journeys.people import (
    card_in,
    column,
    create_project,
    drag,
    first_link,
    make_first_account,
    sign_in_again,
    worker_of,
)
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

EXPORT = PROJECT_ROOT.parent / "shared" / "data" / "jira-exports" / "es_tickets_snapshot1.csv"
LONG = 120_000  # ms; the first page of a busy machine, or a job that waits for its worker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only("the pages are the same on either database"),
]


@pytest.fixture
def server(make_server: Callable[..., LiveServer]) -> LiveServer:
    """A server that nobody has signed in to."""
    made = make_server()
    made.start()
    return made


@pytest.fixture
def spanish_page(server: LiveServer, make_context: Callable[..., BrowserContext]) -> Page:
    """The browser of somebody who reads Spanish."""
    context = make_context(base_url=server.url, locale="es-ES", reduced_motion="reduce")
    context.set_default_timeout(LONG)
    return context.new_page()


def test_a_real_backlog_becomes_waves_on_a_board(server: LiveServer, spanish_page: Page) -> None:
    if not EXPORT.exists() and not os.environ.get("CI"):
        pytest.skip("the real Jira export of ../shared/data is not here")
    page = spanish_page
    make_first_account(page, first_link(server))
    sign_in_again(page)
    create_project(page, "TIC", "Ventas del norte")
    with worker_of(server):
        bring_in_the_export(page)
    demand_little_of_ready_stories(page)
    start_a_wave(page)
    move_by_mouse(page)
    move_by_menu(page)
    move_by_keys(page)
    take_the_last_move_back(page)


def bring_in_the_export(page: Page) -> None:
    page.goto("/projects/TIC/imports")
    page.click("main a[href$='/imports/new']")
    page.set_input_files("#upload input[type=file]", EXPORT)
    page.click("#upload .button-primary")
    page.wait_for_url("**/reading")
    page.click("#reading .button-primary")
    page.wait_for_url("**/columns")
    assert page.locator("#mapped_rows tbody tr").count() > 0, "the suggested columns already show rows"
    page.click("#columns .button-primary")
    page.wait_for_url("**/check")
    page.click("#progress button.button-primary")
    page.wait_for_selector("#progress form[action$='/undo']")
    assert "287" in page.inner_text("#progress")


def start_a_wave(page: Page) -> None:
    """Start the wave of the export's last sprint, which still has work, and go to its board."""
    page.goto("/projects/TIC/waves")
    assert page.locator("main table tbody tr").count() == 2, "both sprints are waves"
    page.goto("/projects/TIC/waves/2/start")
    page.click("main form .button-primary")
    page.wait_for_url("**/waves/2**")
    page.goto("/projects/TIC/waves/2/board")
    assert int(re.findall(r"\d+", column(page, "planned").locator("h2").inner_text())[-1]) > 20


def demand_little_of_ready_stories(page: Page) -> None:
    """The export knows neither values nor criteria, so the team takes its stories as they are."""
    page.goto("/projects/TIC/story-rules")
    for box in page.locator("input[name=ready], input[name=done]").all():
        box.uncheck()
    page.click("main form .button-primary")
    page.wait_for_selector(".toast, .notice")


def move_by_mouse(page: Page) -> None:
    name = first_name(page, "planned")
    with page.expect_response("**/waves/2/board/move*") as moved:
        drag(page, card_in(page, "planned", name), column(page, "doing"))
    assert moved.value.ok
    page.wait_for_selector(".toast form")
    page.reload()
    assert card_in(page, "doing", name).count() == 1


def move_by_menu(page: Page) -> None:
    name = first_name(page, "planned")
    card_in(page, "planned", name).locator("[data-move-menu]").click()
    with page.expect_response("**/waves/2/board/move*") as moved:
        page.locator(".is-floating button").nth(1).click()
    assert moved.value.ok
    page.reload()
    assert card_in(page, "review", name).count() == 1


def move_by_keys(page: Page) -> None:
    name = first_name(page, "review")
    card_in(page, "review", name).locator(".board-card-title").focus()
    with page.expect_response("**/waves/2/board/move*") as moved:
        page.keyboard.press("Alt+ArrowLeft")
    assert moved.value.ok
    assert card_in(page, "doing", name).locator(":focus").count() == 1, "the focus goes with the card"


def take_the_last_move_back(page: Page) -> None:
    name = page.locator("[data-column='doing'] .board-card:has(:focus) .board-card-head").inner_text().strip()
    page.click(".toast:last-child form button")
    page.wait_for_selector(f"[data-column='review'] .board-card:has-text('{name}')")


def first_name(page: Page, status: str) -> str:
    """Number of the first card of a column."""
    return column(page, status).locator(".board-card-head").first.inner_text().strip()
