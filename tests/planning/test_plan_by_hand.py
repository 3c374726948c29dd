"""A wave is planned in a real browser: by keys alone, by drag, with what would break told before, and two at once."""

from typing import Any

import pytest
from flask import Flask

from implementor.stories.part_services import add_dependency
from implementor.waves.scope import put_in_wave
from tests.machinery.chromium import Complaints, axe_findings
from tests.machinery.servers import LiveServer
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
INSIDE = "[data-column=wave] [data-card]"


def open_plan(here: Rollout, make_context: Any, server: LiveServer) -> Any:
    """The plan of wave 1 in a browser in which the lead is signed in."""
    context = make_context(base_url=server.url)
    cookies = (here.browser().client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto(here.url("/waves/1/plan"))
    return page


def two_that_wait(app: Flask) -> tuple[Rollout, int, int]:
    """A story, one that waits for it, and a wave for ten points."""
    here = rollout(app)
    base, top = add_story(here, "Base", points="5"), add_story(here, "Top", points="8")
    with here.working() as session:
        blocker, blocked = stories_of(session, [base, top])
        add_dependency(session, blocker, blocked, kind="blocks", by=here.actor(), at=START)
    add_wave(here, "One", capacity_points="10")
    return here, base, top


def test_keys_alone_plan_a_story_see_what_breaks_and_take_it_back(
    app: Flask, live_server: LiveServer, make_context: Any
) -> None:
    here, base, top = two_that_wait(app)
    page = open_plan(here, make_context, live_server)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_selector("[data-column=wave] [data-would]:has-text('Breaks VEN-2, which waits for VEN-1')")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector(f"{INSIDE}#card_{top}.is-blocked")
    page.wait_for_selector("#plan_load:has-text('8 of 10 points, 2 left')")
    page.focus(f"#card_{base} .board-card-title")
    page.keyboard.press("Alt+ArrowRight")
    page.wait_for_selector("#plan_load:has-text('13 of 10 points, over by 3')")
    page.wait_for_selector(f"{INSIDE}#card_{top}:not(.is-blocked)")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Undo").last.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(here.url("/waves/1/plan"))
    page.wait_for_selector("#plan_load:has-text('8 of 10 points, 2 left')")


def test_a_drag_tells_what_it_breaks_and_a_plan_that_crossed_is_drawn_anew(
    app: Flask, live_server: LiveServer, make_context: Any, complaints: Complaints
) -> None:
    here, base, top = two_that_wait(app)
    add_wave(here, "Two")
    page = open_plan(here, make_context, live_server)
    page.locator("#plan_load").scroll_into_view_if_needed()
    box = page.locator(f"#card_{top} [data-handle]").bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20, steps=5)
    page.wait_for_selector("[data-column=wave] [data-would]:has-text('Breaks VEN-2')")
    target = page.locator("[data-column=wave] [data-cards]").bounding_box()
    page.mouse.move(target["x"] + 60, target["y"] + 20, steps=15)
    page.screenshot()  # a frame in which the browser tells the list what hangs over it
    page.mouse.up()
    page.wait_for_selector(f"{INSIDE}#card_{top}.is-blocked")
    page.wait_for_selector("#plan_load:has-text('8 of 10 points, 2 left')")  # the page was drawn anew after the drop
    with here.working() as session:
        put_in_wave(session, wave_in(session, here, 2), stories_of(session, [base]), by=here.actor(), at=START)
    page.click(f"#card_{base} [data-move-menu]")
    page.get_by_role("button", name="Move to One").click()
    page.wait_for_selector("text=Ana VEN put Base into Two")
    page.wait_for_selector(f"#card_{base}", state="detached")
    complaints.expect("409")
