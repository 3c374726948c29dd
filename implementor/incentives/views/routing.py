"""The blueprint of incentives, the tabs over its pages, and what figures and reasons are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, url_for

from implementor.foundation.words import Phrase, say
from implementor.incentives.catalogue import FIGURES

blueprint = Blueprint("incentives", __name__, url_prefix="/projects/<project_key>/incentives")
TABS: tuple[tuple[Phrase, str], ...] = (
    (say("Incentives"), "incentives.index"),
    (say("Rules"), "incentives.rules"),
    (say("Periods"), "incentives.periods"),
)
REASONS: Mapping[str, Phrase] = {
    "bulk": say("Made in bulk or by an import"),
    "away": say("No longer there"),
    "placeholder": say("With values that say nothing, such as “test” or 000-0000"),
    "duplicate": say("A second copy of one of their own"),
    "repeated": say("With the same telephone or address as others of their own"),
}
WHYS: Mapping[str, Phrase] = {
    "floor": say("quality is below the floor"),
    "few": say("too few to say anything"),
    "target": say("below the target"),
}
WORDS: Mapping[str, Any] = {
    "reasons": REASONS, "whys": WHYS, "figures": {one.key: one.label for one in FIGURES},
}  # fmt: skip


def tabs_at(endpoint: str) -> list[dict[str, Any]]:
    """The tabs over the lists."""
    return [{"label": label, "url": url_for(there), "is_current": there == endpoint} for label, there in TABS]
