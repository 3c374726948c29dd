"""Editing the draft of a method: its limits, its stages, their lines."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.permissions import ROLE_LABELS
from implementor.foundation.words import say
from implementor.stages import method_services as services
from implementor.stages.checks import checks
from implementor.stages.forms import LimitsForm, LineForm, StageForm, line_form, number_in, stage_form
from implementor.stages.gate_queries import draft_of
from implementor.stages.method_store import method_of_version
from implementor.stages.methods import Item, StageOfMethod
from implementor.stages.models import MethodVersion
from implementor.stages.permissions import EDIT_METHODS
from implementor.stages.views.routing import blueprint
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import session

ROOT = "/settings/methods/<method_key>/draft"
NEW = "new"
LIMITS = ("red_below", "green_from", "longest_waiver")


@blueprint.get(ROOT)
@allow(EDIT_METHODS)
def show_draft(method_key: str) -> ResponseReturnValue:
    """The draft with a way to change each part of it."""
    draft = _draft(method_key)
    method = method_of_version(draft)
    return _draw_draft(draft, LimitsForm(data={name: getattr(method, name) for name in LIMITS}))


@blueprint.post(f"{ROOT}/limits")
@allow(EDIT_METHODS)
def change_limits(method_key: str) -> ResponseReturnValue:
    """Where red ends and green begins, and how long a waiver may last."""
    draft, form = _draft(method_key), LimitsForm()
    limits = {name: number_in(form[name].data) for name in LIMITS}
    try:
        services.change_limits(session(), draft, **limits, by=actor())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_draft(draft, form, 422)
    tell_done(say("The limits are changed."))
    return _to_draft(method_key)


@blueprint.get(f"{ROOT}/stages/<stage_key>")
@allow(EDIT_METHODS)
def edit_stage(method_key: str, stage_key: str) -> ResponseReturnValue:
    """The texts of a stage and who signs its gate."""
    draft = _draft(method_key)
    _, stage = services.stage_of_draft(draft, stage_key)
    return _draw_stage(draft, stage, stage_form(stage))


@blueprint.post(f"{ROOT}/stages/<stage_key>")
@allow(EDIT_METHODS)
def change_stage(method_key: str, stage_key: str) -> ResponseReturnValue:
    """Keep them."""
    draft = _draft(method_key)
    _, stage = services.stage_of_draft(draft, stage_key)
    form = stage_form(stage)
    try:
        services.change_stage(session(), draft, stage_key, form.values(), by=actor())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_stage(draft, stage, form, 422)
    tell_done(say("The stage is changed."))
    return _to_draft(method_key)


@blueprint.get(f"{ROOT}/stages/<stage_key>/lines/<line_key>")
@allow(EDIT_METHODS)
def edit_line(method_key: str, stage_key: str, line_key: str) -> ResponseReturnValue:
    """A line of a gate; `new` for one that is not there yet."""
    draft = _draft(method_key)
    _, stage = services.stage_of_draft(draft, stage_key)
    item = _item(stage, line_key)
    return _draw_line(draft, stage, item, line_form(stage, item))


@blueprint.post(f"{ROOT}/stages/<stage_key>/lines/<line_key>")
@allow(EDIT_METHODS)
def change_line(method_key: str, stage_key: str, line_key: str) -> ResponseReturnValue:
    """Keep it."""
    draft = _draft(method_key)
    _, stage = services.stage_of_draft(draft, stage_key)
    known = _item(stage, line_key)
    form = line_form(stage, known)
    try:
        services.put_item(session(), draft, stage_key, _item_of(form, stage, known), by=actor())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw_line(draft, stage, known, form, 422)
    tell_done(say("The line is kept."))
    return _to_draft(method_key)


@blueprint.post(f"{ROOT}/stages/<stage_key>/lines/<line_key>/remove")
@allow(EDIT_METHODS)
def remove_line(method_key: str, stage_key: str, line_key: str) -> ResponseReturnValue:
    """Take it out."""
    services.remove_item(session(), _draft(method_key), stage_key, line_key, by=actor())
    tell_done(say("The line is taken out."))
    return _to_draft(method_key)


def _item_of(form: LineForm, stage: StageOfMethod, known: Item | None) -> Item:
    names = {"en": form.name_en.data or "", "es": form.name_es.data or ""}
    check = form.check.data or ""
    parameters = known.parameters if known is not None and known.check == check else {}
    return Item(
        known.key if known is not None else services.free_key(stage, names["en"]), names, form.role.data or "",
        check=check, parameters=parameters, minimum=number_in(form.minimum.data),
        weight=number_in(form.weight.data), no_go=bool(form.no_go.data), is_deliverable=bool(form.is_deliverable.data),
    )  # fmt: skip


def _item(stage: StageOfMethod, key: str) -> Item | None:
    found = next((one for one in stage.items if one.key == key), None)
    if found is None and key != NEW:
        raise NotFound("line")
    return found


def _draft(key: str) -> MethodVersion:
    found = session().scalars(draft_of(key=key)).one_or_none()
    if found is None:
        raise NotFound("draft")
    return found


def _draw_draft(draft: MethodVersion, form: LimitsForm, status: int = 200) -> ResponseReturnValue:
    method = method_of_version(draft)
    return draw(
        "stages/method.html", status, method=method, draft=draft, form=form, roles=ROLE_LABELS, checks=checks
    )  # fmt: skip


def _draw_stage(draft: MethodVersion, stage: StageOfMethod, form: StageForm, status: int = 200) -> ResponseReturnValue:
    return draw("stages/edit_stage.html", status, draft=draft, stage=stage, form=form)


def _draw_line(
    draft: MethodVersion, stage: StageOfMethod, item: Item | None, form: LineForm, status: int = 200
) -> ResponseReturnValue:
    return draw(
        "stages/edit_line.html", status, draft=draft, stage=stage, item=item, form=form, new=NEW
    )  # fmt: skip


def _to_draft(key: str) -> ResponseReturnValue:
    return redirect(url_for("stages.show_draft", method_key=key), 303)
