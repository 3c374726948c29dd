"""Undo from any page, and the page of everything that was done in a project."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.auth.models import Area
from implementor.foundation.permissions import Role
from implementor.history.models import Action
from implementor.projects.models import Membership, Programme, Project
from tests.history.builders import area, person, reading, sign_in, working
from tests.machinery.statements import counting


def project(app: Flask, *members: Any, key: str = "VEN") -> int:
    """A project in which these people are members; the first one leads it."""
    with working(app, at=datetime.now(UTC)) as (session, _note):
        programme = Programme(name=key, currency="EUR", country="ES")
        session.add(programme)
        session.flush()
        made = Project(key=key, name=f"Project {key}", programme_id=programme.id, country="ES", method_key="agile")
        session.add(made)
        session.flush()
        for place, member in enumerate(members):
            role = Role.MEMBER if place else Role.PROJECT_LEAD
            session.add(Membership(project_id=made.id, user_id=member.user_id, role=role))
        return made.id


def rename_project(app: Flask, project_id: int, name: str, by: Any) -> int:
    with working(app, by, datetime.now(UTC)) as (session, note):
        session.get_one(Project, project_id).name = name
        session.flush()
        assert note.action_id is not None
        return note.action_id


def test_undo_returns_to_the_page_it_was_pressed_on(app: Flask, browser: Any) -> None:
    ana = person(app, "Ana")
    made = project(app, ana)
    rename_project(app, made, "Other", ana)
    sign_in(browser, ana)
    page = browser.get("/projects/VEN/history")
    page = page.form("Undo").submit()
    assert (page.status, page.url) == (200, "/projects/VEN/history")
    assert "Taken back" in page.text
    with reading(app) as session:
        assert session.get_one(Project, made).name == "Project VEN"
    page = page.form(".toast form").submit()
    assert "Done again" in page.text
    with reading(app) as session:
        assert session.get_one(Project, made).name == "Other"


def test_undo_leads_nowhere_outside(app: Flask, browser: Any) -> None:
    ana, made = person(app, "Ana"), area(app)
    sign_in(browser, ana)
    for referrer in ("https://evil.example/x", "http://localhost//evil.example"):
        with working(app, ana, datetime.now(UTC)) as (session, note):
            row = session.get_one(Area, made)
            row.name = f"{row.name} again"
        browser.get("/account", status=None)
        answer = browser.client.post(
            f"/undo/{note.action_id}",
            data={"csrf_token": browser.token()},
            headers={**browser.headers, "Referer": referrer},
        )
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_a_refused_undo_says_why_and_changes_nothing(app: Flask, browser: Any) -> None:
    ana, ben = person(app, "Ana"), person(app, "Ben")
    action_id = rename_project(app, project(app, ana, ben), "Other", ana)
    sign_in(browser, ben)
    browser.get("/projects/VEN/history")
    page = browser.post(f"/undo/{action_id}", status=409)
    assert "project lead or the PMO" in page.text
    with reading(app) as session:
        assert session.get_one(Action, action_id).is_undone is False


def test_strangers_find_neither_the_page_nor_its_actions(app: Flask, browser: Any) -> None:
    ana, eva = person(app, "Ana"), person(app, "Eva")
    action_id = rename_project(app, project(app, ana), "Other", ana)
    sign_in(browser, eva)
    browser.get("/projects/VEN/history", status=404)
    browser.post(f"/undo/{action_id}", status=404)


def test_the_lead_takes_back_what_a_member_did(app: Flask, browser: Any) -> None:
    lead, ben = person(app, "Lea"), person(app, "Ben")
    made = project(app, lead, ben)
    rename_project(app, made, "Other", ben)
    sign_in(browser, lead)
    browser.get("/projects/VEN/history").form("Undo").submit()
    with reading(app) as session:
        assert session.get_one(Project, made).name == "Project VEN"


def test_the_page_narrows_by_kind_person_verb_and_day(app: Flask, browser: Any) -> None:
    ana, ben = person(app, "Ana"), person(app, "Ben")
    made = project(app, ana, ben)
    rename_project(app, made, "By Ana", ana)
    rename_project(app, made, "By Ben", ben)
    sign_in(browser, ana)
    today = datetime.now(UTC).date().isoformat()
    for query, expected in [
        (f"person={ben.user_id}", 1),
        ("verb=changed", 2),
        ("verb=removed", 0),
        ("kind=project&verb=changed", 2),
        (f"day={today}", 3),
        ("day=2001-01-01", 0),
        ("day=nonsense&person=x&kind=x", 3),
    ]:
        page = browser.get(f"/projects/VEN/history?{query}")
        assert len(page.all(".timeline-entry")) == expected, query


def test_the_page_needs_as_many_statements_for_forty_actions_as_for_one(app: Flask, browser: Any) -> None:
    ana = person(app, "Ana")
    made = project(app, ana)
    sign_in(browser, ana)
    browser.get("/projects/VEN/history")
    counts = []
    for times in (1, 39):
        for number in range(times):
            rename_project(app, made, f"Name {times} {number}", ana)
        with counting() as statements:
            browser.get("/projects/VEN/history")
        counts.append(len([one for one in statements if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 8
