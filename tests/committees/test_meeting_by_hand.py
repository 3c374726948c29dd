"""A whole meeting in a real browser, held by the keyboard alone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.committees.models import Meeting
from implementor.governance.models import ActionItem, ChangeRequest, Decision
from tests.auth.builders import reading
from tests.committees.builders import Table, table
from tests.governance.builders import change, question
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer
from tests.projects.builders import browser_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
LONG = 60_000  # ms; a busy machine
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def open_page(held: Table, make_context: Any, server: LiveServer, path: str) -> Any:
    """A page in a browser in which the chair is signed in."""
    context = make_context(base_url=server.url, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(LONG)
    cookies = (browser_of(held.app, held.people["sponsor"]).client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto(path)
    return page


def tab_to(page: Any, selector: str) -> None:
    """Go on with the tabulator until an element has the focus."""
    for _turn in range(150):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no tabulator leads to {selector}")


def press(page: Any, key: str) -> None:
    """A key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_load_state("networkidle")


def typed(page: Any, selector: str, text: str) -> None:
    """Type into a field that the tabulator leads to."""
    tab_to(page, selector)
    page.keyboard.type(text)


def take_attendance(held: Table, page: Any) -> None:
    """Begin the meeting and say that chair and committee are there."""
    tab_to(page, "form[action$='/begin'] button")
    press(page, "Enter")
    for role in ("sponsor", "committee"):
        tab_to(page, f"[name='person_{held.people[role].id}']")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowLeft")
    assert axe_findings(page) == []
    tab_to(page, "#attend button")
    press(page, "Enter")


def answer_points(page: Any) -> None:
    """Approve the question, look back and forth, postpone the request."""
    typed(page, "#answer [name=outcome]", "Almadata")
    typed(page, "#answer [name=reason]", "Equal price, and they know us.")
    tab_to(page, "#answer button[value=approved]")
    press(page, "Enter")
    assert "Add the zone of the east" in page.inner_text("h1")
    press(page, "p")
    press(page, "n")
    typed(page, "#answer [name=reason]", "Not before the summer.")
    tab_to(page, "#answer button[value=postponed]")
    press(page, "Enter")


def test_a_whole_meeting_by_keyboard_alone(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    held = table(app)
    question(app, held.people["member"], options="Almadata\nRedcelta")
    change(app, held.people["member"])
    meeting_id = held.plan()
    page = open_page(held, make_context, live_server, f"/projects/VEN/meetings/{meeting_id}")
    take_attendance(held, page)
    assert (page.inner_text("h1"), "Quorum 2 of 2" in page.inner_text(".page-state")) == ("Which supplier?", True)
    assert not page.evaluate(TOO_WIDE)
    assert axe_findings(page) == []
    answer_points(page)
    tab_to(page, "#give_fold > summary")
    page.keyboard.press("Enter")
    typed(page, "#give [name=title]", "Ask the east again")
    press(page, "Enter")
    press(page, "c")
    assert "Equal price, and they know us." in page.inner_text(".minutes")
    assert not page.evaluate(TOO_WIDE)
    with reading(app) as session:
        assert session.get_one(Meeting, meeting_id).closed_at is not None
        assert session.get_one(Decision, 1).outcome == "Almadata"
        assert session.get_one(ChangeRequest, 1).answer == "postponed"
        assert session.scalars(select(ActionItem.title)).all() == ["Ask the east again"]
