"""The stages of a project in the side bar of each of its pages."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.foundation.words import Speech, speaking
from implementor.projects.models import Project
from implementor.stages import services
from implementor.stages.brief import StageInBrief, in_brief
from implementor.stages.models import Stage
from implementor.stages.queries import PART, STAGE_END, stage_of_project, stages_in_brief
from implementor.stages.shipped_methods import newest_shipped
from tests.auth.builders import Person, add_person, working
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of, pmo

NAMES = [stage.names["en"] for stage in newest_shipped()["open"].stages]


@pytest.fixture
def office(app: Flask) -> Person:
    """Somebody of the PMO."""
    return pmo(app)


@pytest.fixture
def browser(app: Flask, office: Person) -> Browser:
    """The PMO's browser."""
    return browser_of(app, office)


def steps_on(browser: Browser, address: str) -> list[str]:
    """What the side bar says of each stage, its name and the word for its state."""
    return [" ".join(text.split()) for text in browser.get(address).texts(".sidebar .nav-step")]


def test_every_page_of_a_project_shows_its_stages_in_order_with_their_state(
    app: Flask, browser: Browser, office: Person
) -> None:
    project_id = add_project(app)
    with working(app, office.actor) as session:
        first = session.scalars(stage_of_project(project_id=project_id, key="visualization")).one()
        services.leave_stage(session, first, by=office.actor, at=NOW)
        second = session.scalars(stage_of_project(project_id=project_id, key="planning")).one()
        services.enter_stage(session, second, by=office.actor, at=NOW)
    words = ["Done", "In progress", *["Not started"] * 3]
    wanted = [f"{name}{word}" for name, word in zip(NAMES, words, strict=True)]
    for address in ("/projects/VEN/", "/projects/VEN/people", "/projects/VEN/backlog", "/projects/VEN/stages"):
        assert [text.replace(" ", "") for text in steps_on(browser, address)] == [
            text.replace(" ", "") for text in wanted
        ]


def test_each_stage_leads_to_its_page(app: Flask, browser: Browser) -> None:
    add_project(app)
    page = browser.get("/projects/VEN/people")
    addresses = [str(link.get("href")) for link in page.all(".sidebar .nav-step")]
    assert [browser.get(address).heading for address in addresses] == NAMES


def test_outside_of_projects_there_are_no_stages(app: Flask, browser: Browser) -> None:
    add_project(app)
    assert steps_on(browser, "/projects") == steps_on(browser, "/") == []


def test_several_roles_show_each_stage_once(app: Flask) -> None:
    lea = add_person(app, "Lea Lead")
    add_project(app, people=[(Role.PROJECT_LEAD, lea), (Role.SPONSOR, lea), (Role.MEMBER, lea)])
    assert len(steps_on(browser_of(app, lea), "/projects/VEN/people")) == len(NAMES)


def test_the_stages_cost_no_statement_of_their_own(app: Flask, browser: Browser) -> None:
    add_project(app)
    browser.get("/projects/VEN/people")
    with counting() as statements:
        browser.get("/projects/VEN/people")
    asked = [statement for statement in statements if "stage" in statement]
    assert len(asked) == 1
    assert "FROM project" in asked[0]


def test_names_of_stages_are_text_in_the_language_of_the_reader(app: Flask, browser: Browser, office: Person) -> None:
    project_id = add_project(app)
    odd = '<b>1,2;3 "quoted" \\ ñ 漢'
    with working(app, office.actor) as session:
        stage = session.scalars(select(Stage).where(Stage.project_id == project_id, Stage.position == 1)).one()
        stage.names = {"en": odd, "es": "Visualización"}
    page = browser.get("/projects/VEN/people")
    assert "<b>1,2;3" in page.texts(".sidebar .nav-step")[0]
    assert not page.all(".sidebar .nav-step b")


def test_what_parts_stages_from_each_other_may_stand_in_their_names(app: Flask, office: Person) -> None:
    project_id, odd = add_project(app), f"Plan{PART}{STAGE_END}ning"
    with working(app, office.actor) as session:
        stage = session.scalars(select(Stage).where(Stage.project_id == project_id, Stage.position == 1)).one()
        stage.names = {"en": odd}
        session.flush()
        told = session.scalar(select(stages_in_brief()).where(Project.id == project_id))
    assert [each.name for each in in_brief(told)] == [odd, *NAMES[1:]]


def test_stages_are_read_in_order_and_named_in_english_where_a_language_is_missing() -> None:
    told = STAGE_END.join(
        PART.join((place, f"s{place}", "done", names))
        for place, names in (("10", '{"en": "Ten"}'), ("9", '{"en": "Nine", "es": "Nueve"}'))
    )
    with speaking(Speech(language="es")):
        assert in_brief(told) == [StageInBrief("s9", "done", "Nueve"), StageInBrief("s10", "done", "Ten")]
    assert in_brief(None) == in_brief("") == []


def open_sections(browser: Browser, address: str) -> list[str]:
    """The headings of the sections that are unfolded on a page."""
    return browser.get(address).texts(".sidebar details[open] > summary.nav-label")


def test_the_section_of_the_page_is_open_and_the_others_are_folded(app: Flask, browser: Browser) -> None:
    add_project(app)
    for address, section in (
        ("/", "Start"), ("/projects", "Start"), ("/projects/VEN/", "Project"), ("/projects/VEN/stages", "Project"),
        ("/projects/VEN/people", "Manage"), ("/projects/VEN/records/story/new", "Project"),
        ("/projects/VEN/risks", "Governance"), ("/projects/VEN/surveys", "People and change"),
    ):  # fmt: skip
        assert open_sections(browser, address) == [section], address


def test_every_place_is_in_the_side_bar_folded_or_not_and_one_is_the_present_one(app: Flask, browser: Browser) -> None:
    add_project(app)
    pages = [browser.get(f"/projects/VEN/{place}") for place in ("people", "stages/planning", "records/story/new")]
    links = [[str(link.get("href")) for link in page.all(".sidebar .nav-section .nav-link")] for page in pages]
    assert links[0] == links[1] == links[2]
    present = [page.texts(".sidebar .nav-link[aria-current=page]") for page in pages]
    assert present == [["People"], ["Stages"], []]
