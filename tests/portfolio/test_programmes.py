"""Programmes: the worst of their projects with why, and their money, only of what the reader sees."""

from collections import namedtuple
from decimal import Decimal

from flask import Flask
from sqlalchemy import select, update

from implementor.finance.rates import Rates
from implementor.finance.standing import MoneyStanding
from implementor.foundation.permissions import Role
from implementor.governance.services import raise_obstacle
from implementor.portfolio.programmes import money_total
from implementor.projects.models import Programme, Project
from tests.auth.builders import Person, add_person, working
from tests.machinery.statements import counting
from tests.projects.builders import NOW, add_project, browser_of, pmo

One = namedtuple("One", "id name")


def held_up(app: Flask, by: Person, project_id: int) -> None:
    """A critical obstacle turns a project red."""
    values = {"title": "No ERP access", "kind": "process", "severity": "critical"}
    with working(app, by.actor) as session:
        raise_obstacle(session, project_id=project_id, values=values, by=by.actor, at=NOW)


def in_one_programme(app: Flask) -> None:
    """Put every project into the programme of the first."""
    with working(app) as session:
        programme = session.scalars(select(Programme).order_by(Programme.id)).first()
        assert programme is not None
        programme.name = "One customer"
        session.execute(update(Project).values(programme_id=programme.id))
        session.execute(update(Programme).where(Programme.id != programme.id).values(archived_at=NOW))


def test_a_programme_shows_its_worst_project_and_why(app: Flask) -> None:
    lead = add_person(app, "Lara Luz")
    for key in ("VEN", "SER"):
        project_id = add_project(app, key, people=[(Role.PROJECT_LEAD, lead)])
    in_one_programme(app)
    held_up(app, lead, project_id)
    listed = browser_of(app, lead).get("/portfolio/programmes")
    [row] = listed.rows()
    assert (row["Programme"], row["Projects"], row["Health"]) == ("One customer", "2", "Off track")
    assert row["Why"].startswith("Rollout SER, Risk: 1 critical obstacle")
    page = listed.follow("One customer")
    assert [line["Project"] for line in page.rows("#projects")] == ["SER · Rollout SER", "VEN · Rollout VEN"]


def test_of_a_programme_one_learns_only_of_ones_own_projects(app: Flask) -> None:
    lead, stranger = add_person(app, "Lara Luz"), add_person(app, "Simon Sala")
    add_project(app, "VEN", people=[(Role.PROJECT_LEAD, lead)])
    project_id = add_project(app, "SER")
    in_one_programme(app)
    held_up(app, lead, project_id)
    page = browser_of(app, lead).get("/portfolio/programmes").follow("One customer")
    assert "SER" not in page.html
    assert "Off track" not in page.text
    browser_of(app, stranger).get(page.url, status=404)
    assert "No programme yet" in browser_of(app, stranger).get("/portfolio/programmes").text
    assert "SER" in browser_of(app, pmo(app)).get(page.url).text


def test_money_adds_up_by_the_rates_of_the_day_and_names_what_is_missing() -> None:
    projects = [One(1, "VEN"), One(2, "SER"), One(3, "COL"), One(4, "PER")]
    money = {
        1: MoneyStanding(1, "USD", budget=100_00, actual=40_00, forecast=110_00),
        2: MoneyStanding(2, "EUR", budget=50_00, actual=10_00, forecast=50_00),
        3: MoneyStanding(3, "COP", budget=9_00, actual=0, forecast=9_00),
    }
    total = money_total(projects, money, "USD", Rates({"USD": Decimal(1), "EUR": Decimal("1.1")}))
    assert total.missing == ("COP",)
    assert (total.projects, total.left_out) == (2, 2)
    alone = money_total(projects[:2], money, "USD", Rates({}))
    assert (alone.budget, alone.left_out, alone.missing) == (100_00, 1, ("EUR", "USD"))


def test_three_programmes_and_forty_three_cost_the_same_statements(app: Flask) -> None:
    browser, counts = browser_of(app, pmo(app)), []
    for more in (3, 40):
        for place in range(more):
            add_project(app, f"P{more}A{place}")
        browser.get("/portfolio/programmes")
        with counting() as statements:
            browser.get("/portfolio/programmes")
        counts.append(statements)
    assert len(counts[0]) == len(counts[1]), counts[1].beyond(counts[0])
