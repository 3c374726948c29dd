"""Obstacles: raised with an owner, described, resolved in words, opened again; seen only inside their project."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.governance.models import Obstacle
from implementor.governance.services import raise_obstacle
from tests.auth.builders import Person, add_person, reading, working
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of

VALUES = {"title": "No budget approval", "kind": "policy", "severity": "high"}
LIST = "/projects/VEN/obstacles"


@pytest.fixture
def member(app: Flask) -> Person:
    """A team member of VEN, which also has a sponsor and a lead."""
    person = add_person(app, "Mara Mora")
    sponsor, lead = add_person(app, "Sara Sol"), add_person(app, "Lara Luz")
    add_project(app, people=[(Role.MEMBER, person), (Role.SPONSOR, sponsor), (Role.PROJECT_LEAD, lead)])
    return person


@pytest.fixture
def browser(app: Flask, member: Person) -> Browser:
    """The member's browser."""
    return browser_of(app, member)


def obstacle(app: Flask, by: Person, project_id: int = 1, **values: Any) -> int:
    """An obstacle in a project; returns its number."""
    with working(app, by.actor) as session:
        made = raise_obstacle(session, project_id=project_id, values={**VALUES, **values}, by=by.actor, at=NOW)
        return made.number


def stored(app: Flask) -> Obstacle:
    """The only obstacle."""
    with reading(app) as session:
        return session.scalars(select(Obstacle)).one()


@pytest.mark.parametrize(("kind", "owner"), [("policy", "Sara Sol"), ("process", "Lara Luz"), ("people", "Lara Luz")])
def test_without_an_owner_policy_goes_to_the_sponsor_and_the_rest_to_the_lead(
    browser: Browser, kind: str, owner: str
) -> None:
    page = browser.get(LIST).follow("New obstacle").form("main form").submit({**VALUES, "kind": kind})
    assert page.url == f"{LIST}/1"
    assert page.heading == "No budget approval"
    assert owner in page.text


def test_an_obstacle_is_resolved_in_words_and_can_be_opened_again(app: Flask, browser: Browser, member: Person) -> None:
    number = obstacle(app, member)
    page = browser.get(f"{LIST}/{number}").form("resolve").submit(resolution="", status=422)
    assert "resolution" in page.form("resolve").errors
    page = page.form("resolve").submit(resolution="The board agreed.")
    assert "The board agreed." in page.text
    assert (stored(app).resolved_by_id, stored(app).is_open) == (member.id, False)
    page = page.form("Open again").submit()
    assert stored(app).is_open
    assert "Opened the obstacle" in page.text


def test_resolving_twice_is_refused(app: Flask, browser: Browser, member: Person) -> None:
    number = obstacle(app, member)
    form = browser.get(f"{LIST}/{number}").form("resolve").fill(resolution="Done.")
    form.submit()
    form.values["idempotency_key"] = ["another"]
    assert "resolved already" in form.submit(status=409).text


def test_numbers_run_per_project(app: Flask, member: Person) -> None:
    other = add_project(app, "TWO", people=[(Role.MEMBER, member)])
    numbers = [obstacle(app, member), obstacle(app, member), obstacle(app, member, other)]
    assert numbers == [1, 2, 1]


def test_an_owner_from_outside_the_project_is_refused(app: Flask, browser: Browser) -> None:
    stranger = add_person(app, "Sten Stern")
    form = browser.get(LIST).follow("New obstacle").form("main form").fill(VALUES)
    form.values["owner_id"] = [str(stranger.id)]
    page = form.submit(status=422)
    assert "owner_id" in page.form("main form").errors
    assert page.form("main form").value("title") == VALUES["title"]


def test_a_viewer_reads_and_changes_nothing(app: Flask, member: Person) -> None:
    viewer = add_person(app, "Vera Vida")
    other = add_project(app, "TWO", people=[(Role.MEMBER, member), (Role.VIEWER, viewer)])
    obstacle(app, member, other)
    browser = browser_of(app, viewer)
    page = browser.get("/projects/TWO/obstacles/1")
    assert page.all("main form") == []
    assert browser.post("/projects/TWO/obstacles/1/resolve", {"resolution": "x"}, status=None).status == 403


def test_an_obstacle_of_another_project_is_not_found(app: Flask, browser: Browser, member: Person) -> None:
    hidden = add_project(app, "HID", people=[(Role.SPONSOR, member)])
    number = obstacle(app, member, hidden, title="Canary")
    assert number == 1
    browser.get(LIST)
    for address in (f"{LIST}/1", f"{LIST}/{10**20}"):
        assert browser.get(address, status=None).status == 404
    assert "Canary" not in browser.get(LIST).html


def test_the_overview_counts_open_obstacles_by_severity_and_opens_them(
    app: Flask, browser: Browser, member: Person
) -> None:
    for severity in ("high", "high", "low"):
        obstacle(app, member, severity=severity)
    page = browser.get("/projects/VEN/")
    assert "High 2" in page.text
    page = page.follow("High 2")
    assert len(page.rows()) == 2


def test_many_obstacles_cost_as_many_statements_as_one(app: Flask, browser: Browser, member: Person) -> None:
    counts = []
    for more in (1, 20):
        for _ in range(more):
            obstacle(app, member)
        browser.get(LIST)
        with counting() as statements:
            browser.get(LIST)
        counts.append(len(statements))
    assert counts[0] == counts[1]
