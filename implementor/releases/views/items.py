"""Settings that stories carry: their list, the page of one, writing them with a preview, and their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation import live
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.words import say
from implementor.history.timeline import timeline_of
from implementor.lists.page import list_page
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.releases import item_services as services
from implementor.releases.coming import coming_in
from implementor.releases.item_models import ConfigItem
from implementor.releases.item_queries import item_in_scope
from implementor.releases.kinds.known import KINDS
from implementor.releases.permissions import EDIT_ITEMS, VIEW_ITEMS
from implementor.releases.setting_kinds import setting_kind
from implementor.releases.views.item_drawing import (
    asked_for,
    asked_of,
    draw_form,
    draw_preview,
    form_of,
    preview_here,
    story_by_id,
    story_of,
    wish_of,
)
from implementor.web.guard import actor, allow, reads_first
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("items", __name__, url_prefix="/projects/<project_key>")
View = Callable[..., ResponseReturnValue]


def with_fields_to_come(view: View) -> View:
    """For a view of the editor: the fields that other settings of the project are to bring can be named in it."""

    @wraps(view)
    def drawn(**values: Any) -> ResponseReturnValue:
        but = values.get("item_id")
        with live.living(coming_in(session(), project_id=g.project.id, but=but)):
            return view(**values)

    return drawn


@blueprint.get("/crm-settings")
@allow(VIEW_ITEMS)
def index(project_key: str) -> Response:
    """All settings that stories of the project carry."""
    asked = request.args.to_dict(flat=False)
    page = list_page(session(), sheet_of("config_item"), present_scope(), asked)
    return draw("releases/items/index.html", page=page, state=asked.get("state", [""])[0])


@blueprint.get("/crm-settings/<int:item_id>")
@allow(VIEW_ITEMS)
@with_fields_to_come
def show(project_key: str, item_id: int) -> Response:
    """One setting: what changes from what to what, what it meets in the data, and the form that results."""
    item, scope = item_or_404(item_id), present_scope()
    kind, operation = setting_kind(item.kind), item.operation
    page = record_page(session(), sheet_of("config_item"), scope, item.id)
    timeline = timeline_of(session(), "config_item", item.id, scope, at=now(), after=request.args.get("after"))
    return draw(
        "releases/items/show.html",
        item=item,
        page=page,
        story=story_by_id(item.story_id),
        kind=kind,
        compared=kind.compared(operation) if kind is not None else (),
        findings=kind.findings(session(), operation) if kind is not None and not item.is_live else (),
        preview=preview_here(kind, operation) if kind is not None else None,
        timeline=timeline,
        timeline_next_url=timeline.next and url_for("items.show", item_id=item.id, after=timeline.next),
    )


@blueprint.get("/stories/<int:number>/crm-settings/new")
@allow(EDIT_ITEMS)
@with_fields_to_come
def new(project_key: str, number: int) -> Response:
    """Choose a kind of setting, then what it is about, then what it shall be."""
    story = story_of(number, to_change=True)
    if "setting" not in request.args:
        return draw("releases/items/choose.html", story=story, kinds=KINDS)
    asked = asked_for(request.args)
    if asked.needs_target or asked.needs_place:
        targets = asked.kind.targets(session()) if asked.needs_target else asked.kind.places()
        return draw("releases/items/target.html", story=story, asked=asked, targets=targets)
    return draw_form(story, None, asked, form_of(asked, None))


@blueprint.post("/stories/<int:number>/crm-settings")
@allow(EDIT_ITEMS)
@with_fields_to_come
def create(project_key: str, number: int) -> ResponseReturnValue:
    """Let the story carry it."""
    story, asked = story_of(number, to_change=True), asked_for(request.form)
    if asked.needs_target or asked.needs_place:
        abort(404)
    form = form_of(asked, None)
    if not form.validate():
        return draw_form(story, None, asked, form, 422)
    try:
        item = services.add_item(session(), story, wish_of(asked, form), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return draw_form(story, None, asked, form, 422)
    tell_done(say("%(setting)s is among the settings of %(story)s.", setting=item.label, story=story.title))
    return redirect(url_for("stories.show", number=number, _anchor="settings_of_story"), 303)


@blueprint.post("/stories/<int:number>/crm-settings/preview")
@allow(EDIT_ITEMS)
@reads_first
@with_fields_to_come
def preview(project_key: str, number: int) -> Response:
    """The form that would result; nothing is written."""
    story, asked = story_of(number), asked_for(request.form)
    if asked.needs_target or asked.needs_place:
        abort(404)
    return draw_preview(story, None, asked, form_of(asked, None))


@blueprint.get("/crm-settings/<int:item_id>/edit")
@allow(EDIT_ITEMS)
@with_fields_to_come
def edit(project_key: str, item_id: int) -> Response:
    """What the setting shall be, to change it."""
    item = item_or_404(item_id)
    services.refuse_live(item)
    asked = asked_of(item)
    return draw_form(story_by_id(item.story_id), item, asked, form_of(asked, item))


@blueprint.post("/crm-settings/<int:item_id>/edit")
@allow(EDIT_ITEMS)
@with_fields_to_come
def update(project_key: str, item_id: int) -> ResponseReturnValue:
    """Save it."""
    item = item_or_404(item_id)
    asked = asked_of(item)
    form, story = form_of(asked, item), story_by_id(item.story_id)
    if not form.validate():
        return draw_form(story, item, asked, form, 422)
    try:
        services.refuse_stale(item, str(form.version.data))
        services.change_item(session(), item, wish_of(asked, form), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        form.version.data = str(item.version)
        return draw_form(story, item, asked, form, 422)
    tell_done(say("%(setting)s is saved.", setting=item.label))
    return redirect(url_for("items.show", item_id=item.id), 303)


@blueprint.post("/crm-settings/<int:item_id>/preview")
@allow(EDIT_ITEMS)
@reads_first
@with_fields_to_come
def preview_changed(project_key: str, item_id: int) -> Response:
    """The form that would result from the item as it is typed; nothing is written."""
    item = item_or_404(item_id)
    asked = asked_of(item)
    return draw_preview(story_by_id(item.story_id), item, asked, form_of(asked, item))


@blueprint.post("/crm-settings/<int:item_id>/move")
@allow(EDIT_ITEMS)
def move(project_key: str, item_id: int) -> ResponseReturnValue:
    """Move it one place up or down on its story."""
    item = item_or_404(item_id)
    services.move_item(session(), item, step=request.form.get("step", ""), by=actor(), at=now())
    number = story_by_id(item.story_id).number
    return redirect(url_for("stories.show", number=number, _anchor="settings_of_story"), 303)


def item_or_404(item_id: int) -> ConfigItem:
    """The setting of that id in this project."""
    found: ConfigItem | None = session().scalars(item_in_scope(present_scope(), item_id)).one_or_none()
    if found is None:
        raise NotFound("config_item")
    return found
