"""Fields that several kinds of records of governance have: number, owner, day, and when they were opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.projects.queries import people_of_project


def people_here(scope: Scope) -> Rows:
    """Everybody with a role in the project, to choose from."""
    return people_of_project(project_id=scope.project_id or 0)


def number_field(model: Any) -> Field:
    """The number by which people name the record."""
    return Field(
        "number", Kind.WHOLE, say("Number"), model.number, editable=False, sortable=True, nullable=False, width="narrow"
    )


def owner_field(model: Any, *, label: Phrase | None = None, hint: Phrase | None = None) -> Field:
    """Who sees to it."""
    owner = aliased(User, name=f"{model.__tablename__}_owner")
    return Field(
        "owner_id", Kind.REFERENCE, label or say("Owner"), model.owner_id, options=people_here, shown=owner.name,
        join=lambda found: found.outerjoin(owner, owner.id == model.owner_id), filterable=True, sortable=True,
        sort_column=owner.name_key, groupable=True, bulk=True, is_person=True, hint=hint,
    )  # fmt: skip


def due_field(model: Any, label: Phrase) -> Field:
    """The day until which it is needed."""
    return Field("due_on", Kind.DATE, label, model.due_on, filterable=True, sortable=True, bulk=True)


def opened_field(model: Any) -> Field:
    """When it was written down."""
    return Field(
        "opened_at", Kind.MOMENT, say("Opened"), model.opened_at, editable=False, filterable=True, sortable=True,
        nullable=False,
    )  # fmt: skip


def ended_field(name: str, label: Phrase, column: Any, group: Phrase) -> Field:
    """When it came to its end; none while it is open."""
    return Field(name, Kind.MOMENT, label, column, editable=False, filterable=True, sortable=True, group=group)
