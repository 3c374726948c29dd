"""Letting who stands in for somebody act in that role, on the days it was handed over and in no other project."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask import g
from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor, Role
from implementor.governance.delegation import read_carried, roles_on
from implementor.governance.queries.roles import carried_by, carried_in, carried_in_place, roles_held_in
from implementor.history.restoring import RolesInProject, places
from implementor.projects.place import carried
from implementor.web.guard import gates
from implementor.web.unit_of_work import now

NAME = "carried_roles"


def let_stand_in(app: Any) -> None:
    """Bring what somebody carries along with every project, in requests and wherever else roles are asked for."""
    carried[NAME] = carried_in_place()
    gates(app).scope_loaders.append(as_bearer)
    held = places.roles_in_project
    if not getattr(held, "knows_bearers", False):
        places.roles_in_project = with_carried(held)


def as_bearer(person: Actor, view_args: dict[str, Any]) -> Actor:
    """The person with the roles they carry today in the project of this request."""
    project = g.get("project")
    packed = project.carried.get(NAME) if project is not None else None
    return person.with_roles(roles_on(now().date(), read_carried(packed))) if packed else person


def roles_in_projects(
    session: Session, person: Actor, project_ids: Collection[int], *, on: date
) -> dict[int, frozenset[Role]]:
    """The roles that a person holds or carries on a day, by project; two statements, however many projects."""
    found: dict[int, set[Role]] = {one: set() for one in project_ids}
    for row in session.execute(roles_held_in(user_id=person.user_id, project_ids=found)):
        found[row.project_id].add(Role(row.role))
    for row in session.execute(carried_in(user_id=person.user_id, project_ids=found)):
        found[row.project_id] |= roles_on(on, read_carried(row.packed))
    return {one: frozenset(roles) for one, roles in found.items()}


def with_carried(held: RolesInProject) -> RolesInProject:
    """Roles in a project as `held` knows them, and those carried today; strangers stay strangers."""

    def roles(session: Session, person: Actor, project_id: int) -> Iterable[Role] | None:
        own = held(session, person, project_id)
        if own is None:
            return None
        packed = session.scalar(carried_by(user_id=person.user_id, project_id=project_id))
        return [*own, *roles_on(datetime.now(UTC).date(), read_carried(packed))]

    roles.knows_bearers = True  # type: ignore[attr-defined]
    return roles
