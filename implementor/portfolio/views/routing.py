"""The blueprint of the portfolio, and the tabs that its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.words import say
from implementor.portfolio.permissions import PEOPLE
from implementor.projects.permissions import LINK
from implementor.web.guard import actor

blueprint = Blueprint("portfolio", __name__)
TABS = (
    ("portfolio.index", say("Projects"), SIGNED_IN),
    ("portfolio.programmes", say("Programmes"), SIGNED_IN),
    ("portfolio.roadmap", say("Roadmap"), SIGNED_IN),
    ("portfolio.load", say("Load"), SIGNED_IN),
    ("portfolio.people", say("People"), PEOPLE),
    ("portfolio.dependencies", say("Dependencies"), LINK),
    ("portfolio.packs", say("Packs"), SIGNED_IN),
)


def tabs() -> list[dict[str, Any]]:
    """The pages of the portfolio that the reader may open."""
    return [
        {"label": label, "url": url_for(endpoint), "is_current": request.endpoint == endpoint}
        for endpoint, label, permission in TABS
        if actor().may(permission)
    ]
