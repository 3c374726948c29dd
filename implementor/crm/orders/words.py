"""What states and types of orders are called, and how they look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from implementor.crm.orders.facts import APPROVED, CANCELLED, DISPATCHED, DRAFT, INVOICED, PAID, PLACED
from implementor.crm.orders.models import CREDIT, SALE
from implementor.foundation.fields import Choice
from implementor.foundation.words import Phrase, say

STATES = (
    Choice(DRAFT, say("Order in preparation"), "neutral"),
    Choice(PLACED, say("Placed"), "review"),
    Choice(APPROVED, say("Approved by finance"), "accepted"),
    Choice(DISPATCHED, say("Dispatched"), "accepted"),
    Choice(INVOICED, say("Invoiced"), "accepted"),
    Choice(PAID, say("Paid"), "ok"),
    Choice(CANCELLED, say("Cancelled"), "off"),
)
TYPES = (Choice(SALE, say("Sale")), Choice(CREDIT, say("Credit note"), "off"))
LABELS: Mapping[str, Any] = {one.key: one.label for one in STATES}
ICONS: Mapping[str, str] = {PAID: "ok", CANCELLED: "octagon"}
DOCUMENTS: Mapping[str, Phrase] = {
    PLACED: say("Number of the customer's order"),
    APPROVED: say("Number of the approval"),
    DISPATCHED: say("Number of the delivery note"),
    INVOICED: say("Number of the invoice"),
    PAID: say("Number of the payment"),
    CANCELLED: say("Number of the cancellation"),
}
