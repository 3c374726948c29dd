"""Kinds of record: what they are called, whether they are used, and what their fields are called."""

from __future__ import annotations

from types import SimpleNamespace

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from implementor.configuration import queries
from implementor.configuration.assignable import assignable
from implementor.configuration.first_use import speeches
from implementor.configuration.forms import WordedForm
from implementor.configuration.kind_forms import NamesForm
from implementor.configuration.models import FieldLabel
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services import field_names, kinds
from implementor.configuration.switching import switchable
from implementor.configuration.views.blueprint import blueprint
from implementor.configuration.views.found import changes_of
from implementor.configuration.views.needs import rules_told
from implementor.foundation import live
from implementor.foundation.access import governed
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.extensible import configurable
from implementor.foundation.fields import Entity, entities
from implementor.foundation.records import kinds as record_kinds
from implementor.foundation.shapes import STRENGTHS, WAYS
from implementor.foundation.words import say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

NO_RECORD = SimpleNamespace(id=0)
"""Stands for any record where only the package of its pages is asked for."""


@blueprint.get("/settings/kinds")
@allow(CONFIGURE)
def list_kinds() -> Response:
    """Every kind of record that can be shaped, with what was made of it."""
    shown = [(entities[kind], live.present().shape(kind)) for kind in governed if kind in entities]
    return draw("configuration/kinds/index.html", kinds=sorted(shown, key=lambda one: str(one[0].label_plural)))


@blueprint.get("/settings/kinds/<record_kind>")
@allow(CONFIGURE)
def show_kind(record_kind: str) -> Response:
    """One kind: its names, its form and list, its rules, and what was changed."""
    return _page(kinds.shapeable(record_kind))


@blueprint.post("/settings/kinds/<record_kind>/names")
@allow(CONFIGURE)
def rename_kind(record_kind: str) -> ResponseReturnValue:
    """Give a kind the company's own names."""
    entity, form = kinds.shapeable(record_kind), NamesForm()
    try:
        kinds.rename_kind(session(), record_kind, form.names(), by=actor(), at=now())
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _page(entity, form, 422)
    tell_done(say("The names are changed. Everybody reads them from now on."))
    return _back(record_kind)


@blueprint.post("/settings/kinds/<record_kind>/switch")
@allow(CONFIGURE)
def switch_kind(record_kind: str) -> ResponseReturnValue:
    """Let a kind be met nowhere, or everywhere again."""
    entity = kinds.shapeable(record_kind)
    if request.form.get("deed") == "off":
        kinds.switch_off(session(), record_kind, by=actor(), at=now())
        tell_done(say("%(what)s are switched off. Their data stay.", what=entity.label_plural))
    else:
        kinds.switch_on(session(), record_kind, by=actor(), at=now())
        tell_done(say("%(what)s are switched on.", what=entity.label_plural))
    return _back(record_kind)


@blueprint.get("/settings/kinds/<record_kind>/fields")
@allow(CONFIGURE)
def list_field_names(record_kind: str) -> Response:
    """The fields that the program brought, and what they are called here."""
    entity = kinds.shapeable(record_kind)
    return draw(
        "configuration/kinds/fields.html",
        entity=entity,
        fields=_renameable(entity),
        names=field_names.names_of(entity, speeches()),
        renamed=live.present().shape(record_kind).labels,
    )


@blueprint.get("/settings/kinds/<record_kind>/fields/<field_name>")
@allow(CONFIGURE)
def edit_field_name(record_kind: str, field_name: str) -> Response:
    """What one field is called."""
    entity = _with_field(record_kind, field_name)
    names = field_names.names_of(entity, speeches())[field_name]
    row = field_names.stored_name(session(), record_kind, field_name)
    return _field_page(entity, field_name, WordedForm(formdata=None, data={**vars(names), "version": _version(row)}))


@blueprint.post("/settings/kinds/<record_kind>/fields/<field_name>")
@allow(CONFIGURE)
def rename_field(record_kind: str, field_name: str) -> ResponseReturnValue:
    """Call a field otherwise."""
    entity, form = _with_field(record_kind, field_name), WordedForm()
    row = field_names.stored_name(session(), record_kind, field_name)
    if row is not None and form.is_newer(row):
        return _field_page(entity, field_name, form, 422)
    try:
        row = field_names.rename_field(
            session(), record_kind, field_name, form.labels(), speeches=speeches(), by=actor(), at=now()
        )
    except InvalidInput as invalid:
        form.refuse(invalid)
        return _field_page(entity, field_name, form, 422)
    tell_done(say("The field is called %(name)s now.", name=row.label))
    return redirect(url_for("configuration.list_field_names", record_kind=record_kind), 303)


@blueprint.post("/settings/kinds/<record_kind>/fields/<field_name>/shipped")
@allow(CONFIGURE)
def unname_field(record_kind: str, field_name: str) -> ResponseReturnValue:
    """Call a field as the program calls it."""
    _with_field(record_kind, field_name)
    row = field_names.stored_name(session(), record_kind, field_name)
    if row is not None:
        field_names.unname_field(session(), row, by=actor(), at=now())
        tell_done(say("The field is called as the program calls it again."))
    return redirect(url_for("configuration.list_field_names", record_kind=record_kind), 303)


def _version(row: FieldLabel | None) -> str:
    return "" if row is None else str(row.version)


def _renameable(entity: Entity) -> list[str]:
    return [name for name in kinds.placeable(entity) if name in entity.declared]


def _with_field(kind: str, name: str) -> Entity:
    entity = kinds.shapeable(kind)
    if name not in _renameable(entity):
        raise NotFound(name)
    return entity


def _back(kind: str) -> ResponseReturnValue:
    return redirect(url_for("configuration.show_kind", record_kind=kind), 303)


def _field_page(entity: Entity, name: str, form: WordedForm, status: int = 200) -> Response:
    field, renamed = entity.fields[name], live.present().shape(entity.kind).labels
    shipped = entity.declared[name].label
    return draw(
        "configuration/kinds/field.html", status, entity=entity, field=field, form=form, shipped=shipped,
        is_renamed=name in renamed,
    )  # fmt: skip


def _list_of(kind: str) -> str:
    """The view of the list of a kind, which stands beside that of its records."""
    endpoint, _values = record_kinds[kind].endpoint_values(NO_RECORD)
    return f"{endpoint.partition('.')[0]}.index"


def _page(entity: Entity, form: NamesForm | None = None, status: int = 200) -> Response:
    kind, row = entity.kind, kinds.kind_shape(session(), entity.kind)
    needs, assignments = rules_told(entity)
    labels = [one.id for one in session().scalars(queries.field_labels(kind))]
    return draw(
        "configuration/kinds/show.html",
        status,
        entity=entity,
        shape=live.present().shape(kind),
        form=form or NamesForm(formdata=None, obj=row),
        needs=needs,
        assignments=assignments,
        withdrawn_needs=session().scalars(queries.required_rules(kind, archived=True)).all(),
        withdrawn_assignments=session().scalars(queries.assignment_rules(kind, archived=True)).all(),
        strengths=STRENGTHS,
        ways=WAYS,
        list_endpoint=_list_of(kind),
        is_assignable=kind in assignable,
        is_switchable=kind in switchable,
        may_have_fields=kind in configurable,
        timeline=changes_of(
            kind_shape=[row.id] if row is not None else [],
            field_label=labels,
            required_rule=[rule.id for rule, _told in needs],
            assignment_rule=[rule.id for rule, _told in assignments],
        ),
    )
