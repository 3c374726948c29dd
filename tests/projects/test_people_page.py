"""Who is in a project: giving, changing and taking roles, with undo, and without locking oneself out."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.projects.models import Membership
from tests.auth.builders import Person, add_person, reading
from tests.machinery.pages import Browser, Page
from tests.projects.builders import add_project, browser_of, take_from_project

ADDRESS = "/projects/VEN/people"


@pytest.fixture
def lead(app: Flask) -> Person:
    """The project lead of VEN."""
    person = add_person(app, "Lara Luz")
    add_project(app, people=[(Role.PROJECT_LEAD, person)])
    return person


@pytest.fixture
def browser(app: Flask, lead: Person) -> Browser:
    """The lead's browser."""
    return browser_of(app, lead)


def add(browser: Browser, words: str, role: str, name: str) -> Page:
    """Find somebody and give them a role."""
    page = browser.get(ADDRESS).form("find_person").submit(find=words, role=role)
    button = next(text for text in page.texts("form button") if text.startswith("Add as"))
    assert name in page.text
    return page.form(button).submit()


def open_roles(app: Flask, person: Person) -> list[str]:
    """Roles the person holds now."""
    with reading(app) as session:
        held = select(Membership.role).where(Membership.user_id == person.id, Membership.removed_at.is_(None))
        return sorted(session.scalars(held))


def test_a_person_found_by_name_gets_a_role_and_sees_the_project(app: Flask, browser: Browser) -> None:
    ana = add_person(app, "Ána Árias")
    page = add(browser, "ana", "data_lead", "Ána Árias")
    assert "Ána Árias is now Data lead here." in page.text
    assert open_roles(app, ana) == ["data_lead"]
    assert browser_of(app, ana).get("/projects/VEN/").status == 200


def test_the_same_role_twice_is_refused(app: Flask, browser: Browser, lead: Person) -> None:
    browser.get(ADDRESS)
    page = browser.post(ADDRESS, {"user_id": lead.id, "role": "project_lead"}, status=409)
    assert "already here as Project lead" in page.text


def test_a_role_is_changed_and_the_change_can_be_taken_back(app: Flask, browser: Browser) -> None:
    ana = add_person(app, "Ana Arias")
    page = add(browser, "ana", "member", "Ana Arias")
    row = next(form for form in page.all("form") if "Ana" in "".join(form.itertext()) and form.xpath(".//select"))
    page = page.form(row.get("action")).submit(role="viewer")
    assert open_roles(app, ana) == ["viewer"]
    page.form("Undo").submit()
    assert open_roles(app, ana) == ["member"]


def test_a_removed_member_is_history_and_can_come_back(app: Flask, browser: Browser) -> None:
    ana = add_person(app, "Ana Arias")
    page = add(browser, "ana", "member", "Ana Arias")
    action = next(form.get("action") for form in page.all("form[action$=remove]") if "Ana" in form[-1].get("title", ""))
    page = page.form(action).submit()
    assert open_roles(app, ana) == []
    page = add(browser, "ana", "member", "Ana Arias")
    with reading(app) as session:
        held = select(Membership.removed_at).where(Membership.user_id == ana.id).order_by(Membership.id)
        assert [moment is None for moment in session.scalars(held)] == [False, True]


def test_a_lead_cannot_lock_themselves_out(app: Flask, browser: Browser, lead: Person) -> None:
    page = browser.get(ADDRESS)
    refused = page.form(page.find("form[action$=remove]").get("action")).submit(status=409)
    assert "You would lose the right" in refused.text
    assert open_roles(app, lead) == ["project_lead"]


def test_a_member_sees_the_people_and_changes_nothing(app: Flask, lead: Person) -> None:
    ana = add_person(app, "Ana Arias")
    project_id = add_project(app, "ABC", people=[(Role.MEMBER, ana), (Role.PROJECT_LEAD, lead)])
    browser = browser_of(app, ana)
    page = browser.get("/projects/ABC/people")
    assert "Lara Luz" in page.text
    assert page.all("main form") == []
    assert browser.post("/projects/ABC/people", {"user_id": lead.id, "role": "viewer"}, status=None).status == 403
    take_from_project(app, project_id, ana, lead)
    assert browser.post("/projects/ABC/people", {"user_id": lead.id, "role": "viewer"}, status=None).status == 404


@pytest.mark.parametrize("number", ["", "0", "x", "999999", "1" * 20])
def test_nobody_is_added_by_a_number_that_is_nobodys(browser: Browser, number: str) -> None:
    browser.get(ADDRESS)
    page = browser.post(ADDRESS, {"user_id": number, "role": "member"}, status=422)
    assert "Choose a person who can sign in." in page.text


def test_a_membership_of_another_project_is_not_found(app: Flask, browser: Browser) -> None:
    stranger = add_person(app, "Sten Stern")
    add_project(app, "HID", people=[(Role.MEMBER, stranger)])
    with reading(app) as session:
        hidden = session.scalars(select(Membership.id).where(Membership.user_id == stranger.id)).one()
    browser.get(ADDRESS)
    assert browser.post(f"{ADDRESS}/{hidden}/remove", status=None).status == 404
    assert browser.post(f"{ADDRESS}/{10**20}/remove", status=None).status == 404
    assert open_roles(app, stranger) == ["member"]
