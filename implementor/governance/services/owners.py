"""Who may own a record of governance, and who does where nobody was named."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.foundation.words import say
from implementor.governance.queries import person_in_role
from implementor.projects.queries import people_of_project


def refuse_stranger(session: Session, project_id: int, user_id: int | None) -> None:
    """Raise InvalidInput for an owner without a role in the project; nobody is no stranger."""
    if user_id is None:
        return
    inside = {row.id for row in session.execute(people_of_project(project_id=project_id))}
    if user_id not in inside:
        raise InvalidInput({"owner_id": say("Choose an owner who has a role in this project.")})


def lead_of(session: Session, project_id: int) -> int | None:
    """The id of the project lead, if there is one."""
    return session.scalar(person_in_role(project_id=project_id, role=Role.PROJECT_LEAD))


def owner_inside(session: Session, project_id: int, user_id: int | None) -> int | None:
    """That person where they have a role in the project; None otherwise."""
    inside = {row.id for row in session.execute(people_of_project(project_id=project_id))}
    return user_id if user_id in inside else None


def owner_or_self(session: Session, project_id: int, user_id: int | None) -> int | None:
    """That person where they have a role in the project; the lead otherwise."""
    return owner_inside(session, project_id, user_id) or lead_of(session, project_id)
