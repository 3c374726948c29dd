"""Two people at one table in two browsers: nothing is loaded anew, nothing typed is lost, nothing hidden is sent."""

from typing import Any

import pytest
from flask import Flask

from tests.auth.builders import Person
from tests.machinery.chromium import axe_findings
from tests.machinery.servers import LiveServer
from tests.projects.builders import browser_of
from tests.retrospectives.builders import people_of_team, retrospective

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="scripts know nothing of the database"),
]
HERE = "/projects/VEN/retrospectives/1"
TYPED = "Half a thought"


def sit_down(app: Flask, person: Person, make_context: Any, server: LiveServer) -> Any:
    """The page of the retrospective in a browser of its own."""
    context = make_context(base_url=server.url)
    cookies = (browser_of(app, person).client._cookies or {}).values()
    context.add_cookies([{"name": one.key, "value": one.value, "url": server.url} for one in cookies])
    page = context.new_page()
    page.clock.install()
    page.goto(HERE)
    page.evaluate("window.stayed = true")
    return page


def say(page: Any, text: str) -> None:
    """Write a note, as the keyboard does."""
    page.fill("#note_text", text)
    with page.expect_response("**/notes"):
        page.keyboard.press("Enter")
    page.wait_for_selector(f"#retro_table >> text={text}")


def see(page: Any, selector: str) -> None:
    """Wait for what another person did, with the seconds until the next poll already gone."""
    page.clock.fast_forward(3_000)
    page.wait_for_selector(selector)


def test_two_people_look_back_at_one_table(app: Flask, live_server: LiveServer, make_context: Any) -> None:
    people = people_of_team(app)
    retrospective(app, people["project_lead"])
    lead, member = (sit_down(app, people[who], make_context, live_server) for who in ("project_lead", "member"))
    say(member, "The file was dirty")
    assert member.input_value("#note_text") == ""
    member.fill("#note_text", TYPED)
    see(lead, "text=1 note of others, not revealed yet")
    assert "The file was dirty" not in lead.content()
    say(lead, "We met on Mondays")
    see(member, "text=1 note of others, not revealed yet")
    assert member.input_value("#note_text") == TYPED
    lead.get_by_role("button", name="To: Revealed").click()
    lead.wait_for_selector("#retro_table >> text=The file was dirty")
    assert lead.evaluate("window.stayed === true")
    see(member, "#retro_table >> text=We met on Mondays")
    assert member.input_value("#note_text") == TYPED
    notes = lead.locator(".retro-note")
    notes.nth(1).drag_to(notes.nth(0))
    see(member, ".retro-under")
    lead.get_by_role("button", name="To: Voting").click()
    see(member, "role=button[name='Vote']")
    member.get_by_role("button", name="Vote", exact=True).click()
    member.wait_for_selector("text=You have 1 vote left.")
    assert [page.evaluate("window.stayed === true") for page in (lead, member)] == [True, True]
    assert axe_findings(member) == []
