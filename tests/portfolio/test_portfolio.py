"""The portfolio: each person's own projects with computed health, next gate, promises and silence."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Role
from implementor.governance.services import raise_obstacle
from implementor.history.models import Action
from implementor.lists.sheets import sheet_of
from implementor.projects.models import Project
from tests.auth.builders import Person, add_person, reading, working
from tests.finance.builders import purse
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of, pmo, project_with_key


@pytest.fixture
def lead(app: Flask) -> Person:
    """Leads VEN and SER; OTR is of others."""
    person = add_person(app, "Lara Luz")
    for key in ("VEN", "SER"):
        add_project(app, key, people=[(Role.PROJECT_LEAD, person)])
    add_project(app, "OTR")
    return person


def held_up(app: Flask, by: Person, project_id: int) -> None:
    """A critical obstacle turns a project red."""
    values = {"title": "No ERP access", "kind": "process", "severity": "critical", "owner_id": by.id}
    with working(app, by.actor) as session:
        raise_obstacle(session, project_id=project_id, values=values, by=by.actor, at=NOW)


def milestone(app: Flask, by: Person, project_id: int, **values: object) -> None:
    """Something that was promised."""
    create = sheet_of("milestone").create
    assert create is not None
    with working(app, by.actor) as session:
        create(session, Scope(project_id, by.actor), {"origin": "own", **values}, by.actor, NOW)


def keys_on(page: Page) -> list[str]:
    """The keys of the rows, in their order."""
    return [row["Key"] for row in page.rows("#rows")]


def test_everybody_finds_their_own_projects_and_learns_of_no_other(app: Flask, lead: Person) -> None:
    page = browser_of(app, lead).get("/portfolio")
    assert sorted(keys_on(page)) == ["SER", "VEN"]
    assert "OTR" not in page.html
    assert "Rollout OTR" not in browser_of(app, lead).client.get("/lists/portfolio/export.csv").get_data(as_text=True)
    assert sorted(keys_on(browser_of(app, pmo(app)).get("/portfolio"))) == ["OTR", "SER", "VEN"]
    nobody = browser_of(app, add_person(app, "Nora Nueva")).get("/portfolio")
    assert "You are in no project yet" in nobody.text


def test_health_is_computed_told_why_and_found_sorted_grouped_and_exported(app: Flask, lead: Person) -> None:
    with reading(app) as session:
        ids = {row.key: row.id for row in session.execute(select(Project.key, Project.id))}
    held_up(app, lead, ids["VEN"])
    browser = browser_of(app, lead)
    page = browser.get("/portfolio")
    first = page.rows("#rows")[0]
    assert (first["Key"], first["Health"]) == ("VEN", "Off track")
    assert "critical" in first["Why"]
    assert keys_on(page.follow("1")) == ["VEN"]
    assert keys_on(browser.get("/portfolio?health=not_measured,green,amber")) == ["SER"]
    assert keys_on(browser.get("/portfolio?sort=-health")) == ["SER", "VEN"]
    assert "Health: Off track 1" in browser.get("/portfolio?group=health").text
    file = browser.client.get("/lists/portfolio/export.csv?health=red").get_data(as_text=True)
    assert "Off track" in file
    assert "SER" not in file


def test_a_page_after_another_goes_on_in_the_order_of_health(app: Flask, lead: Person) -> None:
    for place in range(30):
        project_id = add_project(app, f"M{place}", people=[(Role.PROJECT_LEAD, lead)])
        if place % 2:
            held_up(app, lead, project_id)
    first = browser_of(app, lead).get("/portfolio?size=25")
    rows = [*first.rows("#rows"), *first.follow("Next").rows("#rows")]
    assert len({row["Key"] for row in rows}) == 32
    assert [row["Health"] for row in rows] == sorted((row["Health"] for row in rows), key="Off track".__ne__)


def test_milestones_are_held_against_what_was_promised(app: Flask, lead: Person) -> None:
    project_id = add_project(app, "ERP", people=[(Role.PROJECT_LEAD, lead)])
    later = datetime.now(UTC).date() + timedelta(days=60)
    milestone(app, lead, project_id, title="Interface", promised_on=later, forecast_on=later + timedelta(days=12))
    milestone(app, lead, project_id, title="Licences", promised_on=later, forecast_on=later)
    page = browser_of(app, lead).get("/portfolio?late_milestones=1..&columns=key,promises,late_milestones")
    assert page.rows("#rows") == [
        {"Key": "ERP", "Milestones against promises": "Interface: 12 days later than promised", "Late milestones": "1"}
    ]


def test_where_nothing_moves_is_found(app: Flask, lead: Person) -> None:
    with working(app) as session:
        session.execute(update(Action).values(at=datetime(2026, 1, 5, tzinfo=UTC)))
    add_project(app, "NEW", people=[(Role.PROJECT_LEAD, lead)])
    with working(app) as session:
        session.execute(update(Action).where(Action.project_id == project_with_key(app, "NEW").id)
                        .values(at=datetime.now(UTC)))  # fmt: skip
    page = browser_of(app, lead).get("/portfolio")
    assert sorted(keys_on(page.follow("Where nothing has moved for 14 days"))) == ["SER", "VEN"]


def test_a_view_is_kept_and_opened_again(app: Flask, lead: Person) -> None:
    browser = browser_of(app, lead)
    page = browser.get("/portfolio?sort=-key&columns=key,health").form("Save view").submit(name="By key")
    assert page.url.startswith("/portfolio?")
    assert keys_on(browser.get("/portfolio").follow("By key")) == ["VEN", "SER"]


def test_three_projects_and_forty_three_cost_the_same_statements(app: Flask) -> None:
    browser, counts = browser_of(app, pmo(app)), []
    for more in (3, 40):
        for place in range(more):
            add_project(app, f"P{more}A{place}")
        browser.get("/portfolio")
        with counting() as statements:
            browser.get("/portfolio")
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])


def test_money_is_shown_found_and_counted_only_where_one_sees_the_budget(app: Flask) -> None:
    here = purse(app)
    line, ahead = here.line(), (datetime.now(UTC).date() + timedelta(days=60)).replace(day=1)
    here.write(line, "planned", {ahead: 100_000_00})
    here.write(line, "forecast", {ahead: 150_000_00})
    seen = here.browser("lead").get("/portfolio?budget=over&columns=key,money,budget,why").rows("#rows")
    assert [(row["Key"], row["Budget"]) for row in seen] == [("VEN", "Over the limit")]
    assert "150,000" in seen[0]["Money"]
    hidden = here.browser("member").get("/portfolio?columns=key,money,budget,why")
    assert [(row["Money"], row["Budget"]) for row in hidden.rows("#rows")] == [("–", "No budget in sight")]
    assert "150,000" not in hidden.text
    assert "Nothing matches" in here.browser("member").get("/portfolio?budget=over").text
