"""The words of consents: purposes (a live list), statuses, channels, bases and ways they come to us."""

from __future__ import annotations

from implementor.crm.consents.standing import EXPIRED, GIVEN, OBJECTED, REFUSED, WITHDRAWN
from implementor.foundation import live
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import Phrase, say

PURPOSES = "consent.purpose"
picklist(
    Picklist(
        PURPOSES,
        say("Purposes of consents"),
        (
            Choice("marketing", say("Advertising")),
            Choice("newsletter", say("Newsletter")),
            Choice("events", say("Invitations to events")),
            Choice("surveys", say("Surveys")),
            Choice("profiling", say("Profiling")),
            Choice("third_party", say("Passing data on to third parties")),
        ),
    )
)
STATUS_CHOICES = (
    Choice(GIVEN, say("Agreed"), "ok"),
    Choice(REFUSED, say("Refused"), "off"),
    Choice(WITHDRAWN, say("Withdrawn"), "off"),
    Choice(OBJECTED, say("Objected"), "off"),
    Choice(EXPIRED, say("Expired"), "risk"),
)
CHANNEL_CHOICES = (
    Choice("email", say("E-mail")),
    Choice("phone", say("Telephone")),
    Choice("chat", say("Chat and text messages")),
    Choice("post", say("Post")),
    Choice("social", say("Social media")),
    Choice("visit", say("Visit")),
)
BASIS_CHOICES = (
    Choice("consent", say("Consent")),
    Choice("contract", say("Contract")),
    Choice("legal_obligation", say("Legal obligation")),
    Choice("vital_interest", say("Vital interest")),
    Choice("public_interest", say("Public interest")),
    Choice("legitimate_interest", say("Legitimate interest")),
)
CAPTURE_CHOICES = (
    Choice("form", say("Form on the website")),
    Choice("email", say("By mail")),
    Choice("phone", say("By telephone")),
    Choice("paper", say("On paper")),
    Choice("visit", say("In person")),
    Choice("third_party", say("From a third party")),
    Choice("import", say("From an imported file")),
    Choice("conversion", say("From a lead")),
    Choice("other", say("Other")),
)
ANY_CHANNEL = say("Every channel")
_LABELS = {
    "status": STATUS_CHOICES, "channel": CHANNEL_CHOICES, "basis": BASIS_CHOICES, "capture": CAPTURE_CHOICES,
}  # fmt: skip


def choice_of(what: str, key: str | None) -> Choice | None:
    """The word for a stored key of a purpose, status, channel, basis or capture."""
    if what == "purpose":
        return live.present().picklist(PURPOSES).by_key.get(key or "")
    return next((choice for choice in _LABELS[what] if choice.key == key), None)


def label_of(what: str, key: str | None) -> Phrase | str:
    """What people read for a stored key; the key itself where nobody knows it any more."""
    if what == "channel" and key is None:
        return ANY_CHANNEL
    found = choice_of(what, key)
    return found.label if found is not None else key or ""
