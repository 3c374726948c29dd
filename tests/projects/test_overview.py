"""A project's first page, its settings, and putting it away."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area
from implementor.foundation.permissions import Role
from implementor.projects.models import ProjectArea
from tests.auth.builders import Person, add_person, reading, working
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of, pmo, project_with_key


@pytest.fixture
def office(app: Flask) -> Person:
    """Somebody of the PMO."""
    return pmo(app)


@pytest.fixture
def browser(app: Flask, office: Person) -> Browser:
    """The PMO's browser."""
    return browser_of(app, office)


def test_the_overview_tells_stages_purpose_people_dates_and_calendar(app: Flask, browser: Browser) -> None:
    add_project(app, people=[(Role.SPONSOR, add_person(app, "Sara Sol"))])
    page = browser.get("/projects/VEN/")
    assert page.texts(".step-name") == ["Visualization", "Planning", "Implementation", "Adoption", "Release"]
    for shown in ("One memory of each customer.", "Sara Sol", "Venezuela", "Programme VEN", "Mar 2, 2026"):
        assert shown in page.text


def test_forty_people_cost_as_many_statements_as_one(app: Flask, browser: Browser) -> None:
    people = [add_person(app, f"P{place} Person", has_password=False) for place in range(40)]
    add_project(app, "ONE", people=[(Role.MEMBER, people[0])])
    add_project(app, "ALL", people=[(Role.MEMBER, person) for person in people])
    counts = []
    for address in ("/projects/ONE/", "/projects/ALL/", "/projects/ONE/people", "/projects/ALL/people"):
        browser.get(address)
        with counting() as statements:
            browser.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[2] == counts[3]
    # the colours alone ask of waves, milestones, tests, risks, obstacles, money, reports, training, use and the
    # limits of the project
    assert max(counts) <= 30


def test_forty_projects_cost_as_many_statements_as_one(app: Flask, browser: Browser) -> None:
    counts: list[int] = []
    for wanted in (1, 12):
        for place in range(len(counts) * 20, len(counts) * 20 + wanted):
            add_project(app, f"P{place}")
        browser.get("/projects")
        with counting() as statements:
            browser.get("/projects")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_settings_are_saved_and_told(app: Flask, browser: Browser) -> None:
    add_project(app)
    page = (
        browser.get("/projects/VEN/settings")
        .form("project_settings")
        .submit({"name": "Ventas Sur", "status": "paused"})
    )
    assert (page.url, page.heading) == ("/projects/VEN/", "Ventas Sur")
    assert "Paused" in page.text
    page.form("Undo").submit()
    assert project_with_key(app).status == "active"


def test_wrong_settings_stay_on_the_page_with_their_reason(app: Flask, browser: Browser) -> None:
    add_project(app)
    form = browser.get("/projects/VEN/settings").form("project_settings")
    page = form.submit(name="", ends_on="2020-01-01", purpose="kept", status=422)
    assert "name" in page.form("project_settings").errors
    assert page.form("project_settings").value("purpose") == "kept"
    page = page.form("project_settings").submit(name="Back", status=422)
    assert "ends_on" in page.form("project_settings").errors


def test_two_who_edit_different_fields_both_win(app: Flask, browser: Browser) -> None:
    add_project(app)
    mine = browser.get("/projects/VEN/settings").form("project_settings")
    browser.get("/projects/VEN/settings").form("project_settings").submit(purpose="Theirs")
    mine.submit(name="Mine")
    project = project_with_key(app)
    assert (project.name, project.purpose) == ("Mine", "Theirs")


def test_two_who_edit_one_field_are_shown_both_texts(app: Flask, browser: Browser) -> None:
    add_project(app)
    mine = browser.get("/projects/VEN/settings").form("project_settings")
    browser.get("/projects/VEN/settings").form("project_settings").submit(name="Theirs")
    page = mine.submit(name="Mine", status=409)
    assert "Theirs" in page.text
    page.form("conflict").submit()
    assert project_with_key(app).name == "Mine"


def test_areas_ticked_by_somebody_else_meanwhile_stay_ticked(app: Flask, browser: Browser) -> None:
    with working(app) as session:
        session.add_all([Area(name="Sales"), Area(name="Service")])
    add_project(app)
    with reading(app) as session:
        sales, service = session.scalars(select(Area.id).order_by(Area.name)).all()
    mine = browser.get("/projects/VEN/settings").form("project_settings")
    browser.get("/projects/VEN/settings").form("project_settings").submit(areas=[str(sales)])
    mine.submit(areas=[str(service)])
    with reading(app) as session:
        assert set(session.scalars(select(ProjectArea.area_id))) == {sales, service}


def test_an_archived_project_can_be_read_but_not_changed_until_it_is_restored(app: Flask, browser: Browser) -> None:
    add_project(app)
    settings = browser.get("/projects/VEN/settings")
    settings.form("Archive project").submit()
    assert "Rollout VEN" not in browser.get("/projects").texts("tbody")
    assert "Rollout VEN" in browser.get("/projects/archived").text
    refused = settings.form("project_settings").submit(name="Late", status=409)
    assert "Rollout VEN is archived" in refused.text
    browser.get("/projects/VEN/").form("Restore project").submit()
    assert not project_with_key(app).is_archived


def test_only_the_pmo_archives(app: Flask) -> None:
    lead = add_person(app, "Lara Luz")
    add_project(app, people=[(Role.PROJECT_LEAD, lead)])
    browser = browser_of(app, lead)
    browser.get("/projects/VEN/settings")
    assert browser.post("/projects/VEN/archive", status=None).status == 403
