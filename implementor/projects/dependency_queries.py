"""How dependencies between projects are found; only the PMO asks."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, false, literal, select, true
from sqlalchemy.orm import joinedload

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Programme, Project, ProjectDependency
from implementor.projects.permissions import LINK

MOST = 500


def waiting_in_use() -> Select[ProjectDependency]:
    """What projects in use wait for from each other, in no order."""
    in_use = select(Project.id).where(Project.archived_at.is_(None))
    return select(ProjectDependency).where(
        ProjectDependency.archived_at.is_(None), ProjectDependency.supplier_id.in_(in_use),
        ProjectDependency.receiver_id.in_(in_use),
    )  # fmt: skip


def dependencies_in_use() -> Select[ProjectDependency]:
    """The same with both projects, by the day on which it is needed."""
    return (
        waiting_in_use()
        .options(joinedload(ProjectDependency.supplier), joinedload(ProjectDependency.receiver))
        .order_by(ProjectDependency.needed_on, ProjectDependency.id)
        .limit(MOST)
    )


def dependency_of_id(dependency_id: int) -> Select[ProjectDependency]:
    """One of them, archived or not."""
    return select(ProjectDependency).where(ProjectDependency.id == dependency_id)


def projects_of_dependency(dependency_id: int) -> Select[ProjectDependency]:
    """One of them with both projects, archived or not."""
    both = joinedload(ProjectDependency.supplier), joinedload(ProjectDependency.receiver)
    return dependency_of_id(dependency_id).options(*both)


def titles_of_dependencies(actor: Actor, ids: Iterable[int]) -> Rows:
    """Those of these ids as rows (id, title, project_key, number), for those who may see what projects wait for."""
    return select(
        ProjectDependency.id, ProjectDependency.what.label("title"), literal(None).label("project_key"),
        literal(None).label("number"),
    ).where(ProjectDependency.id.in_(list(ids)), true() if actor.may(LINK) else false())  # fmt: skip


def edges_of_programme(*, programme_id: int, but: int | None) -> Rows:
    """Rows (supplier_id, receiver_id) of a programme, that of `but` left out."""
    return select(ProjectDependency.supplier_id, ProjectDependency.receiver_id).where(
        ProjectDependency.programme_id == programme_id,
        ProjectDependency.archived_at.is_(None),
        ProjectDependency.id.is_distinct_from(but),
    )


def programme_to_wait(programme_id: int) -> Select[int]:
    """A programme, locked: who adds a dependency waits for whoever does, since two together may close a loop."""
    return select(Programme.id).where(Programme.id == programme_id).with_for_update()


def projects_of_ids(ids: list[int]) -> Select[Project]:
    """Projects in use of these ids."""
    return select(Project).where(Project.id.in_(ids), Project.archived_at.is_(None))
