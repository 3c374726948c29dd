"""The blueprint of stories and finding the story an address names."""

from __future__ import annotations

from flask import Blueprint, g

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import say
from implementor.stories.models import Story
from implementor.stories.queries import story_by_number
from implementor.web.unit_of_work import session

blueprint = Blueprint("stories", __name__, url_prefix="/projects/<project_key>")


def story_or_404(number: int) -> Story:
    """The story of that number in this project."""
    story = session().scalars(story_by_number(project_id=g.project.id, number=number)).one_or_none()
    if story is None:
        raise NotFound("story")
    return story


def story_to_change(number: int) -> Story:
    """The story of that number, unless it is put away and can only be read."""
    story = story_or_404(number)
    if story.is_archived:
        raise Refusal(say("%(title)s is archived. Restore it first.", title=story.title))
    return story
