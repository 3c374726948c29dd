"""The board in a real browser: cards move by key, by menu and by drag, a refused one goes back, and all is told."""

from typing import Any

import pytest
from flask import Flask

from tests.machinery.chromium import Complaints, axe_findings
from tests.machinery.servers import LiveServer
from tests.waves.builders import Rollout, add_story, add_wave, rollout, story_now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]


def open_board(here: Rollout, make_context: Any, server: LiveServer) -> Any:
    """The board of wave 1 in a browser in which the lead is signed in."""
    context = make_context(base_url=server.url)
    cookies = (here.browser().client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto(here.url("/waves/1/board"))
    return page


def card_ids(page: Any, column: str) -> list[str]:
    return [card.get_attribute("data-card") for card in page.query_selector_all(f"[data-column={column}] [data-card]")]


def test_keys_move_a_card_and_keep_the_focus(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    here = rollout(app)
    story = add_story(here)
    add_wave(here, "One", [story])
    page = open_board(here, make_context, live_server)
    page.focus(f"#card_{story} .board-card-title")
    with page.expect_response("**/board/move") as moved:
        page.keyboard.press("Alt+ArrowRight")
    assert moved.value.status == 204
    page.wait_for_selector("text=VEN-1 is in In progress.")
    assert card_ids(page, "doing") == [str(story)]
    assert page.evaluate("document.activeElement.closest('[data-card]').id") == f"card_{story}"
    assert story_now(here, story).status == "doing"
    assert axe_findings(page) == []


def test_a_refused_card_goes_back_and_the_reason_is_told(
    app: Flask, live_server: LiveServer, make_context: Any, complaints: Complaints
) -> None:
    here = rollout(app)
    story = add_story(here, status="review", criteria=2, met=0)
    add_wave(here, "One", [story])
    page = open_board(here, make_context, live_server)
    page.click(f"#card_{story} [data-move-menu]")
    page.get_by_role("button", name="Move to Validated").click()
    page.wait_for_selector("text=2 criteria are not met")
    assert card_ids(page, "review") == [str(story)]
    complaints.expect("409")


def test_a_card_is_dragged_into_another_column(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    here = rollout(app)
    story, other = add_story(here), add_story(here, "Other", status="doing")
    add_wave(here, "One", [story, other])
    page = open_board(here, make_context, live_server)
    handle, target = (page.locator(css).bounding_box() for css in (f"#card_{story} [data-handle]", f"#card_{other}"))
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 40, handle["y"] + 20, steps=5)
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] - 6, steps=15)
    with page.expect_response("**/board/move"):
        page.mouse.up()
    page.wait_for_selector("text=VEN-1 is in In progress.")
    assert story_now(here, story).status == "doing"
