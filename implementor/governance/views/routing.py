"""The blueprint of governance, finding the record that an address names, and what every record's page shows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import TextAreaField

from implementor.comments.panel import panel_of
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.panels import Place, panels_of
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.governance import permissions
from implementor.governance.linked import linked_of
from implementor.governance.queries.records import by_number
from implementor.governance.services.conversions import KINDS, targets_of
from implementor.history.timeline import timeline_of
from implementor.lists.record_page import RecordPage, present_scope, record_page
from implementor.lists.sheets import sheet_of
from implementor.web.forms import Form
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("governance", __name__, url_prefix="/projects/<project_key>")


def reason_form(name: str, label: Phrase) -> Form:
    """A form that asks for one sentence."""
    asked = type("ReasonForm", (Form,), {name: TextAreaField(label)})  # type: ignore[arg-type]
    made: Form = asked()
    return made


def record_or_404(model: type[Any], number: int, *people: Any) -> Any:
    """The record of that number in this project."""
    statement = by_number(model, *people, project_id=g.project.id, number=number)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound(model.__record_kind__)
    return found


def record_to_change(model: type[Any], number: int, *people: Any) -> Any:
    """The record of that number, unless it is put away and can only be read."""
    found = record_or_404(model, number, *people)
    if found.is_archived:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def record_context(found: Any, endpoint: str) -> dict[str, Any]:
    """What the page of a record shows whatever its kind, read in a fixed number of statements."""
    kind, scope = found.__record_kind__, present_scope()
    page: RecordPage = record_page(session(), sheet_of(kind), scope, found.id)
    about = RecordRef(kind, found.id)
    may_act = actor().may(page.sheet.may_edit) and not found.is_archived
    timeline = timeline_of(session(), kind, found.id, scope, at=now(), after=request.args.get("after"))
    return {
        "page": page,
        "shown": found,
        "kind": kind,
        "more_items": conversions_of(found) if may_act and actor().may(permissions.CONVERT) else [],
        "linked": linked_of(session(), about, project_id=g.project.id, by=actor()),
        "talk": panel_of(session(), about, actor=actor()),
        "timeline": timeline,
        "timeline_next_url": url_for(endpoint, number=found.number, after=timeline.next) if timeline.next else None,
        "panels": panels_of(session(), f"{kind}.show", Place(actor(), now(), g.project, found)),
        "may_act": may_act,
        "may_edit": may_act and page.is_changeable,
    }


def conversions_of(record: Any) -> list[dict[str, Any]]:
    """What a record can become, as entries of a menu."""
    kind = record.__record_kind__
    return [
        {
            "label": say("Turn into: %(kind)s", kind=KINDS[to].label),
            "url": url_for("governance.convert_page", kind=kind, number=record.number, to_kind=to),
        }
        for to in targets_of(kind)
    ]
