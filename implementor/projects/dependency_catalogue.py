"""What the fields of a dependency between projects are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.projects.models import Project, ProjectDependency
from implementor.projects.queries import is_visible_to

columns = ProjectDependency.__table__.c
Supplier, Receiver = aliased(Project, name="dependency_supplier"), aliased(Project, name="dependency_receiver")


def _named(project: Any) -> Any:
    return project.key + " · " + project.name


def _projects(scope: Scope) -> Rows:
    named = _named(Project).label("name")
    return (
        select(Project.id, named).where(is_visible_to(scope.actor), Project.archived_at.is_(None)).order_by(Project.key)
    )


def _project(name: str, label: Any, column: Any, other: Any, **more: Any) -> Field:
    """One of the two projects, by key and name."""
    return Field(
        name, Kind.REFERENCE, label, column, required=True, options=_projects, nullable=False, shown=_named(other),
        join=lambda found: found.join(other, other.id == column), filterable=True, sortable=True,
        sort_column=other.key, groupable=True, **more,
    )  # fmt: skip


PROJECT_DEPENDENCY = entity(
    Entity(
        kind="project_dependency",
        label=say("Dependency between projects"),
        label_plural=say("Dependencies between projects"),
        model=ProjectDependency,
        default_columns=("what", "supplier_id", "receiver_id", "needed_on", "promised_on", "state"),
        default_sort="needed_on",
        title_field="what",
        unique_order=columns.id,
        search=lambda words: columns.what.icontains(words, autoescape=True),
    )
)
PROJECT_DEPENDENCY.declare(
    (
        Field("what", Kind.LINE, say("What is delivered"), columns.what, required=True, longest=160, nullable=False),
        _project("supplier_id", say("Delivered by"), columns.supplier_id, Supplier),
        _project("receiver_id", say("Waited for by"), columns.receiver_id, Receiver,
                 hint=say("A project of the same programme.")),
        Field("needed_on", Kind.DATE, say("Needed on"), columns.needed_on, required=True, filterable=True,
              sortable=True, nullable=False),
        Field("promised_on", Kind.DATE, say("Promised for"), columns.promised_on, filterable=True),
        Field("delivered_on", Kind.DATE, say("Delivered"), columns.delivered_on, editable=False, filterable=True),
    )
)  # fmt: skip
