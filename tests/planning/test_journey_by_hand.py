"""One wave in a real browser by keys alone: planned, two what-ifs compared, started, changed, explained and closed."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.stories.models import Story
from tests.auth.builders import reading
from tests.machinery.servers import LiveServer
from tests.planning.test_plan_by_hand import INSIDE, open_plan
from tests.planning.test_scenarios import places, scenario
from tests.waves.builders import Rollout, add_story, add_wave, rollout, wave_now

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]


def press(page: Any, found: Any) -> None:
    """Go to a button or link and press Enter, which leads to the next page."""
    found.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def move_in(page: Any, story_id: int) -> None:
    """Move the story at hand into the wave; the card moves before the server has answered."""
    with page.expect_response("**/waves/1/plan/move*") as moved:
        page.keyboard.press("Alt+ArrowRight")
    assert moved.value.ok
    page.wait_for_selector(f"{INSIDE}#card_{story_id}")


def adopt_and_undo(page: Any, here: Rollout, one: int, other: int) -> None:
    """Look at both what-ifs beside each other, adopt the first, and take that back."""
    before = places(here)
    page.goto(here.url(f"/scenarios/compare?with={one}&with={other}"))
    page.wait_for_selector("#columns thead th:has-text('Best first')")
    page.wait_for_selector("#columns thead th:has-text('Fewer people')")
    page.goto(here.url(f"/scenarios/{one}"))
    page.focus("#decision textarea")
    page.keyboard.type("More value for the same money.")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert places(here) != before
    press(page, page.get_by_role("button", name="Undo").last)
    assert places(here) == before


def explain(page: Any, here: Rollout) -> None:
    """Say why the scope changed."""
    page.goto(here.url("/waves/1"))
    page.focus("#scope_log summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("The sponsor asked for it.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#scope_log td:has-text('The sponsor asked for it.')")


def test_keys_alone_plan_compare_adopt_start_change_and_close(
    app: Flask, live_server: LiveServer, make_context: Any
) -> None:
    here = rollout(app)
    first, best = add_story(here, "First", points="5", value="10"), add_story(here, "Best", points="8", value="90")
    add_wave(here, "One", capacity_points="10")
    page = open_plan(here, make_context, live_server)
    page.keyboard.press("j")
    move_in(page, first)
    swap = [{"kind": "out", "story_id": first}, {"kind": "story", "wave": 1, "story_id": best}]
    fewer = {"kind": "capacity", "wave": 1, "amount": Decimal(50)}
    adopt_and_undo(page, here, scenario(here, "Best first", *swap), scenario(here, "Fewer people", fewer))
    page.goto(here.url("/waves/1/start"))
    press(page, page.get_by_role("button", name="Start the wave"))
    page.goto(here.url("/waves/1/plan"))
    page.focus(f"#card_{best} .board-card-title")
    move_in(page, best)
    explain(page, here)
    page.goto(here.url("/waves/1/close"))
    for story, word in ((first, "Back"), (best, "Drop")):
        page.focus(f"#story_{story}")
        page.keyboard.type(word)
    press(page, page.get_by_role("button", name="Close the wave"))
    assert wave_now(here).is_closed
    with reading(app) as session:
        assert list(session.scalars(select(Story.status).order_by(Story.id))) == ["ready", "dropped"]
