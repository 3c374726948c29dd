"""What projects hear from below: a dependency between two of them came back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.lists.events import BroughtBack
from implementor.projects.dependencies import refuse_what_loops
from implementor.projects.dependency_queries import dependency_of_id
from implementor.projects.models import ProjectDependency


@listens_to(BroughtBack)
def keep_out_of_loops(session: Session, event: BroughtBack) -> None:
    """It stays away where others wait the other way round by now."""
    if event.record.kind == ProjectDependency.__record_kind__:
        for dependency in session.scalars(dependency_of_id(event.record.id)):
            refuse_what_loops(session, dependency)
