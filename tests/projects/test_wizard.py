"""Creating a project in five steps, without any script."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Area
from implementor.foundation.permissions import Role
from implementor.projects.models import Membership, Programme, ProjectArea
from implementor.stages.models import Stage
from tests.auth.builders import add_person, reading, working
from tests.machinery.pages import Browser, Page
from tests.projects.builders import add_project, browser_of, number_of_projects, pmo, project_with_key

ABOUT = {"name": "Ventas Norte", "key": "ven", "purpose": "Un cliente,\nuna memoria.", "programme_name": "CRM 2026"}
SCOPE = {"starts_on": "2026-03-02", "ends_on": "2026-12-18", "country": "VE"}


@pytest.fixture
def office(app: Flask) -> Browser:
    """A browser of the PMO."""
    return browser_of(app, pmo(app))


def to_scope(office: Browser, **changes: str) -> Page:
    """The second step."""
    return office.get("/projects/new").form("wizard").submit({**ABOUT, **changes})


def to_people(office: Browser, **changes: Any) -> Page:
    """The third step."""
    return to_scope(office).form("wizard").submit({**SCOPE, **changes})


def to_stories(office: Browser) -> Page:
    """The fourth step."""
    return to_people(office).form("wizard").submit(button="Next: First stories")


def to_check(office: Browser) -> Page:
    """The last step."""
    return to_stories(office).form("wizard").submit(button="Next: Check and create")


def test_five_steps_create_a_project_with_its_areas_people_and_stages(app: Flask, office: Browser) -> None:
    lead = add_person(app, "Lía Líder")
    with working(app) as session:
        session.add_all([Area(name="Ventas"), Area(name="Servicio")])
        session.flush()
        area_id = session.scalars(select(Area.id).where(Area.name == "Ventas")).one()
    page = to_people(office, areas=[str(area_id)])
    page = page.form("wizard").submit(find="lider", role="project_lead", button="Find")
    page = page.form("wizard").submit(button="Add Lía Líder")
    page = page.form("wizard").submit(button="Next: First stories")
    page = page.form("wizard").submit(button="Next: Check and create")
    assert {"VEN", "Ventas Norte", "CRM 2026 (new)", "Ventas", "Venezuela"} <= set(page.texts("dd"))
    page = page.form("wizard").submit(button="Create project")
    assert (page.url, page.heading) == ("/projects/VEN/", "Ventas Norte")
    assert "Lía Líder" in page.text
    project = project_with_key(app)
    with reading(app) as session:
        assert session.scalars(select(ProjectArea.area_id)).all() == [area_id]
        assert session.execute(select(Membership.user_id, Membership.role)).all() == [(lead.id, "project_lead")]
        assert session.scalars(select(Programme.currency)).one() == "VES"
        states = session.execute(select(Stage.key, Stage.state).order_by(Stage.position)).all()
    assert project.purpose == "Un cliente,\nuna memoria."
    assert [key for key, _ in states] == ["visualization", "planning", "implementation", "adoption", "release"]
    assert [state for _, state in states] == ["current", *["not_started"] * 4]


def test_going_back_and_forth_loses_nothing(office: Browser) -> None:
    page = to_people(office)
    for _ in range(2):
        page = page.form("wizard").submit(button="Back")
    assert {name: page.form("wizard").value(name) for name in ABOUT} == ABOUT
    page = page.form("wizard").submit()
    assert {name: page.form("wizard").value(name) for name in SCOPE} == SCOPE


def test_going_back_keeps_what_is_not_valid_yet(office: Browser) -> None:
    page = to_scope(office).form("wizard").submit({**SCOPE, "ends_on": "2026-01-01"}, button="Back")
    page = page.form("wizard").submit()
    assert page.form("wizard").value("ends_on") == "2026-01-01"


@pytest.mark.parametrize("key", ["V", "1AB", "TOOLONGKEYS", "VE-N", "", "ÑAM", "VE N"])
def test_a_key_of_another_shape_is_refused_where_it_is_typed(office: Browser, key: str) -> None:
    page = office.get("/projects/new").form("wizard").submit({**ABOUT, "key": key}, status=422)
    assert "key" in page.form("wizard").errors
    assert page.form("wizard").value("name") == ABOUT["name"]


def test_a_key_is_taken_for_ever(app: Flask, office: Browser) -> None:
    add_project(app)
    page = office.get("/projects/new").form("wizard").submit(ABOUT, status=422)
    assert "VEN is taken" in page.form("wizard").errors["key"]


def test_a_programme_is_chosen_or_named_not_both_and_not_neither(app: Flask, office: Browser) -> None:
    add_project(app, "OLD")
    form = office.get("/projects/new").form("wizard")
    chosen = next(number for number in form.options("programme_id") if number)
    both = form.submit({**ABOUT, "programme_id": chosen}, status=422)
    assert "not both" in both.form("wizard").errors["programme_name"]
    neither = both.form("wizard").submit(programme_id="", programme_name="", status=422)
    assert "programme_id" in neither.form("wizard").errors
    twin = neither.form("wizard").submit(programme_name="programme old", status=422)
    assert "Choose it from the list" in twin.form("wizard").errors["programme_name"]
    step = twin.form("wizard").submit(programme_name="", programme_id=chosen)
    assert step.form("wizard").value("country") == "VE"


def test_an_end_before_the_start_is_refused(office: Browser) -> None:
    page = to_scope(office).form("wizard").submit({**SCOPE, "ends_on": "2026-01-01"}, status=422)
    assert "ends_on" in page.form("wizard").errors


def test_a_country_with_regions_asks_for_one_before_going_on(app: Flask, office: Browser) -> None:
    page = to_scope(office).form("wizard").submit({**SCOPE, "country": "ES"})
    assert "MD" in page.form("wizard").options("region")
    page = page.form("wizard").submit(region="MD")
    page = page.form("wizard").submit(button="Next: First stories").form("wizard").submit()
    page.form("wizard").submit(button="Create project")
    assert (project_with_key(app).country, project_with_key(app).region) == ("ES", "MD")


def test_people_are_found_added_in_roles_and_taken_out(app: Flask, office: Browser) -> None:
    add_person(app, "Ana Arias")
    page = to_people(office).form("wizard").submit(find="ANA", role="sponsor", button="Find")
    page = page.form("wizard").submit(button="Add Ana Arias")
    page = page.form("wizard").submit(find="ana", role="member", button="Find")
    page = page.form("wizard").submit(button="Add Ana Arias")
    assert len(page.form("wizard").values["people"]) == 2
    page = page.form("wizard").submit(button="Take out Ana Arias as Executive sponsor")
    assert [text.partition(":")[0] for text in page.form("wizard").values["people"]] == ["member"]


def test_pressing_create_twice_makes_one_project(app: Flask, office: Browser) -> None:
    check = to_check(office)
    first = check.form("wizard").submit(button="Create project")
    second = check.form("wizard").submit(button="Create project")
    assert first.url == second.url == "/projects/VEN/"
    assert number_of_projects(app) == 1


def test_a_key_taken_meanwhile_leads_back_to_it_with_everything_kept(app: Flask, office: Browser) -> None:
    check = to_check(office)
    add_project(app)
    page = check.form("wizard").submit(button="Create project", status=422)
    assert "is taken" in page.form("wizard").errors["key"]
    page = page.form("wizard").submit(key="VEN2")
    assert page.form("wizard").value("starts_on") == SCOPE["starts_on"]
    assert number_of_projects(app) == 1


@pytest.mark.parametrize("people", ["sponsor:999999", "admin:1", "sponsor:x", "sponsor:99999999999999999999"])
def test_people_who_are_nobody_make_no_member(app: Flask, office: Browser, people: str) -> None:
    values = {**ABOUT, **SCOPE, "people": people, "deployment": "hosted", "method_key": "agile", "regions_of": "VE"}
    to_check(office)
    office.post("/projects", values, status=None)
    with reading(app) as session:
        assert session.scalars(select(Membership.id)).all() == []


def test_only_the_pmo_creates_projects(app: Flask) -> None:
    for role in (Role.ADMIN, Role.CRM_ADMIN):
        other = browser_of(app, add_person(app, f"Otto {role}", role, email=f"{role}@example.com"))
        assert other.get("/projects/new", status=None).status == 403
