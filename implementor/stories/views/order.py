"""The place of a story in the hand-made order: by a form, by a menu, and by dragging a row."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.stories import permissions, queries, services
from implementor.stories.forms import PlaceForm
from implementor.stories.links import number_named, story_name
from implementor.stories.models import Story
from implementor.stories.views.routing import blueprint, story_or_404, story_to_change
from implementor.web.guard import actor, allow
from implementor.web.messages import done_quietly, tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/stories/<int:number>/place")
@allow(permissions.EDIT)
def place(project_key: str, number: int) -> ResponseReturnValue:
    """Ask for another place."""
    story = story_to_change(number)
    return draw("stories/place.html", story=story, name=story_name(number), form=PlaceForm())


@blueprint.post("/stories/<int:number>/place")
@allow(permissions.EDIT)
def move_to_place(project_key: str, number: int) -> ResponseReturnValue:
    """Put the story where the form says."""
    story, form = story_to_change(number), PlaceForm()
    try:
        after, before = _named_place(form)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw("stories/place.html", 422, story=story, name=story_name(number), form=form)
    return _put(story, after, before)


@blueprint.post("/backlog/order")
@allow(permissions.EDIT)
def order(project_key: str) -> ResponseReturnValue:
    """Put the story `card` (a number) behind `after` or before `before`, as a dragged row says, or to an end."""
    number = whole_number(request.form.get("card"))
    if number is None:
        raise NotFound("story")
    story = story_to_change(number)
    after, before = (whole_number(request.form.get(name)) for name in ("after", "before"))
    match request.form.get("place"):
        case "first":
            return _put(story, None, None)
        case "last":
            return _put(story, _last(), None)
    behind = story_or_404(after) if after is not None else None
    return _put(story, behind, story_or_404(before) if before is not None and behind is None else None)


def _named_place(form: PlaceForm) -> tuple[Story | None, Story | None]:
    chosen = form.place.data
    if chosen == "first":
        return None, None
    if chosen == "last":
        return _last(), None
    number = number_named(form.other.data or "")
    found = session().scalars(queries.story_by_number(project_id=g.project.id, number=number or 0)).one_or_none()
    if found is None:
        raise InvalidInput({"other": say("Name the other story by its number, such as %(key)s-12.", key=g.project.key)})
    return (found, None) if chosen == "after" else (None, found)


def _last() -> Story | None:
    return session().scalars(queries.last_story(project_id=g.project.id)).first()


def _put(story: Story, after: Story | None, before: Story | None) -> ResponseReturnValue:
    services.rank_story(session(), story, after=after, before=before, by=actor(), at=now())
    sentence = say("%(title)s has another place in the backlog.", title=story.title)
    if "json" in request.headers.get("Accept", ""):
        return done_quietly(sentence)
    tell_done(sentence)
    return redirect(url_for("stories.index"), 303)
