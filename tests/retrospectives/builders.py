"""Retrospectives and lessons as tests reach them: through services, by a person with a role."""

from typing import Any

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.retrospectives.models import Lesson, Retrospective
from implementor.retrospectives.services import lessons
from implementor.retrospectives.services.retrospectives import create_retrospective
from tests.auth.builders import Person, add_named, working
from tests.projects.builders import NOW, add_project

NAMES = {"project_lead": "Lara Luz", "member": "Mara Mora", "change_lead": "Cira Cruz", "viewer": "Vera Vida"}


def people_of_team(app: Flask) -> dict[str, Person]:
    """A project VEN with a lead, two who take part and a viewer."""
    people = add_named(app, NAMES)
    add_project(app, people=[(Role(role), person) for role, person in people.items()])
    return people


def retrospective(app: Flask, by: Person, **values: Any) -> Retrospective:
    """One that collects notes."""
    given = {"title": "After the first wave", "votes_each": 2, **values}
    with working(app, by.actor) as session:
        return create_retrospective(session, project_id=1, values=given, by=by.actor, at=NOW)


def lesson(app: Flask, by: Person, project_id: int = 1, *, kept: bool = True, **values: Any) -> Lesson:
    """A lesson that is kept."""
    given = {"title": "Clean the file first", "recommendation": "Agree on the key before the first load.", **values}
    with working(app, by.actor) as session:
        made = lessons.write_lesson(session, project_id=project_id, values=given, by=by.actor, at=NOW)
        if kept:
            lessons.keep_lesson(session, made, by=by.actor, at=NOW)
        return made
