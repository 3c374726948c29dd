"""Saying which campaign a lead or an opportunity came from."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect
from flask.typing import ResponseReturnValue

from implementor.crm.campaigns import permissions, queries
from implementor.crm.campaigns.forms import origin_form
from implementor.crm.campaigns.origins import say_origin
from implementor.crm.campaigns.views.routing import blueprint
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.errors import InvalidInput, NotFound
from implementor.foundation.text import whole_number
from implementor.foundation.words import say
from implementor.lists.record_page import loaded, present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell_done
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/of/<of_kind>/<int:of_id>")
@allow(permissions.VIEW)
def origin_page(of_kind: str, of_id: int) -> ResponseReturnValue:
    """Ask which campaign it was."""
    record = _record(of_kind, of_id)
    return _draw(of_kind, record, _form(of_kind, of_id))


@blueprint.post("/of/<of_kind>/<int:of_id>")
@allow(permissions.VIEW)
def say_where_from(of_kind: str, of_id: int) -> ResponseReturnValue:
    """Say which campaign it was, or that it was none."""
    record, form = _record(of_kind, of_id), _form(of_kind, of_id)
    if not form.validate():
        return _draw(of_kind, record, form, 422)
    try:
        say_origin(session(), of_kind, record, whole_number(form.campaign.data or ""), by=actor(), at=now())
    except InvalidInput as refusal:
        form.refuse(refusal)
        return _draw(of_kind, record, form, 422)
    tell_done(say("The campaign of %(title)s is noted.", title=record.name))
    return redirect(crm_kinds[of_kind].url(of_id), 303)


def _record(kind: str, record_id: int) -> Any:
    """The lead or opportunity of an address that the person may change."""
    if kind not in queries.ORIGINS or not actor().may(crm_kinds[kind].may_edit):
        raise NotFound(kind)
    record = loaded(session(), sheet_of(kind), present_scope(), record_id)
    if record.is_archived:
        raise NotFound(kind)
    return record


def _form(kind: str, record_id: int) -> Any:
    known = session().scalars(queries.origin_of(kind, record_id)).one_or_none()
    return origin_form(actor(), session(), known.campaign_id if known is not None else None)


def _draw(kind: str, record: Any, form: Any, status: int = 200) -> Response:
    declared = crm_kinds[kind]
    shown: dict[str, Any] = {
        "kind": kind,
        "record_id": record.id,
        "title": record.name,
        "back": declared.url(record.id),
    }
    shown["back_to"] = declared.plural
    return draw("crm/campaigns/origin.html", status, form=form, label=declared.entity.label_plural, **shown)
