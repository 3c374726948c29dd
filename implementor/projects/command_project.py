"""The project that a command names, as far as the person it acts for may see it, and the roles held there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.restoring import places
from implementor.projects.models import Project
from implementor.projects.queries import project_visible_to


def project_named(session: Session, by: Actor, key: str) -> Project:
    """The project of a key. Raises Refusal where there is none that the actor may see."""
    found = session.scalars(project_visible_to(by, key)).one_or_none()
    if found is None:
        raise Refusal(say("There is no project %(key)s that you may see.", key=key))
    return found


def in_project(session: Session, by: Actor, project: Project) -> Actor:
    """The actor with the roles that count in this project."""
    return by.with_roles(places.roles_in_project(session, by, project.id) or ())
