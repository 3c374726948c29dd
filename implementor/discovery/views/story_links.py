"""Which objectives a story serves, said on the story's page."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.discovery import services
from implementor.discovery.views.routing import blueprint, objective_or_404
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.stories.models import Story
from implementor.stories.permissions import EDIT as EDIT_STORY
from implementor.stories.queries import story_by_number
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session


@blueprint.post("/objectives-of-story/<int:story_number>")
@allow(EDIT_STORY)
def serve(project_key: str, story_number: int) -> ResponseReturnValue:
    """Let the story serve one more objective."""
    story = _story(story_number)
    chosen = whole_number(request.form.get("objective", ""))
    services.serve(session(), story, chosen or 0, by=actor(), at=now())
    tell_done(say("%(title)s serves the objective now.", title=story.title))
    return redirect(url_for("stories.show", number=story_number, _anchor="objectives_of_story"), 303)


@blueprint.post("/objectives-of-story/<int:story_number>/<int:objective_id>/removal")
@allow(EDIT_STORY)
def serve_no_longer(project_key: str, story_number: int, objective_id: int) -> ResponseReturnValue:
    """Let the story serve an objective no longer."""
    story, objective = _story(story_number), objective_or_404(objective_id)
    services.serve_no_longer(session(), story, objective.id, by=actor(), at=now())
    tell_done(say("%(title)s no longer serves the objective.", title=story.title))
    return redirect(url_for("stories.show", number=story_number, _anchor="objectives_of_story"), 303)


def _story(number: int) -> Story:
    found = session().scalars(story_by_number(project_id=g.project.id, number=number)).one_or_none()
    if found is None:
        raise NotFound("story")
    if found.is_archived:
        raise Refusal(say("%(title)s is archived. Restore it first.", title=found.title))
    return found
