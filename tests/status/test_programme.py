"""The report of a programme shows the projects its reader may see, the worst first, and costs the same for many."""

from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.foundation.permissions import Role
from implementor.projects.models import Project
from implementor.status.programme import programme_standing
from tests.auth.builders import add_person, reading
from tests.governance.builders import risk
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of, pmo
from tests.status.builders import TODAY, alive


def programme_of(app: Flask) -> int:
    with reading(app) as session:
        return session.scalars(select(Project.programme_id).where(Project.key == "VEN")).one()


def beside(app: Flask, *keys: str, **people: Any) -> None:
    """More projects in the programme of VEN."""
    for key in keys:
        add_project(app, key, programme_id=programme_of(app), programme_name="", **people)


def test_the_worst_comes_first_with_one_sentence_why(app: Flask) -> None:
    here = alive(app)
    beside(app, "SER", people=[(Role.PROJECT_LEAD, here.lead)])
    page = browser_of(app, pmo(app)).get(f"/programmes/{programme_of(app)}/status")
    rows = page.rows()
    assert [row["Project"] for row in rows] == ["Rollout VEN", "Rollout SER"]
    assert rows[0]["Why"].startswith("Off track Time:")
    assert rows[1]["Risk"] == "Not measured"


def test_who_is_in_one_project_learns_nothing_of_the_others(app: Flask) -> None:
    here = alive(app)
    beside(app, "SER")
    page = browser_of(app, here.member).get(f"/programmes/{programme_of(app)}/status")
    assert [row["Project"] for row in page.rows()] == ["Rollout VEN"]
    stranger = add_person(app, "Sonia Sosa")
    browser_of(app, stranger).get(f"/programmes/{programme_of(app)}/status", status=404)


def test_many_projects_cost_the_statements_of_one(app: Flask) -> None:
    here = alive(app)
    by = pmo(app).actor.with_roles([Role.PMO])
    with reading(app) as session, counting() as one:
        programme_standing(session, 1, by=by, on=TODAY)
    beside(app, "SER", "POS", "INV")
    risk(app, here.lead, 2, probability=5, impact=5)
    with reading(app) as session, counting() as many:
        found = programme_standing(session, 1, by=by, on=TODAY)
    assert len(many) == len(one), many.beyond(one)
    assert {standing.key for standing in found} == {"VEN", "SER", "POS", "INV"}
