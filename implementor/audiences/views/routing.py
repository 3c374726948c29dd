"""The blueprint of audiences and the tabs over its pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from implementor.audiences import permissions
from implementor.foundation.permissions import Permission
from implementor.foundation.words import Phrase, say
from implementor.web.guard import actor

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
