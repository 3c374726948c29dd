"""Methods of an installation: a draft is edited and published, and a project moves to it after a preview."""

from dataclasses import replace

import pytest
from flask import Flask

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.projects.models import Project
from implementor.stages import method_services as services
from implementor.stages.checks import checks
from implementor.stages.gate_queries import draft_of
from implementor.stages.method_store import newest_method
from implementor.stages.methods import Item, changes_between
from implementor.stages.shipped_methods import newest_shipped, shipped_methods
from tests.auth.builders import Person, add_person, reading, working
from tests.machinery.pages import Page
from tests.projects.builders import NOW, add_project, browser_of, pmo
from tests.stages.builders import gated, prepare

DRAFT = "/settings/methods/agile/draft"


@pytest.fixture
def admin(app: Flask) -> Person:
    """The administrator of the installation."""
    return add_person(app, "Ada Admin", Role.ADMIN)


def test_an_administrator_changes_a_draft_and_publishes_it(app: Flask, admin: Person) -> None:
    browser = browser_of(app, admin)
    page = browser.get("/settings/methods").form("form[action='/settings/methods/agile/draft']").submit()
    assert page.heading == "Agile in five steps, version 1001"
    page.form("limits").submit(red_below="70", green_from="80", longest_waiver="30")
    stage = browser.get(f"{DRAFT}/stages/planning").form("stage")
    stage.submit(name_en="Plan", name_es="Plan", purpose_en="Why", purpose_es="Por qué", signatures=["sponsor"])
    line = browser.get(f"{DRAFT}/stages/planning/lines/new").form("line")
    line.submit(name_en="Rooms are booked", name_es="Hay salas", role="member", minimum="100", weight="2")
    browser.get(f"{DRAFT}/stages/planning/lines/testers-named").form("Take it out").submit()
    browser.get(DRAFT).form("Publish").submit()
    with reading(app) as session:
        method = newest_method(session, "agile")
        assert method is not None
        planning = method.stage("planning")
        assert planning is not None
        limits = (method.red_below, method.green_from, method.longest_waiver)
        assert (method.version, limits) == (1001, (70, 80, 30))
        assert (planning.names["en"], planning.signatures) == ("Plan", ("sponsor",))
        keys = [item.key for item in planning.items]
        assert ("rooms-are-booked" in keys, "testers-named" in keys) == (True, False)


@pytest.mark.parametrize(
    ("part", "values", "said"),
    [
        ("limits", {"red_below": "90", "green_from": "80"}, "green does not begin below"),
        ("limits", {"red_below": "", "green_from": "80"}, "green does not begin below"),
        ("limits", {"longest_waiver": "0"}, "days from 1 to 730"),
        ("limits", {"longest_waiver": "731"}, "days from 1 to 730"),
        ("stages/planning", {"name_es": ""}, "both languages"),
        ("stages/planning/lines/new", {"name_en": "One", "name_es": "Uno", "weight": "0"}, "1 to 100"),
        ("stages/planning/lines/new", {"name_en": "One", "name_es": "Uno", "minimum": "101"}, "0 to 100"),
        ("stages/planning/lines/new", {"name_en": "One", "name_es": ""}, "both languages"),
        ("stages/visualization/lines/roles-filled", {"check": "stories_estimated"}, "fits the stage"),
    ],
)
def test_what_cannot_be_used_is_refused_beside_its_field(
    app: Flask, admin: Person, part: str, values: dict[str, str], said: str
) -> None:
    browser = browser_of(app, admin)
    browser.get("/settings/methods").form("form[action='/settings/methods/agile/draft']").submit()
    address = DRAFT if part == "limits" else f"{DRAFT}/{part}"
    shown = browser.get(address)
    sent = {name: one.get("value", "") for name, one in inputs(shown).items()} | values
    refused = browser.post(f"{DRAFT}/{part}", sent, status=422)
    assert said in refused.text


def inputs(page: Page) -> dict[str, dict[str, str]]:
    """What the form of the page holds, by name."""
    found: dict[str, dict[str, str]] = {}
    for one in page.all("main form.form input, main form.form textarea, main form.form select"):
        chosen = one.cssselect("option[selected]") if one.tag == "select" else []
        value = one.text or "" if one.tag == "textarea" else chosen[0].get("value") if chosen else one.get("value")
        if one.get("type") != "checkbox" and one.get("name"):
            found[str(one.get("name"))] = {"value": str(value or "")}
    return found


