"""Naming people in a comment in a real browser: offered after an @, chosen by keys and by a finger, never forced."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from implementor.foundation.permissions import Role
from tests.auth.builders import add_person
from tests.comments.builders import add_story
from tests.journeys.looking import width_faults
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer
from tests.projects.builders import add_project, browser_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
PHONE = {"width": 390, "height": 844}
TEXT, LIST = "#comment_body", "#comment_body_people"


def open_talk(app: Flask, make_context: Any, server: LiveServer, **options: Any) -> Any:
    """The page where a story of a project with three people is talked about."""
    ana = add_person(app, "Ana Ruiz")
    others = [(Role.MEMBER, add_person(app, name)) for name in ("Anabel Soto", "Íñigo Gil")]
    project_id = add_project(app, "VEN", people=[(Role.PROJECT_LEAD, ana), *others])
    story = add_story(app, project_id)
    context = make_context(base_url=server.url, **options)
    cookies = (browser_of(app, ana).client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto(f"/projects/VEN/comments/about/story/{story.id}")
    return page


def type_text(page: Any, text: str) -> None:
    """Type, and wait for the list."""
    page.locator(TEXT).press_sequentially(text)
    page.wait_for_selector(f"{LIST} [role=option]")


def test_keys_choose_a_name(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_talk(app, make_context, live_server)
    type_text(page, "Ask @an")
    # everybody is offered after the @ alone, and fewer with each letter
    expect(page.locator(f"{LIST} [role=option]")).to_have_text(["Ana Ruiz", "Anabel Soto"])
    assert axe_findings(page) == []
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{LIST} [aria-selected=true]")
    assert page.locator(TEXT).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    assert page.input_value(TEXT) == "Ask @Anabel Soto "
    assert not page.is_visible(LIST)
    page.keyboard.type("today.")
    page.click("form:has(#comment_body) [type=submit]")
    page.wait_for_selector(".timeline-body strong")
    assert page.inner_text(".timeline-body") == "Ask @Anabel Soto today."


def test_accents_need_not_be_typed_and_escape_keeps_the_text(
    app: Flask, live_server: LiveServer, make_context: Any
) -> None:
    page = open_talk(app, make_context, live_server)
    type_text(page, "@ini")
    expect(page.locator(f"{LIST} [role=option]")).to_have_text(["Íñigo Gil"])
    page.keyboard.press("Escape")
    assert not page.is_visible(LIST)
    page.keyboard.press("Enter")
    assert page.input_value(TEXT) == "@ini\n", "Enter breaks the line where no list is open"


def test_an_address_of_mail_names_nobody(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_talk(app, make_context, live_server)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(TEXT).press_sequentially("ventas@an")
    type_text(page, " @")
    assert [url.partition("?")[2] for url in asked if "/people/options" in url] == ["q="]


def test_a_finger_chooses_on_a_telephone(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_talk(app, make_context, live_server, viewport=PHONE, has_touch=True)
    type_text(page, "@")
    assert list(width_faults(page, (390,))) == []
    page.locator(f"{LIST} [role=option]", has_text="Ana Ruiz").tap()
    assert page.input_value(TEXT) == "@Ana Ruiz "
