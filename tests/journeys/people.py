"""What a person does in a browser on their first day, step by step, by mouse or by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from implementor.settings import PROJECT_ROOT
from tests.machinery.servers import STOP_LIMIT, LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PASSWORD = "velvet anchor mosaic thirty"
EMAIL = "eva.solano@example.com"


def first_link(server: LiveServer) -> str:
    """The link that a server without people prints when it starts."""
    found = re.search(r"http://\S+/link/\S+", server.log.read_text())
    assert found, f"The server printed no link:\n{server.log.read_text()}"
    return found.group()


@contextmanager
def worker_of(server: LiveServer) -> Iterator[None]:
    """The real worker process beside a server."""
    command = [sys.executable, "-m", "implementor", "worker"]
    with (server.folder / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=server.environment(), stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(STOP_LIMIT * 2)


def make_first_account(page: Page, link: str) -> None:
    """Open the link and become the first administrator, who also plans."""
    page.goto(link)
    page.fill("input[name=name]", "Eva Solano")
    page.fill("input[name=email]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.check("input[name=also_pmo]")
    page.click("#choose_password button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")


def sign_in_again(page: Page) -> None:
    """Leave and come back with the password."""
    page.click(".topbar-tools details:has(form[action='/sign-out']) summary")
    page.click("form[action='/sign-out'] button")
    page.wait_for_url("**/sign-in**")
    page.fill("input[name=email]", EMAIL)
    page.fill("input[name=password]", PASSWORD)
    page.click("#sign_in button[type=submit]")
    page.wait_for_selector(".sidebar", state="attached")


def create_project(page: Page, key: str, name: str) -> None:
    """Go through the wizard; the person takes part as its lead."""
    page.goto("/projects/new")
    page.fill("#wizard [name=name]", name)
    page.fill("#wizard [name=key]", key)
    page.fill("#wizard [name=purpose]", "Una sola memoria de cada cliente.")
    page.fill("#wizard [name=programme_name]", f"CRM {key}")
    next_step(page)
    page.fill("#wizard [name=starts_on]", "2026-01-12")
    page.fill("#wizard [name=ends_on]", "2026-12-18")
    page.select_option("#wizard [name=country]", "VE")
    page.select_option("#wizard [name=method_key]", "open")  # one person alone cannot sign gates
    next_step(page)
    page.fill("#wizard [name=find]", "Eva")
    page.select_option("#wizard [name=role]", "project_lead")
    page.click("#wizard button[value=find]")
    page.click("#wizard button[value^='add:']")
    page.wait_for_selector("#wizard input[type=hidden][name=people]", state="attached")
    next_step(page)
    next_step(page)
    page.click("#wizard .button-primary")
    page.wait_for_url(f"**/projects/{key}/")


def next_step(page: Page) -> None:
    """Press the button that leads to the next step and wait until it is there."""
    heading = page.inner_text("h1")
    page.click("#wizard button[value=next]")
    page.wait_for_function("(before) => document.querySelector('h1')?.innerText !== before", arg=heading)


def column(page: Page, status: str) -> Locator:
    """A column of the board."""
    return page.locator(f"[data-column='{status}']")


def card_in(page: Page, status: str, card: str) -> Locator:
    """The card with this id if it stands in this column."""
    return column(page, status).locator(f"[data-card='{card}']")


def first_card(page: Page, status: str) -> str:
    """The id of the first card of a column."""
    return column(page, status).locator("[data-card]").first.get_attribute("data-card") or ""


def drag(page: Page, card: Locator, goal: Locator) -> None:
    """Drag a card by its handle to the top of a column, in steps as a hand does."""
    card.scroll_into_view_if_needed()
    start, end = card.locator("[data-handle]").bounding_box(), goal.locator("[data-cards]").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 8, steps=4)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 20, steps=10)
    page.mouse.move(end["x"] + end["width"] / 2 + 4, end["y"] + 24, steps=3)
    page.mouse.up()
