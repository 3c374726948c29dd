"""Records of governance as tests reach them: through services, by a person with a role."""

from typing import Any

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.governance.models import ActionItem, ChangeRequest, Decision, Risk
from implementor.governance.services import actions, changes, decisions, risks
from tests.auth.builders import Person, add_named, working
from tests.projects.builders import NOW, add_project


def people_of_governance(app: Flask) -> dict[str, Person]:
    """A project VEN with a sponsor, somebody of the committee, a lead, a member and a viewer."""
    names = {"sponsor": "Sara Sol", "committee": "Cora Cruz", "project_lead": "Lara Luz", "member": "Mara Mora",
             "viewer": "Vera Vida"}  # fmt: skip
    people = add_named(app, names)
    add_project(app, people=[(Role(role), person) for role, person in people.items()])
    return people


def risk(app: Flask, by: Person, project_id: int = 1, **values: Any) -> Risk:
    """An open risk."""
    given = {"title": "The supplier leaves", "category": "supplier", "probability": 2, "impact": 4, **values}
    with working(app, by.actor) as session:
        return risks.write_risk(session, project_id=project_id, values=given, by=by.actor, at=NOW)


def question(app: Flask, by: Person, project_id: int = 1, **values: Any) -> Decision:
    """A question that waits for a decision."""
    given = {"question": "Which supplier?", **values}
    with working(app, by.actor) as session:
        return decisions.ask_decision(session, project_id=project_id, values=given, by=by.actor, at=NOW)


def action(app: Flask, by: Person, project_id: int = 1, **values: Any) -> ActionItem:
    """An open action item."""
    given = {"title": "Call the supplier", **values}
    with working(app, by.actor) as session:
        return actions.write_action(session, project_id=project_id, values=given, by=by.actor, at=NOW)


def change(app: Flask, by: Person, project_id: int = 1, **values: Any) -> ChangeRequest:
    """A request that waits for a decision."""
    given = {"title": "Add the zone of the east", "subject": "scope", **values}
    with working(app, by.actor) as session:
        return changes.ask_change(session, project_id=project_id, values=given, by=by.actor, at=NOW)
