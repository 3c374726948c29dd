"""How records of any kind of governance are found, each in its project: for lists, by number, and by name elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to


def in_use(model: type[Any]) -> Callable[[Scope], Rows]:
    """The records of the scope's project that are not put away."""
    return lambda scope: select(model).where(model.project_id == scope.project_id, model.archived_at.is_(None))


def in_scope(model: type[Any]) -> Callable[[Scope, int], Rows]:
    """One record of the scope's project by id, archived or not."""
    return lambda scope, record_id: select(model).where(model.project_id == scope.project_id, model.id == record_id)


def by_number(model: type[Any], *people: Any, project_id: int, number: int) -> Select[Any]:
    """One record by its number, with these of its people."""
    found = select(model).where(model.project_id == project_id, model.number == number)
    return found.options(*(joinedload(person) for person in people))


def titles_of(model: type[Any], title: Any) -> Callable[[Actor, Iterable[int]], Rows]:
    """Visible records of some ids as rows (id, title, project_key, number), to name them in other places."""

    def titles(actor: Actor, ids: Iterable[int]) -> Rows:
        return (
            select(model.id, title.label("title"), Project.key.label("project_key"), model.number)
            .join(Project, Project.id == model.project_id)
            .where(model.id.in_(list(ids)), is_visible_to(actor))
        )

    return titles
