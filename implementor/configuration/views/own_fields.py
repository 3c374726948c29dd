"""Fields of one's own of a kind of record: added, changed, put in order, withdrawn and restored."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.first_use import speeches
from implementor.configuration.models import CustomField
from implementor.configuration.own_field_forms import NewFieldForm, OwnFieldForm, shown_field
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import custom_fields as services
from implementor.configuration.services.field_wishes import BOUNDED, FIELD_KINDS
from implementor.configuration.services.kinds import shapeable
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import among, changes_of, plainly, step
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.extensible import configurable
from implementor.foundation.fields import Entity, Kind, entities
from implementor.foundation.lookup import lookups
from implementor.foundation.pages import bounded_count
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

HOME = "/settings/kinds/<record_kind>/own-fields"


@blueprint.get(HOME)
@allow(CONFIGURE)
def list_own_fields(record_kind: str) -> Response:
    """The fields that a kind got, those that were withdrawn, and what was changed."""
    entity, rows = _all(record_kind)
    return draw(
        "configuration/own_fields/index.html",
        entity=entity,
        fields=[one for one in rows if not one.is_archived],
        withdrawn=[one for one in rows if one.is_archived],
        kinds=FIELD_KINDS,
        timeline=changes_of(custom_field=[one.id for one in rows]),
    )


@blueprint.get(HOME + "/new")
@allow(CONFIGURE)
def new_own_field(record_kind: str) -> Response:
    """The form of a field."""
    entity, _rows = _all(record_kind)
    return _new_page(entity, NewFieldForm(formdata=None))


@blueprint.post(HOME)
@allow(CONFIGURE)
def add_own_field(record_kind: str) -> ResponseReturnValue:
    """Give the kind a field."""
    entity, _rows = _all(record_kind)
    form = NewFieldForm()
    try:
        row = services.add_field(
            session(), record_kind, form.wish(), speeches=speeches(), by=actor(), at=now()
        )  # fmt: skip
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _new_page(entity, form, 422)
    return _told(entity, say("The field %(field)s is there for everybody now.", field=row.label))


@blueprint.get(HOME + "/<int:field_id>")
@allow(CONFIGURE)
def edit_own_field(record_kind: str, field_id: int) -> Response:
    """One field, and how many records hold a value."""
    entity, row = _one(record_kind, field_id)
    return _page(entity, row, OwnFieldForm(formdata=None, data=shown_field(row)))


@blueprint.post(HOME + "/<int:field_id>")
@allow(CONFIGURE)
def change_own_field(record_kind: str, field_id: int) -> ResponseReturnValue:
    """Change the names, the help, the bounds of a field."""
    entity, row = _one(record_kind, field_id)
    form = OwnFieldForm()
    if form.is_newer(row):
        return _page(entity, row, form, 422)
    try:
        services.change_field(session(), row, form.change(), speeches=speeches(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, row, form, 422)
    return _told(entity, say("The field %(field)s is changed.", field=row.label))


@blueprint.post(HOME + "/<int:field_id>/move")
@allow(CONFIGURE)
def move_own_field(record_kind: str, field_id: int) -> ResponseReturnValue:
    """Move a field one place."""
    entity, row = _one(record_kind, field_id)
    services.move_field(session(), row, step=step(), by=actor(), at=now())
    return _back(entity)


@blueprint.post(HOME + "/<int:field_id>/withdraw")
@allow(CONFIGURE)
def withdraw_own_field(record_kind: str, field_id: int) -> ResponseReturnValue:
    """Let nobody meet a field; records keep what they hold."""
    entity, row = _one(record_kind, field_id)
    services.withdraw_field(session(), row, by=actor(), at=now())
    return _told(entity, say("The field %(field)s is withdrawn. Records keep what they hold of it.", field=row.label))


@blueprint.post(HOME + "/<int:field_id>/restore")
@allow(CONFIGURE)
def restore_own_field(record_kind: str, field_id: int) -> ResponseReturnValue:
    """Let a withdrawn field be met again."""
    entity, row = _one(record_kind, field_id)
    try:
        services.restore_field(session(), row, speeches=speeches(), by=actor(), at=now())
    except InvalidInput as invalid:
        raise plainly(invalid) from invalid
    return _told(entity, say("The field %(field)s is back, with what records hold of it.", field=row.label))


def _all(kind: str) -> tuple[Entity, list[CustomField]]:
    """A kind and its fields. Raises NotFound for kinds that get none."""
    entity = shapeable(kind)
    if kind not in configurable:
        raise NotFound(kind)
    return entity, list(session().scalars(queries.custom_fields(kind)))


def _one(kind: str, field_id: int) -> tuple[Entity, CustomField]:
    entity, rows = _all(kind)
    return entity, among(rows, field_id)


def _back(entity: Entity) -> ResponseReturnValue:
    return redirect(url_for("configuration.list_own_fields", record_kind=entity.kind), 303)


def _told(entity: Entity, sentence: Phrase) -> ResponseReturnValue:
    tell_done(sentence)
    return _back(entity)


def _new_page(entity: Entity, form: NewFieldForm, status: int = 200) -> Response:
    targets = [(kind, entities[kind].label) for kind in configurable if kind in lookups and kind in entities]
    form.offer(targets)
    return draw("configuration/own_fields/new.html", status, entity=entity, form=form)


def _page(entity: Entity, row: CustomField, form: OwnFieldForm, status: int = 200) -> Response:
    kind = Kind(row.field_kind)
    count, is_more = bounded_count(session(), queries.records_holding(configurable[row.kind], row.key, kind))
    return draw(
        "configuration/own_fields/edit.html", status, entity=entity, field=row, form=form, kind=FIELD_KINDS.get(kind),
        count=count, is_more=is_more, has_bounds=kind in BOUNDED, has_length=kind in (Kind.LINE, Kind.TEXT),
    )  # fmt: skip
