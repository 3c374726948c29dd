"""Taking back what happened to stories, by the same rules that held when it was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor
from implementor.history.restoring import Restorer, undoable
from implementor.stories.models import (
    AreaReview,
    Criterion,
    Milestone,
    OpenMatter,
    ReferenceStory,
    Story,
    StoryDependency,
    StoryEffort,
    StoryMilestone,
    StoryObstacle,
    StoryRules,
    Task,
    UserTest,
)
from implementor.stories.services import refuse_loop_of_parents

PLAIN = (
    AreaReview,
    Criterion,
    Milestone,
    OpenMatter,
    ReferenceStory,
    StoryDependency,
    StoryEffort,
    StoryMilestone,
    StoryObstacle,
    StoryRules,
    Task,
    UserTest,
)


def make_undoable() -> None:
    """Let stories and everything on their pages be taken back."""
    undoable["story"] = Restorer(Story, restore_story)
    for model in PLAIN:
        undoable[model.__record_kind__] = Restorer(model)


def restore_story(session: Session, story: Any, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a story earlier values; a parent that has become a part of it meanwhile is refused."""
    for name, value in values.items():
        setattr(story, name, value)
    if "parent_id" in values:
        refuse_loop_of_parents(session, story)
