"""What quotes stand at is called, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.crm.quotes.facts import ACCEPTED, DRAFT, EXPIRED, REFUSED, SENT, SUPERSEDED
from implementor.foundation.fields import Choice
from implementor.foundation.words import say

STANDINGS = (
    Choice(DRAFT, say("Quote in preparation"), "neutral"),
    Choice(SENT, say("Sent to the customer"), "review"),
    Choice(EXPIRED, say("Quote expired"), "risk"),
    Choice(ACCEPTED, say("Quote accepted"), "ok"),
    Choice(REFUSED, say("Quote refused"), "off"),
    Choice(SUPERSEDED, say("Superseded"), "neutral"),
)
LABELS: Mapping[str, Any] = {one.key: one.label for one in STANDINGS}
ICONS: Mapping[str, str] = {SENT: "mail", ACCEPTED: "ok", REFUSED: "octagon", SUPERSEDED: "arrow-right"}
