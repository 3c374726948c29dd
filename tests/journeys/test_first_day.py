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
    first_card,
    first_link,
    make_first_account,
    sign_in_again,
    worker_of,
)
from tests.machinery.chromium import Complaints
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
    card = first_card(page, "planned")
    with page.expect_response("**/waves/2/board/move*") as moved:
        drag(page, card_in(page, "planned", card), column(page, "doing"))
    assert moved.value.ok
    page.wait_for_selector(".toast form")
    page.reload()
    assert card_in(page, "doing", card).count() == 1


def move_by_menu(page: Page) -> None:
    card = first_card(page, "planned")
    card_in(page, "planned", card).locator("[data-move-menu]").click()
    with page.expect_response("**/waves/2/board/move*") as moved:
        page.locator(".is-floating button").nth(1).click()
    assert moved.value.ok
    page.reload()
    assert card_in(page, "review", card).count() == 1


def move_by_keys(page: Page) -> None:
    card = first_card(page, "review")
    card_in(page, "review", card).locator(".board-card-title").focus()
    with page.expect_response("**/waves/2/board/move*") as moved:
        page.keyboard.press("Alt+ArrowLeft")
    assert moved.value.ok
    assert card_in(page, "doing", card).locator(":focus").count() == 1, "the focus goes with the card"


def take_the_last_move_back(page: Page) -> None:
    card = page.locator("[data-card]:has(:focus)").get_attribute("data-card") or ""
    page.click(".toast:last-child form button")
    page.wait_for_selector(f"[data-column='review'] [data-card='{card}']")


def test_the_essentials_by_keyboard_alone(
    server: LiveServer, make_context: Callable[..., BrowserContext], complaints: Complaints
) -> None:
    context = make_context(base_url=server.url, reduced_motion="reduce")
    context.set_default_timeout(LONG)
    page = context.new_page()
    make_first_account(page, first_link(server))
    create_project(page, "NOR", "North sales")
    write_stories_by_keys(page)
    jump_by_palette(page)
    look_at_the_keys(page)
    make_a_wave_by_keys(page)
    put_a_story_in_by_keys(page)


def write_stories_by_keys(page: Page) -> None:
    go_by_tab(page, "a[href='/projects/NOR/backlog']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/backlog")
    pass_the_side_bar(page)
    go_by_tab(page, "textarea[name=titles]")
    page.keyboard.type("See open quotes")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("main tbody th a")


def jump_by_palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    page.keyboard.type("open quotes")
    page.wait_for_selector("#palette_results [role=option][aria-selected=true]:has-text('See open quotes')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/1")


def look_at_the_keys(page: Page) -> None:
    page.keyboard.press("?")
    page.wait_for_selector("#key_sheet[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#key_sheet:not([open])", state="attached")


def make_a_wave_by_keys(page: Page) -> None:
    page.goto("/projects/NOR/waves")
    pass_the_side_bar(page)
    go_by_tab(page, "main a[href$='/waves/new']")
    page.keyboard.press("Enter")
    page.wait_for_selector("main form [name=name]")
    pass_the_side_bar(page)
    go_by_tab(page, "main form [name=name]")
    page.keyboard.type("Sales core")
    page.keyboard.press("Enter")
    page.wait_for_url("**/waves/1")


def put_a_story_in_by_keys(page: Page) -> None:
    page.goto("/projects/NOR/waves/1/stories")
    pass_the_side_bar(page)
    go_by_tab(page, "[data-column='backlog'] .board-card-title", most=40)
    with page.expect_response("**/waves/1/stories/move*") as moved:
        page.keyboard.press("Alt+ArrowRight")
    assert moved.value.ok, moved.value.text()
    assert page.locator("[data-column='wave'] [data-card]:has(:focus)").count() == 1, "the focus goes with the card"


def pass_the_side_bar(page: Page) -> None:
    """The first link of every page leads past it."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def go_by_tab(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    page.wait_for_selector(selector)
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{page.url}: Tab does not lead to {selector}.")
