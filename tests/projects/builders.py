"""Projects with their people, for tests of projects and of everything that stands in one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.auth.current import TOKEN
from implementor.auth.models import User
from implementor.auth.sessions import open_session
from implementor.foundation.permissions import SYSTEM, Role
from implementor.projects import people as people_services
from implementor.projects.models import Membership, Project
from implementor.projects.queries import membership_in
from implementor.projects.services import NewProject, create_project
from implementor.web.database import writing_session
from tests.auth.builders import Person, add_person, reading, working
from tests.machinery.pages import Browser

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def add_project(app: Flask, key: str = "VEN", *, people: Iterable[tuple[Role, Person]] = (), **values: Any) -> int:
    """A project in a programme of its own, by a method without gates unless told; returns its id."""
    wanted = {
        "name": f"Rollout {key}",
        "purpose": "One memory of each customer.",
        "programme_name": f"Programme {key}",
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 12, 18),
        "country": "VE",
        "method_key": "open",
        "people": [(role, person.id) for role, person in people],
        **values,
    }
    with working(app) as session:
        project_id: int = create_project(session, NewProject(key=key, **wanted), by=SYSTEM, at=NOW).id
        return project_id


def take_from_project(app: Flask, project_id: int, person: Person, by: Person) -> None:
    """Remove every role of a person in a project."""
    with working(app, by.actor) as session:
        held = select(Membership.id).where(Membership.project_id == project_id, Membership.user_id == person.id)
        for membership_id in session.scalars(held).all():
            found = session.scalars(membership_in(project_id=project_id, membership_id=membership_id)).one()
            people_services.remove_member(session, found, by=by.actor, at=NOW)


def project_with_key(app: Flask, key: str = "VEN") -> Project:
    """The stored project."""
    with reading(app) as session:
        return session.scalars(select(Project).where(Project.key == key)).one()


def number_of_projects(app: Flask) -> int:
    """How many projects there are."""
    with reading(app) as session:
        return len(session.scalars(select(Project.id)).all())


def browser_of(app: Flask, person: Person) -> Browser:
    """A browser in which this person is signed in, without the time that hashing a password takes."""
    browser = Browser(app)
    with writing_session(app) as session:
        user = session.get_one(User, person.id)
        token = open_session(
            session, user, at=datetime.now(UTC), remembered=False, user_agent="test", block="127.0.0.1"
        )
        session.commit()
    with browser.client.session_transaction() as cookie:
        cookie[TOKEN] = token
    return browser


def pmo(app: Flask, name: str = "Paula Prado") -> Person:
    """Somebody of the PMO."""
    return add_person(app, name, Role.PMO)
