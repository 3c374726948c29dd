"""Who may know of a project: its people and the PMO; for everybody else it does not exist."""

import pytest
from flask import Flask

from implementor.foundation.permissions import PROJECT_ROLES, Role
from tests.auth.builders import add_person
from tests.projects.builders import add_project, browser_of, pmo, take_from_project

PAGES = ("/projects/VEN/", "/projects/VEN/people", "/projects/VEN/stages", "/projects/VEN/obstacles")


def test_members_and_the_pmo_see_a_project_and_strangers_do_not(app: Flask) -> None:
    member, stranger, office = add_person(app, "Mara Mora"), add_person(app, "Sten Stern"), pmo(app)
    add_project(app, people=[(Role.VIEWER, member)])
    for address in PAGES:
        assert browser_of(app, member).get(address).status == 200
        assert browser_of(app, office).get(address).status == 200
        assert browser_of(app, stranger).get(address, status=None).status == 404


def test_a_removed_member_with_a_live_session_no_longer_finds_the_project(app: Flask) -> None:
    member, office = add_person(app, "Mara Mora"), pmo(app)
    project_id = add_project(app, people=[(Role.MEMBER, member)])
    browser = browser_of(app, member)
    assert "Rollout VEN" in browser.get("/projects").text
    take_from_project(app, project_id, member, office)
    assert browser.get("/projects/VEN/", status=None).status == 404
    assert "Rollout VEN" not in browser.get("/projects").text
    assert "Rollout VEN" not in browser.get("/").text


def test_a_project_that_is_not_there_answers_like_one_that_is_hidden(app: Flask) -> None:
    stranger = add_person(app, "Sten Stern")
    add_project(app)
    browser = browser_of(app, stranger)
    hidden, missing = (browser.get(f"/projects/{key}/", status=404) for key in ("VEN", "NIX"))
    assert hidden.heading == missing.heading


def test_a_page_of_one_project_never_names_another(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    add_project(app, people=[(Role.PROJECT_LEAD, member)])
    add_project(app, "HID", name="Canary of the hidden")
    browser = browser_of(app, member)
    for address in ("/", "/projects", "/projects/archived", *PAGES, "/projects/VEN/settings"):
        assert "Canary" not in browser.get(address).html


@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
@pytest.mark.parametrize("role", PROJECT_ROLES)
def test_only_the_lead_among_the_roles_of_a_project_changes_it(app: Flask, role: Role) -> None:
    person = add_person(app, "Rosa Rey")
    add_project(app, people=[(role, person)])
    browser = browser_of(app, person)
    expected = 200 if role is Role.PROJECT_LEAD else 403
    assert browser.get("/projects/VEN/settings", status=None).status == expected


def test_the_key_of_an_address_may_be_written_small(app: Flask) -> None:
    add_project(app)
    assert browser_of(app, pmo(app)).get("/projects/ven/").heading == "Rollout VEN"
