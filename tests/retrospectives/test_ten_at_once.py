"""Ten people at one table: all write and vote in the same moment, nothing is lost, and a poll says only what is new."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.foundation.permissions import Role
from implementor.retrospectives.models import RetroNote, RetroVote
from tests.auth.builders import Person, add_named, reading
from tests.machinery.pages import HEADERS, Browser
from tests.projects.builders import add_project, browser_of
from tests.retrospectives.builders import retrospective

HERE = "/projects/VEN/retrospectives/1"
TEN, VOTES = 10, 3


@pytest.fixture
def ten(app: Flask) -> list[Browser]:
    """Ten people of VEN who sit at the table, the one who leads through it first."""
    people = list(add_named(app, {f"seat{number}": f"Seat{number} Person" for number in range(TEN)}).values())
    roles = [Role.PROJECT_LEAD, *[Role.MEMBER] * (TEN - 1)]
    add_project(app, people=list(zip(roles, people, strict=True)))
    retrospective(app, people[0], votes_each=VOTES)
    return [sit_down(app, person) for person in people]


def sit_down(app: Flask, person: Person) -> Browser:
    """The browser of somebody whom the others see at the table."""
    browser = browser_of(app, person)
    browser.get(f"{HERE}/table")
    return browser


def at_once(browsers: Sequence[Browser], send: Callable[[int, Browser, str], int]) -> list[int]:
    """What all are answered who send something in the same moment."""
    tokens = [browser.get(HERE).browser.token() for browser in browsers]
    ready, answers = threading.Barrier(len(browsers)), [0] * len(browsers)

    def press(place: int) -> None:
        ready.wait()
        answers[place] = send(place, browsers[place], tokens[place])

    threads = [threading.Thread(target=press, args=(place,)) for place in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def post(browser: Browser, what: str, **values: str) -> int:
    """Send what a form of the page sends; the status of the answer."""
    return browser.client.post(f"{HERE}/{what}", data=values, headers=HEADERS).status_code


def test_ten_people_write_at_once_and_polls_tell_what_is_new(ten: list[Browser]) -> None:
    polls = [browser.get(HERE).find("#retro_table").get("data-poll") or "" for browser in ten]
    answers = at_once(ten, lambda place, browser, token: post(
        browser, "notes", csrf_token=token, place="0", text=f"Thought {place}."))  # fmt: skip
    assert answers == [303] * TEN
    for place, (browser, poll) in enumerate(zip(ten, polls, strict=True)):
        page = browser.get(poll, target="retro_table")
        assert f"{TEN - 1} notes of others, not revealed yet" in page.text
        assert [f"Thought {other}." in page.text for other in range(TEN)] == [other == place for other in range(TEN)]
        browser.get(page.find("#retro_table").get("data-poll") or "", status=204)


def test_ten_people_vote_at_once_and_every_vote_counts(app: Flask, ten: list[Browser]) -> None:
    lead = ten[0]
    post(lead, "notes", csrf_token=lead.get(HERE).browser.token(), place="0", text="The file was dirty")
    for phase in ("reveal", "group", "vote"):
        lead.get(HERE)
        lead.post(f"{HERE}/phase", {"phase": phase})
    with reading(app) as session:
        note_id = session.scalars(select(RetroNote.id)).one()
    for turn in range(VOTES + 1):
        answers = at_once(ten, lambda _place, browser, token: post(
            browser, f"notes/{note_id}/vote", csrf_token=token, way="give"))  # fmt: skip
        assert answers == [303 if turn < VOTES else 409] * TEN
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(RetroVote)) == TEN * VOTES
