"""What stages do when packages below tell something."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.projects.events import ProjectCreated
from implementor.stages.services import lay_out_stages


@listens_to(ProjectCreated)
def give_the_stages_of_its_method(session: Session, event: ProjectCreated) -> None:
    """Every project has the stages of its method from the first moment."""
    lay_out_stages(session, project_id=event.project_id, method_key=event.method_key, by=event.by, at=event.at)
