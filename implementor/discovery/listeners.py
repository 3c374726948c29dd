"""What direction does when something happens to stories: what was split off serves the same objectives."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.discovery.models import StoryObjective
from implementor.foundation.events import listens_to
from implementor.stories.events import StorySplit


@listens_to(StorySplit)
def keep_objectives(session: Session, event: StorySplit) -> None:
    """The rest serves the objectives of the story, in the same order."""
    found = select(StoryObjective).where(StoryObjective.story_id == event.story.id).order_by(StoryObjective.id)
    for link in session.scalars(found).all():
        session.add(
            StoryObjective(project_id=link.project_id, story_id=event.rest.id, objective_id=link.objective_id)
        )  # fmt: skip
        session.flush()
