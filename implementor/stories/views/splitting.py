"""The page on which a story is divided: what stays, what goes along, and where the rest is planned."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import whole_number
from implementor.foundation.values import checked
from implementor.foundation.words import say
from implementor.lists.record_page import present_scope
from implementor.stories import permissions
from implementor.stories.catalogue import STORY
from implementor.stories.forms import SplitForm
from implementor.stories.links import story_name
from implementor.stories.models import Story
from implementor.stories.part_catalogue import PARTS
from implementor.stories.splitting import Division, movable_parts, split_story
from implementor.stories.views.routing import blueprint, story_to_change
from implementor.web.forms import shown_value
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/stories/<int:number>/split")
@allow(permissions.EDIT)
def split_page(project_key: str, number: int) -> ResponseReturnValue:
    """How to divide a story."""
    story = story_to_change(number)
    shown = {f"{name}_left": shown_value(STORY.fields[name], getattr(story, name)) for name in ("points", "value")}
    return _draw(story, _form(story, SplitForm(data={**shown, "place": "wave"})))


@blueprint.post("/stories/<int:number>/split")
@allow(permissions.EDIT)
def split(project_key: str, number: int) -> ResponseReturnValue:
    """Divide it."""
    story = story_to_change(number)
    form = _form(story, SplitForm())
    if not form.validate():
        return _draw(story, form, 422)
    try:
        rest = split_story(session(), present_scope(), story, _division(form), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(story, form, 422)
    tell_done(say("%(rest)s is split off %(story)s.", rest=story_name(rest.number), story=story_name(number)))
    return redirect(url_for("stories.show", number=rest.number), 303)


def _division(form: SplitForm) -> Division:
    """What was typed, read as the catalogue reads it; raises InvalidInput by the name of the input."""
    moving: dict[str, list[int]] = defaultdict(list)
    for name in form.parts.data or ():
        kind, _, part_id = str(name).partition("-")
        moving[kind].append(whole_number(part_id) or 0)
    numbers = {name: _number(form, name) for name in ("points_left", "points_rest", "value_left", "value_rest")}
    return Division(
        title=form.title.data or "", moving=moving, stays_together=form.place.data == "wave", **numbers
    )  # fmt: skip


def _number(form: SplitForm, name: str) -> Any:
    field = name.partition("_")[0]
    try:
        return checked(STORY, {field: form[name].data or None})[field]
    except InvalidInput as refusal:
        raise InvalidInput({name: refusal.errors[field]}) from refusal


def _form(story: Story, form: SplitForm) -> SplitForm:
    parts = movable_parts(session(), story)
    form.parts.choices = [(f"{kind}-{part.id}", _words(kind, part)) for kind, found in parts.items() for part in found]
    return form


def _words(kind: str, part: Any) -> str:
    entity = PARTS[kind]
    named = getattr(part, entity.fields[entity.title_field].attribute)
    return f"{entity.label}: {named or getattr(part, 'then', '') or ''}"


def _draw(story: Story, form: SplitForm, status: int = 200) -> ResponseReturnValue:
    return draw("stories/split.html", status, story=story, name=story_name(story.number), form=form)
