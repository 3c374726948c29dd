"""The lists of words of contacts: how people are addressed, what they decide, and what their numbers are for."""

from __future__ import annotations

from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import say

SALUTATION = "contact.salutation"
LANGUAGE = "contact.language"
CHANNEL = "contact.channel"
ROLE = "contact.role"
EMAIL_LABEL = "contact.email_label"
PHONE_LABEL = "contact.phone_label"

picklist(
    Picklist(
        SALUTATION,
        say("Salutations"),
        (
            Choice("mr", say("Mr")),
            Choice("ms", say("Ms")),
            Choice("mx", say("Mx")),
            Choice("dr", say("Dr")),
            Choice("prof", say("Prof.")),
        ),
    )
)
picklist(
    Picklist(
        LANGUAGE,
        say("Languages of contacts"),
        (
            Choice("es", say("Spanish")),
            Choice("en", say("English")),
            Choice("pt", say("Portuguese")),
            Choice("fr", say("French")),
            Choice("it", say("Italian")),
            Choice("de", say("German")),
            Choice("ca", say("Catalan")),
            Choice("other", say("Other")),
        ),
    )
)
picklist(
    Picklist(
        CHANNEL,
        say("Preferred channels"),
        (
            Choice("email", say("E-mail")),
            Choice("phone", say("Telephone")),
            Choice("chat", say("Chat")),
            Choice("visit", say("Visit")),
            Choice("post", say("Post")),
        ),
    )
)
picklist(
    Picklist(
        ROLE,
        say("Roles of contacts"),
        (
            Choice("decision_maker", say("Decision maker"), "ok"),
            Choice("influencer", say("Influencer"), "accepted"),
            Choice("buyer", say("Buyer")),
            Choice("user", say("User")),
            Choice("finance", say("Finance")),
            Choice("other", say("Other")),
        ),
    )
)
picklist(
    Picklist(
        EMAIL_LABEL,
        say("Kinds of mail address"),
        (Choice("work", say("Work")), Choice("personal", say("Personal")), Choice("other", say("Other"))),
    )
)
picklist(
    Picklist(
        PHONE_LABEL,
        say("Kinds of telephone"),
        (
            Choice("work", say("Work")),
            Choice("mobile", say("Mobile")),
            Choice("home", say("Home")),
            Choice("fax", say("Fax")),
            Choice("other", say("Other")),
        ),
    )
)
