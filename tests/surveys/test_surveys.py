"""Surveys: written, opened, answered by link and in the program, closed into numbers that lead to nobody."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select, text

from implementor.audiences.models import AffectedPerson
from implementor.foundation.permissions import Role
from implementor.history.models import Change
from implementor.notifications.models import OutboxMessage
from implementor.surveys.models import (
    HeldAnswer,
    Survey,
    SurveyCount,
    SurveyGroup,
    SurveyInvitation,
    SurveyQuestion,
    SurveySaying,
)
from tests.audiences.builders import Affected, affected
from tests.auth.builders import add_person, reading
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of
from tests.surveys.builders import DAY, LIST, links, look, opened, reply, rows, teams, write


@pytest.fixture
def here(app: Flask) -> Affected:
    """A rollout in progress."""
    return affected(app)


def test_a_pulse_is_asked_by_mail_answered_by_links_and_told_of_five_or_more(here: Affected) -> None:
    teams(here, North=6, South=5, East=2)
    opened(here)
    there = links(here)
    assert len(there) == 13
    for number in range(6):
        reply(here, there[f"{number}@North.example"], 4)
    for number in range(4):
        reply(here, there[f"{number}@South.example"], 2)
    reply(here, there["0@East.example"], 3)
    page = here.browser().get(f"{LIST}/1")
    assert "11 of 13 answered so far" in page.text
    assert "at 3 or below" not in page.text
    page.form("form[action$='/close']").submit()
    table = here.browser("sponsor").get(f"{LIST}/1").rows("#adkar table")
    assert [(row["Group"], row["Have answered"], row["Awareness"], row["What holds them back"]) for row in table] == [
        ("North", "6 of 6", "4 0% at 3 or below", "Nothing of this"),
        ("South, East", "5 of 7", "2.2 100% at 3 or below", "Awareness"),
        ("All together", "11 of 13", "3.18 45% at 3 or below", "Nothing of this"),
    ]
    assert "let the sponsor say it" in here.browser("member").get(f"{LIST}/1").text


def test_each_figure_is_that_of_the_exported_rows(here: Affected) -> None:
    teams(here, North=6, South=5)
    opened(here)
    chance = random.Random(7)
    given = {link: chance.randint(1, 5) for link in links(here).values()}
    for link, value in given.items():
        reply(here, link, value)
    here.browser().get(f"{LIST}/1").form("form[action$='/close']").submit()
    lines = here.browser().get(f"{LIST}/1/results.csv").response.get_data(as_text=True).splitlines()
    cells = [line.split(",") for line in lines if "daily work" in line]
    people = sum(int(row[-1]) for row in cells)
    mean = sum(int(row[-2]) * int(row[-1]) for row in cells) / people
    assert (people, mean) == (11, sum(given.values()) / 11)
    whole = here.browser().get(f"{LIST}/1").rows("#adkar table")[-1]
    assert whole["Ability"].split()[0] == f"{mean:.2f}".rstrip("0").rstrip(".")
    low = sum(int(row[-1]) for row in cells if int(row[-2]) <= 3) / people
    assert whole["Ability"].split()[1] == f"{low:.0%}", "whoever is held back, at 3 or below"


def test_answered_twice_counts_once_by_link_and_in_the_program_alike(here: Affected) -> None:
    person = add_person(here.app, "Sara Sol", Role.CRM_USER, email="sara@there.example")
    teams(here, North=5)
    here.write(AffectedPerson, name="Sara Sol", email="sara@there.example")
    opened(here)
    there = links(here)
    reply(here, there["sara@there.example"], 2)
    mine = browser_of(here.app, person).get("/surveys")
    form = mine.follow("Answer it").form("main form")
    assert not form.values.get("q1"), "nobody is shown what was answered: the login may be linked with another by now"
    anew: dict[str, Any] = {f"q{number}": "5" for number in range(1, 6)}
    form.submit(**anew)
    assert [one.said["q1"] for one in rows(here, HeldAnswer)] == [5]
    browser_of(here.app, here.people["viewer"]).get("/surveys/6", status=404)
    browser_of(here.app, person).get("/surveys/1", status=404)


def test_what_is_missing_is_named_and_nothing_typed_is_lost(here: Affected) -> None:
    teams(here, North=5)
    write(here, grouping="level")
    add = here.browser().get("/projects/VEN/records/survey_question/new?survey_id=1").form("main form")
    add.submit(name="What keeps you from it?", kind="text", place="20")
    wrong = add.submit(name="How often?", kind="choice", choices="Daily", place="10", status=422)
    wrong.form("main form").submit(choices="Daily\nSeldom", choices_es="A diario\nRara vez")
    here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit()
    look(here)
    link = links(here)["0@North.example"]
    page = reply(here, link, 4, 422, q6="Too slow")
    assert page.form("main form").values["q6"] == ["Too slow"]
    assert len(page.all(".field-error")) == 2, "the level and the choice"
    thanks = page.form("main form").submit(level="front", q7="1")
    assert "Your answers count once" in thanks.text
    assert rows(here, HeldAnswer)[0].said == {"level": "front", **{f"q{n}": 4 for n in range(1, 6)}, "q6": "Too slow",
                                             "q7": 1}  # fmt: skip


def test_nothing_in_the_database_leads_from_an_answer_to_a_person(here: Affected) -> None:
    teams(here, North=6)
    write(here)
    add = here.browser().get("/projects/VEN/records/survey_question/new?survey_id=1").form("main form")
    add.submit(name="What keeps you from it?", kind="text", place="20")
    here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit()
    look(here)
    before = len(rows(here, Change))
    for number, link in enumerate(links(here).values()):
        reply(here, link, 1 + number % 5, q6=f"Canary {number}")
    assert len(rows(here, Change)) == before, "history hears nothing of answers"
    held = {column.key for column in inspect(HeldAnswer).columns}
    assert held == {"hand", "project_id", "survey_id", "said"}, "no person, no moment, no number of arrival"
    here.browser().get(f"{LIST}/1").form("form[action$='/close']").submit()
    assert rows(here, HeldAnswer) == []
    assert rows(here, Survey)[0].salt is None
    invited = {column.key for column in inspect(SurveyInvitation).columns}
    assert invited == {"id", "project_id", "survey_id", "person_id", "unit_id", "told_at"}
    said = [one.said for one in sorted(rows(here, SurveySaying), key=lambda one: one.id)]
    assert sorted(said) == [f"Canary {number}" for number in range(6)]
    with reading(here.app) as session:
        for name in inspect(session.connection()).get_table_names():
            found = str(session.execute(text(f'SELECT * FROM "{name}"')).all())  # noqa: S608
            assert ("Canary 3" in found) is (name == "survey_saying"), name
    link = links(here)["0@North.example"]
    Browser(here.app).get(link, status=None)
    guest = Browser(here.app)
    guest.get(link, status=404)


def test_fewer_than_five_answers_leave_nothing(here: Affected) -> None:
    teams(here, North=6)
    opened(here)
    for link in list(links(here).values())[:4]:
        reply(here, link, 1)
    here.browser().get(f"{LIST}/1").form("form[action$='/close']").submit()
    assert rows(here, SurveyGroup) == rows(here, SurveyCount) == rows(here, HeldAnswer) == []
    assert "Too few answered" in here.browser().get(f"{LIST}/1").text


def test_who_has_not_answered_is_reminded_once_and_the_last_day_closes_it(here: Affected) -> None:
    teams(here, North=6)
    opened(here, remind_days="3")
    first = links(here)
    for number in range(5):
        reply(here, first[f"{number}@North.example"], 3)
    for days in (5, 6, 7):
        look(here, days)
    with reading(here.app) as session:
        told = [one.to_address for one in session.scalars(select(OutboxMessage)) if "still" in json.dumps(one.subject)]
    assert told == ["5@North.example"]
    assert links(here) == first, "the same link again"
    look(here, 12)
    survey = rows(here, Survey)[0]
    assert (survey.state, survey.asked, survey.answered) == ("closed", 6, 5)


def test_it_is_asked_again_and_compared(here: Affected) -> None:
    teams(here, North=5)
    opened(here)
    for link in links(here).values():
        reply(here, link, 2)
    page = here.browser().get(f"{LIST}/1").form("form[action$='/close']").submit()
    page.form("form[action$='/again']").submit()
    edit = here.browser().get("/projects/VEN/records/survey/2/edit").form("main form")
    edit.submit(closes_on=str(DAY + timedelta(days=30)))
    here.browser().get(f"{LIST}/2").form("form[action$='/open']").submit()
    look(here)
    for link in links(here).values():
        reply(here, link, 4)
    page = here.browser().get(f"{LIST}/2").form("form[action$='/close']").submit()
    assert page.texts("#rounds tbody tr:nth-child(5)") == ["Ability24"]


def test_an_open_survey_is_changed_by_nobody_and_needs_people_questions_and_a_day(here: Affected) -> None:
    teams(here, North=4)
    write(here, closes_on="")
    assert (
        "Say until which day" in here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit(status=409).text
    )
    here.browser().get("/projects/VEN/records/survey/1/edit").form("main form").submit(closes_on="2099-01-01")
    few = here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit(status=409)
    assert "Fewer than 5 people would be asked" in few.text
    teams(here, South=4)
    here.browser().get(f"{LIST}/1").form("form[action$='/open']").submit()
    member = here.browser("member")
    member.get(LIST)
    member.post(f"{LIST}/1/close", status=403)
    here.browser().get("/projects/VEN/records/survey/1/edit", status=409)
    here.browser().get("/projects/VEN/records/survey_question/1/edit", status=409)


def test_every_shipped_question_is_in_both_languages(here: Affected) -> None:
    write(here, kind="culture")
    questions = rows(here, SurveyQuestion)
    assert len(questions) == 8
    assert all(one.name and one.name_es and one.name != one.name_es for one in questions)
    with reading(here.app) as session:
        assert session.scalar(select(func.count()).select_from(SurveyInvitation)) == 0
