"""The blueprint of going live and the tabs over its pages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from implementor.foundation.words import Phrase, say

blueprint = Blueprint("cutover", __name__, url_prefix="/projects/<project_key>/going-live")
TABS: tuple[tuple[Phrase, str], ...] = (
    (say("The run"), "cutover.run"),
    (say("Steps"), "cutover.steps"),
    (say("Rehearsals"), "cutover.rehearsals"),
)


def tabs_at(endpoint: str) -> list[dict[str, Any]]:
    """The tabs over the pages."""
    return [{"label": label, "url": url_for(there), "is_current": there == endpoint} for label, there in TABS]
