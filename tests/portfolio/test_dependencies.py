"""What projects wait for from each other: written down by the PMO, drawn, never in a loop, taken back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from implementor.foundation.permissions import Role
from implementor.projects.dependencies import add_dependency
from implementor.projects.models import Project, ProjectDependency
from implementor.projects.waiting import layers_of, loop_with
from tests.auth.builders import Person, add_person, reading, working
from tests.duplicates.test_at_once import at_once
from tests.machinery.pages import Browser, Page
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of, pmo

LIST, RECORDS = "/portfolio/dependencies", "/records/project_dependency"
NEW = f"{RECORDS}/new"
TODAY = datetime.now(UTC).date()
PAIRS = st.lists(st.sampled_from([(a, b) for a in range(7) for b in range(7) if a != b]), max_size=15)


@given(PAIRS)
def test_without_loops_everybody_stands_behind_those_they_wait_for(pairs: list[tuple[int, int]]) -> None:
    kept: list[tuple[int, int]] = []
    for one, other in pairs:
        loop = loop_with(kept, one, other)
        if loop:
            assert (loop[0], loop[-1]) == (other, one)
            assert all((a, b) in kept for a, b in pairwise(loop))
        else:
            kept.append((one, other))
    layers = layers_of(kept)
    assert all(layers[one] < layers[other] for one, other in kept)


@pytest.fixture
def office(app: Flask) -> Person:
    """The PMO; VEN, SER and COM are projects of one programme, OTR of another."""
    person = pmo(app)
    for key in ("VEN", "SER", "COM", "OTR"):
        add_project(app, key)
    with working(app) as session:
        first = select(Project.programme_id).where(Project.key == "VEN").scalar_subquery()
        session.execute(update(Project).where(Project.key != "OTR").values(programme_id=first))
    return person


def ids_of(app: Flask) -> dict[str, int]:
    """Project ids by key."""
    with reading(app) as session:
        return {row.key: row.id for row in session.execute(select(Project.key, Project.id))}


def waits(browser: Browser, supplier: str, receiver: str, status: int = 200, **values: Any) -> Page:
    """Write down through the form that one project waits for another."""
    ids = ids_of(browser.app)
    needed = str(TODAY + timedelta(days=30))
    wanted: dict[str, Any] = {"what": f"{supplier} for {receiver}", "needed_on": needed, **values}
    form = browser.get(LIST).follow("New dependency").form(NEW)
    return form.submit(supplier_id=str(ids[supplier]), receiver_id=str(ids[receiver]), status=status, **wanted)


def test_it_is_written_down_drawn_changed_and_delivered(app: Flask, office: Person) -> None:
    browser = browser_of(app, office)
    assert "No project waits for another" in browser.get(LIST).text
    waits(browser, "VEN", "SER", promised_on=str(TODAY + timedelta(days=40)))
    page = browser.get(LIST)
    assert page.find("#dependency_picture title").text == "1 dependencies between 2 projects, 1 of them late"
    assert page.rows("#rows")[0]["State"] == "late"
    record = page.follow("VEN for SER")
    assert record.follow("Rollout SER").heading == "Rollout SER"
    form = record.follow("Edit").form(f"{RECORDS}/1/edit")
    form.submit(what="One record of each customer", promised_on=str(TODAY + timedelta(days=20)))
    [row] = browser.get(LIST).rows("#rows")
    assert (row["What is delivered"], row["State"]) == ("One record of each customer", "in time")
    assert row["Delivered by"] == "VEN · Rollout VEN"
    page = browser.get(f"{LIST}/1").form("Delivered today").submit()
    assert "Delivered" in page.text
    assert "was delivered" in page.text
    assert browser.get(LIST).rows("#rows")[0]["State"] == "delivered"
    assert "Nothing matches" in browser.get(f"{LIST}?state=late").text


def test_two_who_change_one_field_decide_between_both_texts(app: Flask, office: Person) -> None:
    browser = browser_of(app, office)
    waits(browser, "VEN", "SER")
    stale = browser.get(f"{RECORDS}/1/edit").form(f"{RECORDS}/1/edit")
    browser.get(f"{RECORDS}/1/edit").form(f"{RECORDS}/1/edit").submit(what="Theirs")
    page = stale.submit(what="Ours", status=409)
    assert "Theirs" in page.text
    assert "Ours" in page.html


def test_a_loop_is_refused_with_its_projects_named(app: Flask, office: Person) -> None:
    browser = browser_of(app, office)
    waits(browser, "VEN", "SER")
    waits(browser, "SER", "COM")
    page = waits(browser, "COM", "VEN", 422)
    assert "Rollout VEN → Rollout SER → Rollout COM → Rollout VEN" in page.text


def test_of_two_that_close_a_loop_at_once_one_is_refused(app: Flask, office: Person) -> None:
    ids = ids_of(app)

    def wait(supplier: str, receiver: str) -> None:
        values = {"supplier_id": ids[supplier], "receiver_id": ids[receiver], "needed_on": TODAY, "what": "Data"}
        with working(app, office.actor) as session:
            add_dependency(session, values, by=office.actor, at=NOW)

    outcomes = at_once(lambda: wait("VEN", "SER"), lambda: wait("SER", "VEN"))
    assert sorted(type(one).__name__ for one in outcomes) == ["NoneType", "ProjectsWouldLoop"]
    with reading(app) as session:
        assert len(session.scalars(select(ProjectDependency.id)).all()) == 1


@pytest.mark.parametrize(
    ("supplier", "receiver", "said"), [("VEN", "VEN", "does not wait for itself"), ("VEN", "OTR", "one programme")]
)
def test_what_makes_no_sense_is_refused(app: Flask, office: Person, supplier: str, receiver: str, said: str) -> None:
    page = waits(browser_of(app, office), supplier, receiver, 422)
    assert said in page.text


def test_put_away_it_comes_back_unless_a_loop_came_of_it(app: Flask, office: Person) -> None:
    browser = browser_of(app, office)
    waits(browser, "VEN", "SER")
    page = browser.get(f"{LIST}/1").form("Archive").submit()
    assert "No project waits for another" in page.text
    page.form("Undo").submit()
    assert len(browser.get(LIST).rows("#rows")) == 1
    browser.get(f"{LIST}/1").form("Archive").submit()
    waits(browser, "SER", "VEN")
    page = browser.get(f"{LIST}/1").form("Restore").submit(status=409)
    assert "These projects would wait for each other" in page.text
    browser.get(f"{LIST}/2").form("Archive").submit()
    browser.get(f"{LIST}/1").form("Restore").submit()
    assert [row["What is delivered"] for row in browser.get(LIST).rows("#rows")] == ["VEN for SER"]


def test_only_the_pmo_learns_of_it(app: Flask, office: Person) -> None:
    lead = add_person(app, "Lara Luz")
    add_project(app, "NEW", people=[(Role.PROJECT_LEAD, lead)])
    browser = browser_of(app, lead)
    waits(browser_of(app, office), "VEN", "SER")
    browser.get(LIST, status=403)
    browser.get(f"{RECORDS}/1/edit", status=404)
    assert "Dependencies" not in browser.get("/portfolio").text
    assert "VEN for SER" not in browser.get("/search?q=VEN+for").text
    assert "VEN for SER" in browser_of(app, office).get("/search?q=VEN+for").text


def test_one_and_many_cost_the_same_statements(app: Flask, office: Person) -> None:
    browser, counts, ids = browser_of(app, office), [], ids_of(app)
    values = {"supplier_id": ids["VEN"], "receiver_id": ids["SER"], "needed_on": TODAY}
    for more in (1, 20):
        with working(app, office.actor) as session:
            for place in range(more):
                add_dependency(session, {**values, "what": f"Thing {place}"}, by=office.actor, at=NOW)
        browser.get(LIST)
        with counting() as statements:
            browser.get(LIST)
        counts.append(statements)
    with reading(app) as session:
        assert len(session.scalars(select(ProjectDependency.id)).all()) == 21
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
