"""The blueprint of audiences, the tabs over its pages, and finding the record that an address names."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, g, url_for

from implementor.audiences import permissions
from implementor.audiences.queries.records import one_of
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say, speech
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("audiences", __name__, url_prefix="/projects/<project_key>/adoption")
TABS: tuple[tuple[Phrase, str, Permission], ...] = (
    (say("Audiences"), "audiences.audiences", permissions.VIEW),
    (say("People"), "audiences.affected_people", permissions.PEOPLE_VIEW),
    (say("Stakeholders"), "audiences.stakeholder_map", permissions.STAKEHOLDERS),
    (say("Impact"), "audiences.impact_grid", permissions.VIEW),
    (say("Load"), "audiences.load", permissions.VIEW),
    (say("Transition"), "audiences.transition", permissions.VIEW),
    (say("Messages"), "audiences.planned_messages", permissions.VIEW),
)


def tabs_at(endpoint: str) -> list[dict[str, Any]]:
    """The tabs over the pages that this reader may open."""
    return [
        {"label": label, "url": url_for(there), "is_current": there == endpoint}
        for label, there, permission in TABS
        if actor().may(permission)
    ]


def record_or_404(model: type[Any], record_id: int, *loaded: Any) -> Any:
    """The record of this project."""
    statement = one_of(model, project_id=g.project.id, record_id=record_id).options(*loaded)
    found = session().scalars(statement).one_or_none()
    if found is None:
        raise NotFound(model.__record_kind__)
    return found


def record_to_change(model: type[Any], record_id: int) -> Any:
    """The record, unless it is put away and can only be read."""
    found = record_or_404(model, record_id)
    if getattr(found, "archived_at", None) is not None:
        raise Refusal(say("This is archived. Restore it first."))
    return found


def today() -> date:
    """The day where the reader is."""
    return now().astimezone(speech().zone).date()
