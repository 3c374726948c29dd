"""Projects as rows of a list, with the columns that packages above have added to them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import null, select

from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.catalogue import PROJECT
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to


def rows_of_projects(actor: Actor, *, archived: bool = False) -> Rows:
    """Visible projects as rows (id, key, name, status, starts_on, ends_on, stage), in no order.

    `stage` is the key of the furthest stage in which the project stands, None where nobody contributes stages.
    """
    stage: Any = PROJECT.fields["stage"].column if "stage" in PROJECT.fields else null()
    columns = (Project.id, Project.key, Project.name, Project.status, Project.starts_on, Project.ends_on)
    put_away = Project.archived_at.is_not(None) if archived else Project.archived_at.is_(None)
    return select(*columns, stage.label("stage")).where(is_visible_to(actor), put_away)


def label_of(field: str, key: str | None) -> Any:
    """The choice of a project's field with that key; None without one."""
    return PROJECT.fields[field].choice(key) if field in PROJECT.fields else None
