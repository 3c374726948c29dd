"""Surveys against what goes wrong: strange words, haste, guesses, another secret, undoing what people were asked."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.notifications.models import OutboxMessage
from implementor.surveys.models import HeldAnswer, Survey, SurveySaying
from tests.audiences.builders import Affected, affected
from tests.auth.builders import reading
from tests.machinery.pages import Browser
from tests.surveys.builders import DAY, LIST, links, look, opened, reply, rows, teams, write


@pytest.fixture
def here(app: Flask) -> Affected:
    """A rollout in progress."""
    return affected(app)


def test_words_that_no_screen_can_show_hinder_no_closing(here: Affected) -> None:
    teams(here, North=5)
    write(here)
    add = here.browser().get("/projects/VEN/records/survey_question/new?survey_id=1").form("main form")
    add.submit(name="What keeps you from it?", kind="text", place="20")
    here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit()
    look(here)
    for link in links(here).values():
        reply(here, link, 3, q6="a\x00b\r\nc")
    here.browser().get(f"{LIST}/1").form("form[action$='/close']").submit()
    assert {one.said for one in rows(here, SurveySaying)} == {"ab\nc"}


def test_what_was_written_is_not_taken_back_once_people_are_asked(here: Affected) -> None:
    teams(here, North=5)
    opened(here)
    page = here.browser().get(f"{LIST}/1")
    undo = page.form("form[action*='/undo/']").submit(status=None)
    assert rows(here, Survey)[0].archived_at is None, undo.text
    again = here.browser()
    again.get(f"{LIST}/1")
    again.post(f"{LIST}/1/again", status=409)


def test_many_behind_one_address_answer_and_who_guesses_is_slowed_down(here: Affected) -> None:
    teams(here, North=40)
    opened(here)
    there = list(links(here).values())
    for link in there:
        reply(here, link, 4)
    guesser = Browser(here.app)
    answers = [guesser.get(f"{there[0][:-4]}{number:04x}", status=None).status for number in range(70)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_nobody_is_reminded_on_the_day_of_the_invitation(here: Affected) -> None:
    teams(here, North=5)
    opened(here, closes_on=str(DAY + timedelta(days=2)), remind_days="3")
    look(here)
    with reading(here.app) as session:
        assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 5


def test_answers_under_another_secret_are_kept_and_others_are_not_held_up(here: Affected) -> None:
    teams(here, North=5)
    opened(here)
    for link in links(here).values():
        reply(here, link, 4)
    secret, here.app.secret_key = here.app.secret_key, "another"
    look(here, days=12)
    assert len(rows(here, HeldAnswer)) == 5
    here.app.secret_key = secret
    look(here, days=12)
    assert (rows(here, Survey)[0].state, rows(here, Survey)[0].answered) == ("closed", 5)
