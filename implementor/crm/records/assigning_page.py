"""Giving a record to whom the rules of its kind say, when somebody asks for it."""

from __future__ import annotations

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from implementor.crm.records import services
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.errors import NotFound
from implementor.foundation.permissions import SIGNED_IN
from implementor.lists.record_page import loaded, present_scope
from implementor.lists.sheets import sheet_of
from implementor.web.guard import actor, allow
from implementor.web.messages import tell, tell_done
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("assigning", __name__, url_prefix="/crm/assigning")


@blueprint.post("/<kind>/<int:record_id>")
@allow(SIGNED_IN)
def assign(kind: str, record_id: int) -> ResponseReturnValue:
    """Ask the rules who gets a record that one may change."""
    declared = crm_kinds.get(kind)
    if declared is None or not actor().may(declared.may_edit):
        raise NotFound(kind)
    record = loaded(session(), sheet_of(kind), present_scope(), record_id)
    told = services.assign_by_rules(session(), sheet_of(kind).change, declared.entity, record, by=actor(), at=now())
    if told.is_given:
        tell_done(told.sentence)
    else:
        tell(told.sentence, "warning")
    return redirect(declared.url(record_id), 303)