def test_a_project_keeps_its_version_until_it_is_moved_and_then_its_ticks(app: Flask, admin: Person) -> None:
    here = gated(app)
    prepare(here, "visualization")
    with working(app, admin.actor) as session:
        draft = services.begin_draft(session, "agile", by=admin.actor, at=NOW)
        extra = Item("rooms", {"en": "Rooms are booked", "es": "Hay salas"}, "project_lead", weight=50)
        services.put_item(session, draft, "visualization", extra, by=admin.actor)
        services.remove_item(session, draft, "visualization", "reports-in-reverse", by=admin.actor)
        services.publish(session, draft, by=admin.actor, at=NOW)
    assert here.look("visualization").verdict.colour == "green"
    browser = browser_of(app, pmo(app))
    page = browser.get("/projects/VEN/method")
    assert "Added: Rooms are booked" in page.text
    assert "Gone: The ten most important reports" in page.text
    page.form("Move to version 1001").submit()
    look = here.look("visualization")
    assert (look.method.version, look.verdict.colour) == (1001, "red")
    assert [line.key for line in look.failing] == ["rooms"]
    assert "newest version" in browser.get("/projects/VEN/method").text


def test_each_shipped_version_asks_known_checks_where_they_can_be_asked_and_moves_to_the_newest(app: Flask) -> None:
    newest = newest_shipped()
    for (key, version), method in shipped_methods().items():
        asked = {(item.check, stage.scope) for stage in method.stages for item in stage.items if item.check}
        assert {(name, scope) for name, scope in asked if scope not in checks[name].places} == set()
        assert [stage.key for stage in method.stages] == [stage.key for stage in newest[key].stages]
        assert (version == newest[key].version) == (changes_between(method, newest[key]) == [])


def test_a_project_of_version_three_sees_what_the_records_answer_from_now_on_and_moves(app: Flask) -> None:
    here = gated(app)
    with working(app) as session:
        session.get_one(Project, here.project_id).method_version = 3
    browser = browser_of(app, pmo(app))
    page = browser.get("/projects/VEN/method")
    assert "Added: The lessons are signed by sponsor and project lead" in page.text
    assert "computed from records instead of ticked" in page.text
    assert "Each step of going live has somebody, minutes and a way back" in page.text
    page.form("Move to version 7").submit()
    assert here.look("release").method.version == 7
    failing = {line.key for line in here.look("release").failing}
    assert {"lessons-recorded", "lessons-signed", "benefits-owned", "standing-body"} <= failing


def test_a_new_project_begins_with_the_newest_version_and_a_draft_is_none(app: Flask, admin: Person) -> None:
    with working(app, admin.actor) as session:
        at = NOW
        draft = services.begin_draft(session, "open", by=admin.actor, at=at)
        assert services.begin_draft(session, "open", by=admin.actor, at=at) is draft
    add_project(app, "OLD")
    with working(app, admin.actor) as session:
        services.publish(session, session.scalars(draft_of(key="open")).one(), by=admin.actor, at=NOW)
    add_project(app, "NEW")
    browser = browser_of(app, pmo(app))
    assert "version 1" in browser.get("/projects/OLD/method").heading
    assert "version 1001" in browser.get("/projects/NEW/method").heading
    assert "2 projects" not in browser.get("/settings/methods").text


def test_a_draft_that_lacks_something_is_not_published(app: Flask, admin: Person) -> None:
    with working(app, admin.actor) as session:
        at = NOW
        draft = services.begin_draft(session, "agile", by=admin.actor, at=at)
        odd = replace(Item("odd", {"en": "Odd", "es": "Raro"}, "sponsor"), check="unheard_of")
        with pytest.raises(InvalidInput):
            services.put_item(session, draft, "planning", odd, by=admin.actor)
        content = {**draft.content, "red_below": 99, "green_from": 10}
        draft.content = content
        with pytest.raises(services.NotComplete):
            services.publish(session, draft, by=admin.actor, at=at)


def test_methods_are_not_for_everybody(app: Flask) -> None:
    here = gated(app)
    assert browser_of(app, here.lead).get("/settings/methods", status=403).status == 403
    office = browser_of(app, pmo(app))
    assert "Begin a version" not in office.get("/settings/methods").text
    assert office.get("/settings/methods/agile/3").heading == "Agile in five steps, version 3"
    assert office.get("/settings/methods/agile/77", status=404).status == 404
    here.browser().get("/projects/VEN/method")
    assert not here.browser().get("/projects/VEN/method").all("form[action$='/method']")
