"""How the form and page of a kind are laid out, and how its list begins for everybody."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration.first_use import speeches
from implementor.configuration.kind_forms import HEADINGS, ColumnsForm, LayoutForm, columns_form, layout_form
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import kinds
from implementor.configuration.views.blueprint import blueprint
from implementor.foundation import live
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Entity, Field
from implementor.foundation.needs import always_needed
from implementor.foundation.shapes import Section
from implementor.foundation.words import Phrase, say, speaking
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

GAP = 10
"""Between the places of two fields, so that one can be put between them."""


@blueprint.get("/settings/kinds/<record_kind>/layout")
@allow(CONFIGURE)
def show_layout(record_kind: str) -> Response:
    """The headings with their fields, as they stand now."""
    entity = kinds.shapeable(record_kind)
    fields = kinds.laid_out(entity)
    form = layout_form(fields, _optional(entity))(formdata=None, data=_shown(entity, fields))
    return _layout_page(entity, form)


@blueprint.post("/settings/kinds/<record_kind>/layout")
@allow(CONFIGURE)
def change_layout(record_kind: str) -> ResponseReturnValue:
    """Save the headings."""
    entity = kinds.shapeable(record_kind)
    fields = kinds.laid_out(entity)
    form = layout_form(fields, _optional(entity))()
    try:
        kinds.set_layout(
            session(), record_kind, form.sections(fields), form.left_out(fields), by=actor(), at=now()
        )  # fmt: skip
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _layout_page(entity, form, 422)
    return _told(record_kind, say("The form of %(what)s is changed.", what=entity.label_plural))


@blueprint.post("/settings/kinds/<record_kind>/layout/shipped")
@allow(CONFIGURE)
def forget_layout(record_kind: str) -> ResponseReturnValue:
    """Lay the form and page out as the program ships them."""
    entity = kinds.shapeable(record_kind)
    kinds.set_layout(session(), record_kind, (), (), by=actor(), at=now())
    return _told(record_kind, say("The form of %(what)s is as the program ships it.", what=entity.label_plural))


@blueprint.get("/settings/kinds/<record_kind>/columns")
@allow(CONFIGURE)
def show_columns(record_kind: str) -> Response:
    """How the list of a kind begins now."""
    entity = kinds.shapeable(record_kind)
    places = {f"column-{name}": str(GAP * at) for at, name in enumerate(entity.first_columns, start=1)}
    order = {"sort": entity.first_sort.lstrip("-"), "is_turned": entity.first_sort.startswith("-")}
    return _columns_page(entity, _columns_form(entity)(formdata=None, data={**places, **order}))


@blueprint.post("/settings/kinds/<record_kind>/columns")
@allow(CONFIGURE)
def change_columns(record_kind: str) -> ResponseReturnValue:
    """Save how the list begins."""
    entity = kinds.shapeable(record_kind)
    form = _columns_form(entity)()
    columns = form.columns(kinds.columns_on_offer(entity))
    try:
        kinds.set_columns(session(), record_kind, columns, form.order(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _columns_page(entity, form, 422)
    return _told(record_kind, say("The list of %(what)s begins so for everybody now.", what=entity.label_plural))


@blueprint.post("/settings/kinds/<record_kind>/columns/shipped")
@allow(CONFIGURE)
def forget_columns(record_kind: str) -> ResponseReturnValue:
    """Let the list begin as the program ships it."""
    entity = kinds.shapeable(record_kind)
    kinds.set_columns(session(), record_kind, (), "", by=actor(), at=now())
    return _told(record_kind, say("The list of %(what)s begins as the program ships it.", what=entity.label_plural))


def _optional(entity: Entity) -> list[str]:
    """The fields that the form of a new record may do without."""
    needed = always_needed(entity, is_new=True)
    return [
        name for name, one in kinds.laid_out(entity).items() if one.editable and not one.required and name not in needed
    ]


def _shown(entity: Entity, fields: dict[str, Field]) -> dict[str, Any]:
    """The form as it stands: the headings that somebody made, else those of the program."""
    shape = live.present().shape(entity.kind)
    data: dict[str, Any] = {f"new-{name}": name not in shape.left_out for name in fields}
    for number, section in zip(HEADINGS, shape.sections or _shipped(fields), strict=False):
        for speech in speeches():
            with speaking(speech):
                data[f"label-{number}-{speech.language}"] = str(section.label)
        for at, name in enumerate(section.fields, start=1):
            data |= {f"heading-{name}": str(number), f"place-{name}": str(GAP * at)}
    return data


def _shipped(fields: dict[str, Field]) -> list[Section]:
    groups: dict[str, tuple[Phrase, list[str]]] = {}
    for name, one in fields.items():
        if one.group is not None:
            groups.setdefault(one.group.message, (one.group, []))[1].append(name)
    return [Section(label, tuple(names)) for label, names in groups.values()]


def _columns_form(entity: Entity) -> type[ColumnsForm]:
    sortable = {one.name: one for one in entity.fields.values() if one.sortable}
    return columns_form(kinds.columns_on_offer(entity), sortable)


def _told(kind: str, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return redirect(url_for("configuration.show_kind", record_kind=kind), 303)


def _layout_page(entity: Entity, form: LayoutForm, status: int = 200) -> Response:
    return draw(
        "configuration/kinds/layout.html", status, entity=entity, form=form, fields=kinds.laid_out(entity),
        headings=HEADINGS, is_own=bool(live.present().shape(entity.kind).sections),
    )  # fmt: skip


def _columns_page(entity: Entity, form: ColumnsForm, status: int = 200) -> Response:
    shape = live.present().shape(entity.kind)
    return draw(
        "configuration/kinds/columns.html", status, entity=entity, form=form, fields=kinds.columns_on_offer(entity),
        is_own=bool(shape.columns or shape.sort),
    )  # fmt: skip
