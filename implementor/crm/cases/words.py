"""The words of cases: fixed ones that rules know, and lists that people keep."""

from __future__ import annotations

from implementor.crm.cases import models
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import say

STATUSES = (
    Choice(models.NEW, say("Received"), "review"),
    Choice(models.IN_PROGRESS, say("In progress"), "accepted"),
    Choice(models.WAITING_CUSTOMER, say("Waiting for the customer")),
    Choice(models.WAITING_OTHERS, say("Waiting for others")),
    Choice(models.RESOLVED, say("Solved"), "ok"),
    Choice(models.CLOSED, say("Closed")),
)
"""Fixed: clocks start, wait and end by them."""
PRIORITIES = (
    Choice(models.LOW, say("Low")),
    Choice(models.NORMAL, say("Normal")),
    Choice(models.HIGH, say("High"), "risk"),
    Choice(models.URGENT, say("Urgent"), "off"),
)
"""Fixed: service levels promise by them."""
LATE, NEAR, IN_TIME, NOTHING = "late", "near", "in_time", "nothing"
LIMITS = (
    Choice(LATE, say("Late"), "off"),
    Choice(NEAR, say("Near its limit"), "risk"),
    Choice(IN_TIME, say("In time"), "ok"),
    Choice(NOTHING, say("Nothing counts")),
)
CATEGORY = picklist(
    Picklist(
        "case.category",
        say("Categories of cases"),
        (
            Choice("question", say("Question")),
            Choice("fault", say("Fault")),
            Choice("complaint", say("Complaint"), "risk"),
            Choice("request", say("Request")),
            Choice("return", say("Return")),
            Choice("invoice", say("Invoice")),
        ),
    )
)
CHANNEL = picklist(
    Picklist(
        "case.channel",
        say("Channels of cases"),
        (
            Choice("email", say("E-mail")),
            Choice("phone", say("Telephone")),
            Choice("chat", say("Chat")),
            Choice("web", say("Website")),
            Choice("visit", say("Visit")),
            Choice("social", say("Social media")),
            Choice("letter", say("Letter")),
        ),
    )
)
FIRST_RESPONSE, RESOLUTION = "first_response", "resolution"


def status_word(key: str | None) -> Choice:
    """The status of that key."""
    return next(one for one in STATUSES if one.key == key)
