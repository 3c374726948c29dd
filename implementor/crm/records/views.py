"""The names that records bear in other systems: seen, added and removed."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from flask.typing import ResponseReturnValue

from implementor.crm.records import queries, services
from implementor.crm.records.assigning_page import blueprint as assigning
from implementor.crm.records.forms import NameElsewhereForm
from implementor.crm.records.kinds import CrmKind, crm_kinds
from implementor.crm.records.names import names_of
from implementor.crm.records.permissions import NAME_ELSEWHERE
from implementor.foundation.asking import answered
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.panels import Place
from implementor.foundation.words import say
from implementor.lists.record_page import RecordPage, loaded, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("names", __name__, url_prefix="/crm/names")
blueprints = (blueprint, assigning)


@blueprint.get("/<kind>/<int:record_id>")
@allow(NAME_ELSEWHERE)
def index(kind: str, record_id: int) -> ResponseReturnValue:
    """The names of one record, and the form for another."""
    declared = _declared(kind)
    return _draw(record_page(session(), sheet_of(declared.kind), present_scope(), record_id), NameElsewhereForm())


@blueprint.post("/<kind>/<int:record_id>")
@allow(NAME_ELSEWHERE)
def create(kind: str, record_id: int) -> ResponseReturnValue:
    """Note a name."""
    declared, form = _declared(kind, to_edit=True), NameElsewhereForm()
    page = record_page(session(), sheet_of(kind), present_scope(), record_id)
    loaded(session(), sheet_of(kind), page.scope, record_id)
    if not form.validate():
        return _draw(page, form, 422)
    system, value = form.system.data or "", form.value.data or ""
    try:
        services.name_elsewhere(session(), kind, record_id, system=system, value=value)
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(page, form, 422)
    tell_done(say("%(title)s is known as %(value)s in %(system)s.", title=page.title, value=value, system=system))
    return redirect(declared.url(record_id), 303)


@blueprint.post("/<kind>/<int:record_id>/<int:name_id>/remove")
@allow(NAME_ELSEWHERE)
def remove(kind: str, record_id: int, name_id: int) -> ResponseReturnValue:
    """Forget a name."""
    declared = _declared(kind, to_edit=True)
    loaded(session(), sheet_of(kind), present_scope(), record_id)
    found = session().scalars(queries.name_elsewhere_of(kind, record_id, name_id)).one_or_none()
    if found is None:
        raise NotFound("external_id")
    services.forget_name(session(), found)
    tell_done(say("%(value)s is removed.", value=found.value))
    return redirect(declared.url(record_id), 303)


def _declared(kind: str, *, to_edit: bool = False) -> CrmKind:
    """A kind whose records bear names elsewhere and that the person works with; not found otherwise."""
    declared = crm_kinds.get(kind)
    if declared is None or not declared.known_elsewhere:
        raise NotFound(kind)
    if not actor().may(declared.may_edit if to_edit else declared.may_view):
        raise NotFound(kind)
    return declared


def _draw(page: RecordPage, form: NameElsewhereForm, status: int = 200) -> Response:
    panel = answered(session(), names_of(session(), Place(actor(), now(), None, page)))
    return draw("crm/records/names.html", status, page=page, form=form, panel=panel)
