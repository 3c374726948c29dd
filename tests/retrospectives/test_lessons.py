"""Lessons: written from records, kept, shared, offered to other projects, and signed at the end."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.projects.models import Project
from implementor.retrospectives.gate_checks import lessons_signed
from implementor.retrospectives.models import Lesson, LessonOffer
from implementor.retrospectives.offering import fit
from implementor.stages.checks import GatePlace
from implementor.waves.services import create_wave
from tests.auth.builders import Person, add_named, reading, working
from tests.governance.builders import risk
from tests.machinery.pages import Browser
from tests.projects.builders import add_project, browser_of, pmo
from tests.retrospectives.builders import lesson, people_of_team
from tests.waves.builders import START

LIST = "/projects/VEN/lessons"


@pytest.fixture
def people(app: Flask) -> dict[str, Person]:
    """The people of VEN, somebody of another project, and the PMO."""
    found = people_of_team(app) | add_named(app, {"elsewhere": "Elsa Este"}) | {"pmo": pmo(app)}
    add_project(app, "SER", people=[(Role.PROJECT_LEAD, found["elsewhere"])])
    return found


def send(browser: Browser, url: str, status: int = 200, **values: str) -> None:
    """Send what a button sends."""
    browser.get("/lessons")
    browser.post(url, values, status=status)


def test_a_risk_becomes_one_lesson_that_is_kept_with_a_recommendation(app: Flask, people: dict[str, Person]) -> None:
    risk(app, people["member"], description="One supplier alone")
    browser = browser_of(app, people["member"])
    page = browser.get("/projects/VEN/risks/1").form("Write a lesson").submit()
    assert page.url == f"{LIST}/1"
    assert "One supplier alone" in page.text
    send(browser, f"{LIST}/from/risk/1")
    send(browser, f"{LIST}/from/risk/77", status=404)
    send(browser, f"{LIST}/1/keep", status=409)
    browser.get("/projects/VEN/records/lesson/1/edit").form("main form").submit(recommendation="Have two suppliers.")
    send(browser, f"{LIST}/1/keep")
    with reading(app) as session:
        (found,) = session.scalars(select(Lesson)).all()
    assert found.kept_at is not None
    assert (found.source_kind, found.source_id) == ("risk", 1)


def test_a_lesson_is_found_elsewhere_only_when_it_is_shared(app: Flask, people: dict[str, Person]) -> None:
    made = lesson(app, people["member"], tags=["Data"])
    stranger, own = browser_of(app, people["elsewhere"]), browser_of(app, people["viewer"])
    assert made.title in own.get("/lessons?q=key").text
    assert made.title not in stranger.get("/lessons").text
    assert stranger.get(f"/lessons/{made.id}", status=404)
    assert made.title not in stranger.get("/projects/SER/lessons/offered").text
    send(browser_of(app, people["member"]), f"{LIST}/{made.id}/share", status=403, shared="y")
    send(browser_of(app, people["pmo"]), f"{LIST}/{made.id}/share", shared="y")
    assert made.title in stranger.get("/lessons?q=first+load").text
    assert "In its project" not in stranger.get(f"/lessons/{made.id}").text
    assert stranger.get(f"{LIST}/{made.id}", status=404)


def test_a_project_answers_what_it_is_offered(app: Flask, people: dict[str, Person]) -> None:
    made = lesson(app, people["member"], tags=["Rollout"])
    send(browser_of(app, people["pmo"]), f"{LIST}/{made.id}/share", shared="y")
    browser = browser_of(app, people["elsewhere"])
    with working(app) as session:
        there = session.scalars(select(Project.id).where(Project.key == "SER")).one()
        create_wave(session, project_id=there, values={"name": "One"}, by=people["elsewhere"].actor, at=START)
    for page in ("/projects/SER/", "/projects/SER/waves/1/plan"):
        link = browser.get(page).find("#lessons_offered a").get("href")
        assert link == "/projects/SER/lessons/offered", page
    assert "in common: Rollout" in browser.get("/projects/SER/lessons/offered").text
    send(browser, f"/projects/SER/lessons/offered/{made.id}", status=409, answer="perhaps")
    send(browser, f"/projects/SER/lessons/offered/{made.id}", answer="kept")
    assert made.title in browser.get("/projects/SER/lessons/offered").find("#taken").text_content()
    assert "lessons_offered" not in browser.get("/projects/SER/").html
    with reading(app) as session:
        assert session.scalars(select(LessonOffer.answer)).all() == ["kept"]


def test_lessons_are_signed_when_none_is_a_draft(app: Flask, people: dict[str, Person]) -> None:
    lead = browser_of(app, people["project_lead"])
    send(lead, f"{LIST}/sign", status=409, role="project_lead")
    lesson(app, people["member"])
    send(lead, f"{LIST}/sign", status=409, role="sponsor")
    send(lead, f"{LIST}/sign", role="project_lead")
    assert "Lara Luz" in lead.get(LIST).find("#signed").text_content()
    send(lead, f"{LIST}/sign", status=409, role="project_lead")
    with reading(app) as session:
        asked: dict[str, list[str]] = {"roles": ["sponsor", "project_lead"]}
        told = lessons_signed(session, GatePlace(1, "VEN"), asked)
        assert (int(told.value), told.missing, told.passes(100)) == (1, ("Executive sponsor",), False)
        assert lessons_signed(session, GatePlace(1, "VEN"), {}).passes(100)
        assert not lessons_signed(session, GatePlace(2, "SER"), {}).passes(100)


def test_what_a_lesson_has_in_common_is_named_tags_first() -> None:
    made = Lesson(title="Clean the address file", tags=["Sales", "IT"])
    assert fit(made, {"sales", "address", "file", "it"}) == ("Sales", "IT", "address", "file")
    assert fit(made, {"finance"}) == ()
