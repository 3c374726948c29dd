"""Finding a record by name in a real browser: typed, chosen by keys and by pointer, told, on a telephone too."""

from typing import Any

import pytest
from flask import Flask

from tests.auth.builders import add_person
from tests.journeys.looking import width_faults
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer
from tests.projects.builders import browser_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
PHONE = {"width": 390, "height": 844}
TEXT, MARK, LIST = "#owner_1", "#owner_1_mark", "#owner_1_list"


def open_guide(app: Flask, make_context: Any, server: LiveServer, **options: Any) -> Any:
    """The style guide, whose form has a field that finds people."""
    person = add_person(app, "Ana Ruiz")
    for name in ("Anabel Soto", "Bruno Gil"):
        add_person(app, name)
    context = make_context(base_url=server.url, **options)
    cookies = (browser_of(app, person).client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.goto("/styleguide")
    return page


def type_name(page: Any, words: str) -> None:
    page.locator(TEXT).press_sequentially(words)
    page.wait_for_selector(f"{LIST} [data-key]")


def test_keys_find_and_choose(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_guide(app, make_context, live_server)
    type_name(page, "ana")
    assert page.locator(TEXT).get_attribute("aria-expanded") == "true"
    assert axe_findings(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{LIST} [aria-selected=true]")
    assert page.locator(TEXT).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    key = chosen.get_attribute("data-key")
    page.keyboard.press("Enter")
    assert page.input_value(TEXT) == "Anabel Soto"
    assert page.input_value(MARK) == f"{key}|Anabel Soto"
    assert not page.is_visible(LIST)
    page.keyboard.press("Backspace")
    assert page.input_value(MARK) == ""


def test_escape_closes_the_list_and_keeps_the_text(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_guide(app, make_context, live_server)
    type_name(page, "an")
    page.keyboard.press("Escape")
    assert not page.is_visible(LIST)
    assert page.input_value(TEXT) == "an"
    assert page.evaluate("document.activeElement.id") == "owner_1"


def test_nothing_typed_offers_the_reader_and_nobody(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_guide(app, make_context, live_server)
    page.focus(TEXT)
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(f"{LIST} [data-key=me]")
    assert page.locator(f"{LIST} [role=option]").count() == 5
    page.locator(TEXT).press_sequentially("zzz")
    page.wait_for_selector(f"{LIST} [aria-disabled=true]")
    assert page.locator(f"{LIST} [data-key]").count() == 0


def test_a_finger_chooses_on_a_telephone(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    page = open_guide(app, make_context, live_server, viewport=PHONE, has_touch=True)
    type_name(page, "bru")
    assert list(width_faults(page, (390,))) == []
    page.locator(f"{LIST} [data-key]").tap()
    assert page.input_value(TEXT) == "Bruno Gil"
