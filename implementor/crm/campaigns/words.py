"""The words of campaigns: what types, channels and outcomes are on offer, and how states are called and look."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.crm.campaigns import answers
from implementor.crm.campaigns.models import CANCELLED, FINISHED, PLANNED, RUNNING
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import Phrase, say

TYPE = picklist(
    Picklist(
        "campaign.type",
        say("Types of campaigns"),
        (
            Choice("mailing", say("Mailing")),
            Choice("newsletter", say("Newsletter")),
            Choice("calls", say("Calls")),
            Choice("event", say("Trade fair or event")),
            Choice("webinar", say("Web seminar")),
            Choice("advertising", say("Advertising")),
            Choice("social", say("Social media")),
            Choice("referral", say("Customers bring customers")),
            Choice("other", say("Other")),
        ),
    )
)
CHANNEL = picklist(
    Picklist(
        "campaign.channel",
        say("Channels of campaigns"),
        (
            Choice("email", say("E-mail")),
            Choice("phone", say("Telephone")),
            Choice("post", say("Letter")),
            Choice("chat", say("Chat")),
            Choice("social", say("Social media")),
            Choice("visit", say("Visit")),
            Choice("event", say("Trade fair or event")),
            Choice("web", say("Web site")),
            Choice("advertising", say("Advertising")),
        ),
    )
)
OUTCOME = picklist(
    Picklist(
        "campaign.outcome",
        say("Outcomes of responses"),
        (
            Choice("bought", say("Bought")),
            Choice("interested", say("Interested")),
            Choice("meeting", say("Wants a meeting")),
            Choice("information", say("Wants information")),
            Choice("later", say("Not now, perhaps later")),
            Choice("not_interested", say("Not interested")),
            Choice("has_supplier", say("Has it from somebody else")),
            Choice("wrong_person", say("The wrong person")),
        ),
    )
)
CAMPAIGN_STATES = (
    Choice(PLANNED, say("Campaign planned"), "neutral"),
    Choice(RUNNING, say("Campaign running"), "review"),
    Choice(FINISHED, say("Campaign finished"), "ok"),
    Choice(CANCELLED, say("Campaign cancelled"), "off"),
)
STATUSES = (
    Choice(answers.LISTED, say("On the list"), "neutral"),
    Choice(answers.SENT, say("Approached"), "neutral"),
    Choice(answers.OPENED, say("Opened"), "review"),
    Choice(answers.BOUNCED, say("Not reached"), "off"),
    Choice(answers.RESPONDED, say("Responded"), "accepted"),
    Choice(answers.DECLINED, say("Said no"), "off"),
    Choice(answers.ACCEPTED, say("Said yes"), "ok"),
    Choice(answers.OPTED_OUT, say("Asked for no more"), "off"),
)
LABELS: Mapping[str, Phrase] = {one.key: one.label for one in STATUSES}
TONES: Mapping[str, str] = {one.key: one.tone or "neutral" for one in STATUSES}
CONSENT_CHANNELS = frozenset({"email", "phone", "chat", "post", "social", "visit"})
"""Channels on which we go to people; on the others they come to us."""
PURPOSE = "marketing"
"""The purpose of consents that campaigns need."""
