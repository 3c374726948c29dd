"""The blueprint of the portfolio, and the tabs that its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from implementor.foundation.words import say

blueprint = Blueprint("portfolio", __name__)
TABS = (
    ("portfolio.index", say("Projects")),
    ("portfolio.programmes", say("Programmes")),
    ("portfolio.load", say("Load")),
)


def tabs() -> list[dict[str, Any]]:
    """The pages of the portfolio."""
    return [
        {"label": label, "url": url_for(endpoint), "is_current": request.endpoint == endpoint}
        for endpoint, label in TABS
    ]
