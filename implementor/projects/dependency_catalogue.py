"""What the fields of a dependency between projects are."""

from __future__ import annotations

from sqlalchemy import select

from implementor.foundation.fields import Entity, Field, Kind, Scope, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.projects.models import Project, ProjectDependency
from implementor.projects.queries import is_visible_to

columns = ProjectDependency.__table__.c


def _projects(scope: Scope) -> Rows:
    named = (Project.key + " · " + Project.name).label("name")
    return (
        select(Project.id, named).where(is_visible_to(scope.actor), Project.archived_at.is_(None)).order_by(Project.key)
    )


PROJECT_DEPENDENCY = entity(
    Entity(
        kind="project_dependency",
        label=say("Dependency between projects"),
        label_plural=say("Dependencies between projects"),
        model=ProjectDependency,
        default_columns=("what", "supplier_id", "receiver_id", "needed_on", "promised_on"),
        default_sort="needed_on",
        title_field="what",
        unique_order=columns.id,
    )
)
PROJECT_DEPENDENCY.declare(
    (
        Field("what", Kind.LINE, say("What is delivered"), columns.what, required=True, longest=160, nullable=False),
        Field("supplier_id", Kind.REFERENCE, say("Delivered by"), columns.supplier_id, required=True,
              options=_projects, nullable=False),
        Field("receiver_id", Kind.REFERENCE, say("Waited for by"), columns.receiver_id, required=True,
              options=_projects, nullable=False, hint=say("A project of the same programme.")),
        Field("needed_on", Kind.DATE, say("Needed on"), columns.needed_on, required=True, sortable=True,
              nullable=False),
        Field("promised_on", Kind.DATE, say("Promised for"), columns.promised_on),
        Field("delivered_on", Kind.DATE, say("Delivered"), columns.delivered_on, editable=False),
    )
)  # fmt: skip
