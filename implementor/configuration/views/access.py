"""Who reaches what: a matrix of kinds and roles, and the fields of one kind."""

from __future__ import annotations

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.forms import (
    AccessForm,
    chosen_fields,
    chosen_reaches,
    field_form,
    reach_form,
    shown_fields,
    shown_reaches,
)
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import access
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import changes_of
from implementor.foundation import live
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity, Field, entities
from implementor.foundation.permissions import ROLE_LABELS
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/settings/access")
@allow(CONFIGURE)
def show_access() -> Response:
    """The matrix: what each role sees and edits of each kind."""
    kinds, present = _kinds(), live.present()
    form = reach_form(kinds)(formdata=None, data=shown_reaches(present.access, dict(kinds)))
    form.number.data = str(present.number)
    return _matrix(form)


@blueprint.post("/settings/access")
@allow(CONFIGURE)
def change_access() -> ResponseReturnValue:
    """Save the matrix."""
    kinds = _kinds()
    form = reach_form(kinds)()
    if form.is_newer(_number()):
        return _matrix(form, 422)
    try:
        changed = access.set_reaches(session(), chosen_reaches(form, dict(kinds)), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _matrix(form, 422)
    tell_done(say("The access rules are changed.") if changed else say("Nothing was changed."))
    return redirect(url_for("configuration.show_access"), 303)


@blueprint.get("/settings/access/<record_kind>")
@allow(CONFIGURE)
def show_fields(record_kind: str) -> Response:
    """The fields of one kind: which role sees and edits each."""
    entity, present = _entity(record_kind), live.present()
    fields = _fields(entity)
    form = field_form(fields)(formdata=None, data=shown_fields(present.access, entity, fields))
    form.number.data = str(present.number)
    return _field_page(entity, form)


@blueprint.post("/settings/access/<record_kind>")
@allow(CONFIGURE)
def change_fields(record_kind: str) -> ResponseReturnValue:
    """Save the fields of one kind."""
    entity = _entity(record_kind)
    fields = _fields(entity)
    form = field_form(fields)()
    if form.is_newer(_number()):
        return _field_page(entity, form, 422)
    try:
        changed = access.set_fields(session(), entity.kind, chosen_fields(form, fields), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _field_page(entity, form, 422)
    tell_done(say("The access rules are changed.") if changed else say("Nothing was changed."))
    return redirect(url_for("configuration.show_fields", record_kind=entity.kind), 303)


def _number() -> int:
    """Which state the form is compared with; two people who save at once come one after the other."""
    return session().scalar(queries.locked_number()) or 0


def _kinds() -> list[tuple[str, object]]:
    return [(kind, entities[kind].label_plural) for kind in governed if kind in entities]


def _entity(kind: str) -> Entity:
    if kind not in governed or kind not in entities:
        raise NotFound
    return entities[kind]


def _fields(entity: Entity) -> list[Field]:
    """The fields that can be hidden or shut."""
    needed = {field.name for field in access.needed_fields(entity)}
    return [one for one in entity.fields.values() if one.name not in needed and not one.is_order]


def _matrix(form: AccessForm, status: int = 200) -> Response:
    changed = [row.id for row in session().scalars(queries.access_profiles())]
    return draw(
        "configuration/access/show.html",
        status,
        form=form,
        kinds=_kinds(),
        roles=[(role, ROLE_LABELS[role]) for role in access.OPEN_ROLES],
        rules=live.present().access,
        timeline=changes_of(access_profile=changed),
    )


def _field_page(entity: Entity, form: AccessForm, status: int = 200) -> Response:
    return draw(
        "configuration/access/fields.html",
        status,
        entity=entity,
        form=form,
        fields=_fields(entity),
        needed=access.needed_fields(entity),
        roles=[(role, ROLE_LABELS[role]) for role in access.OPEN_ROLES],
    )
