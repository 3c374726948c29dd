"""What the first and the second page weigh on the wire, as the real server sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from implementor.foundation.permissions import Role
from tests.auth.builders import PASSWORD, add_person
from tests.machinery.servers import LiveServer

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

KILOBYTE = 1024  # bytes
FIRST, SECOND = 150 * KILOBYTE, 30 * KILOBYTE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only("what is sent is the same on either database"),
]


def test_pages_are_light(app: Flask, live_server: LiveServer, make_context: Callable[..., BrowserContext]) -> None:
    person = add_person(app, "Eva", Role.PMO)
    page = make_context(base_url=live_server.url).new_page()
    with weighing(page) as first:
        page.goto("/sign-in")
        page.wait_for_load_state("networkidle")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    with weighing(page) as second:
        page.click("#sign_in button[type=submit]")
        page.wait_for_selector(".sidebar", state="attached")
        page.wait_for_load_state("networkidle")
    assert 10 * KILOBYTE < sum(first) <= FIRST
    assert 0 < sum(second) <= SECOND


@contextmanager
def weighing(page: Page) -> Iterator[list[int]]:
    """Bytes of every answer over the wire in the block, heads included; what the cache gave weighs nothing."""
    weights: list[int] = []

    def note(event: dict[str, Any]) -> None:
        weights.append(int(event["encodedDataLength"]))

    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", note)
    yield weights
    devtools.detach()
