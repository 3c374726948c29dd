"""Linking stories: what waits for what, and what an obstacle holds up."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import say
from implementor.stories import part_services as services
from implementor.stories import permissions
from implementor.stories.links import number_named
from implementor.stories.models import StoryDependency
from implementor.stories.views.routing import blueprint, story_or_404, story_to_change
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.unit_of_work import now, session

KINDS = ("waits", "blocks", "relates")


@blueprint.post("/stories/<int:number>/links")
@allow(permissions.EDIT)
def link(project_key: str, number: int) -> ResponseReturnValue:
    """Link the story with another of the project, named by its number."""
    story = story_to_change(number)
    named = number_named(request.form.get("other", ""))
    kind = request.form.get("kind", "")
    if named is None or kind not in KINDS:
        raise Refusal(say("Name the other story by its number, such as %(key)s-12.", key=g.project.key))
    other = story_or_404(named)
    services.add_dependency(session(), story, other, kind=kind, by=actor(), at=now())
    tell_done(say("%(one)s and %(other)s are linked.", one=story.title, other=other.title))
    return redirect(url_for("stories.show", number=number, _anchor="links"), 303)


@blueprint.post("/stories/<int:number>/links/<int:link_id>/removal")
@allow(permissions.EDIT)
def unlink(project_key: str, number: int, link_id: int) -> ResponseReturnValue:
    """Take a link away."""
    story = story_to_change(number)
    found = (
        session()
        .scalars(
            select(StoryDependency).where(
                StoryDependency.id == link_id,
                StoryDependency.project_id == g.project.id,
                (StoryDependency.blocker_id == story.id) | (StoryDependency.blocked_id == story.id),
            )
        )
        .one_or_none()
    )
    if found is None:
        raise NotFound("link")
    services.remove_dependency(session(), found, by=actor(), at=now())
    tell_done(say("The link is removed."))
    return redirect(url_for("stories.show", number=number, _anchor="links"), 303)
