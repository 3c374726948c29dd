"""Turning a record into one of another kind: the new kind's form, filled with what is known."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.fields import Entity
from implementor.foundation.words import say
from implementor.governance import permissions
from implementor.governance.drafts import reads, writes
from implementor.governance.services.conversions import KINDS, convert, may_end, targets_of
from implementor.governance.services.owners import owner_inside
from implementor.governance.views.routing import blueprint, record_to_change
from implementor.lists.record_page import present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.forms import CatalogueForm, filled_form
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/convert/<kind>/<int:number>/<to_kind>")
@allow(permissions.CONVERT)
def convert_page(kind: str, number: int, to_kind: str) -> Response:
    """The form of the new kind, with what the old one says."""
    record, entity = _asked(kind, number, to_kind)
    said = dict(writes[to_kind](reads[kind](record)))
    said["owner_id"] = owner_inside(session(), record.project_id, said["owner_id"])
    return _draw(record, entity, _form(entity, entity.model(**said)))


@blueprint.post("/convert/<kind>/<int:number>/<to_kind>")
@allow(permissions.CONVERT)
def convert_record(kind: str, number: int, to_kind: str) -> ResponseReturnValue:
    """Make the new record and say so on the old one."""
    record, entity = _asked(kind, number, to_kind)
    form = _form(entity)
    if not form.validate():
        return _draw(record, entity, form, 422)
    ending = request.form.get("ending") == "y"
    try:
        made = convert(session(), record, to=to_kind, values=form.values(), ending=ending, by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(record, entity, form, 422)
    tell_done(say("%(title)s is added.", title=getattr(made, entity.title_field)))
    return redirect(record_page(session(), sheet_of(to_kind), present_scope(), made.id).url, 303)


def _asked(kind: str, number: int, to_kind: str) -> tuple[Any, Entity]:
    if to_kind not in targets_of(kind):
        raise NotFound(to_kind)
    record = record_to_change(KINDS[kind].model, number)
    if not (actor().may(sheet_of(kind).may_edit) and actor().may(sheet_of(to_kind).may_edit)):
        abort(403)
    return record, KINDS[to_kind]


def _form(entity: Entity, known: Any = None) -> CatalogueForm:
    names = [one.name for one in entity.editable_by(actor())]
    return filled_form(entity, names, known, present_scope(), session())


def _draw(record: Any, entity: Entity, form: CatalogueForm, status: int = 200) -> Response:
    kind = record.__record_kind__
    return draw(
        "governance/convert.html", status, record=record, kind=kind, source=KINDS[kind], target=entity, form=form,
        sheet=sheet_of(entity.kind), title=getattr(record, KINDS[kind].title_field), may_end=may_end(record),
        ending=request.form.get("ending") == "y" if request.method == "POST" else True,
        back=record_page(session(), sheet_of(kind), present_scope(), record.id).url,
    )  # fmt: skip
