"""How any record of audiences is found in its project, and named in other places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Select, null, select

from implementor.audiences.models import AffectedPerson, Stakeholder
from implementor.audiences.queries.people import people_shown_to
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor, Role
from implementor.projects.models import Membership, Project
from implementor.projects.place import sees_every_project
from implementor.projects.queries import is_visible_to

SEE_STAKEHOLDERS = (Role.PROJECT_LEAD, Role.CHANGE_LEAD, Role.SPONSOR)


def one_of(model: type[Any], *, project_id: int, record_id: int) -> Select[Any]:
    """One record of a project by id, archived or not."""
    return select(model).where(model.project_id == project_id, model.id == record_id)


def people_in_use(scope: Scope) -> Rows:
    """The people affected whom the reader may see by name and who are not put away."""
    return people_shown_to(scope.actor, project_id=scope.project_id or 0).where(AffectedPerson.archived_at.is_(None))


def person_in_scope(scope: Scope, record_id: int) -> Rows:
    """One of the people affected, if the reader may see them by name."""
    return people_shown_to(scope.actor, project_id=scope.project_id or 0).where(AffectedPerson.id == record_id)


def titles_of(model: type[Any]) -> Callable[[Actor, Iterable[int]], Rows]:
    """Visible records of some ids as rows (id, title, project_key, number), to name them in other places."""

    def titles(actor: Actor, ids: Iterable[int]) -> Rows:
        found = (
            select(model.id, model.name.label("title"), Project.key.label("project_key"), null().label("number"))
            .join(Project, Project.id == model.project_id)
            .where(model.id.in_(list(ids)), is_visible_to(actor))
        )
        if model is Stakeholder and not sees_every_project(actor):
            return found.where(model.project_id.in_(projects_with_map(actor)))
        return found

    return titles


def projects_with_map(actor: Actor) -> Rows:
    """Ids of the projects whose map of stakeholders the actor may see."""
    if sees_every_project(actor):
        return select(Project.id)
    return select(Membership.project_id).where(
        Membership.user_id == actor.user_id, Membership.role.in_([str(role) for role in SEE_STAKEHOLDERS]),
        Membership.removed_at.is_(None),
    )  # fmt: skip
