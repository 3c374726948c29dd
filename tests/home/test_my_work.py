"""The first page: my projects, what waits for me, and a first step for who has nothing yet."""

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.governance.services import raise_obstacle
from tests.auth.builders import add_person, working
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of, pmo


def test_my_work_shows_my_projects_with_all_my_roles(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    add_project(app, people=[(Role.MEMBER, member), (Role.DATA_LEAD, member)])
    page = browser_of(app, member).get("/")
    assert "Team member, Data lead" in page.text
    assert page.follow("Rollout VEN").heading == "Rollout VEN"


def test_obstacles_that_i_own_wait_for_me_until_they_are_resolved(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    project_id = add_project(app, people=[(Role.MEMBER, member)])
    values = {"title": "No ERP access", "kind": "process", "severity": "low", "owner_id": member.id}
    with working(app, member.actor) as session:
        raise_obstacle(session, project_id=project_id, values=values, by=member.actor, at=NOW)
    browser = browser_of(app, member)
    page = browser.get("/").follow("No ERP access")
    page.form("resolve").submit(resolution="Access given.")
    assert "No ERP access" not in browser.get("/").text


def test_each_role_is_told_its_own_first_step(app: Flask) -> None:
    assert "New project" in browser_of(app, pmo(app)).get("/").links
    admin = browser_of(app, add_person(app, "Aldo Admin", Role.ADMIN)).get("/")
    assert admin.follow("Open people").status == 200
    nobody = browser_of(app, add_person(app, "Nora Nueva")).get("/")
    assert "Ask the project lead or the PMO" in nobody.text


def test_many_projects_cost_as_many_statements_as_one(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    browser, counts = browser_of(app, member), []
    for keys in (["A1"], [f"B{place}" for place in range(10)]):
        for key in keys:
            add_project(app, key, people=[(Role.MEMBER, member)])
        browser.get("/")
        with counting() as statements:
            browser.get("/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
