"""The lists of words that opportunities and their parts choose from, as the program ships them."""

from __future__ import annotations

from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import say

SOURCE = picklist(
    Picklist(
        "opportunity.source",
        say("Sources of opportunities"),
        (
            Choice("existing", say("Existing customer")),
            Choice("recommendation", say("Recommendation")),
            Choice("partner", say("Partner")),
            Choice("web", say("Web site")),
            Choice("campaign", say("Campaign")),
            Choice("event", say("Trade fair or event")),
            Choice("call", say("Call by us")),
            Choice("tender", say("Call for tenders")),
            Choice("other", say("Other")),
        ),
    )
)
MOTIVE = picklist(
    Picklist(
        "opportunity.motive",
        say("Motives of purchase"),
        (
            Choice("price", say("Price")),
            Choice("quality", say("Quality")),
            Choice("service", say("Service")),
            Choice("delivery", say("Delivery time")),
            Choice("trust", say("Trust in us")),
            Choice("innovation", say("Novelty")),
            Choice("obligation", say("Legal obligation")),
            Choice("replacement", say("Replacement of what they have")),
            Choice("other", say("Other")),
        ),
    )
)
LOSS_REASON = picklist(
    Picklist(
        "opportunity.loss_reason",
        say("Reasons why sales are lost"),
        (
            Choice("price", say("Price")),
            Choice("competitor", say("A competitor was chosen")),
            Choice("product", say("Our offer does not fit")),
            Choice("timing", say("Not the time for it")),
            Choice("budget", say("No budget")),
            Choice("no_decision", say("They decided nothing")),
            Choice("no_contact", say("Nobody answers any more")),
            Choice("other", say("Other")),
        ),
    )
)
ROLE = picklist(
    Picklist(
        "opportunity.role",
        say("Roles in a decision to buy"),
        (
            Choice("decides", say("Decides")),
            Choice("pays", say("Pays")),
            Choice("uses", say("Uses it")),
            Choice("advises", say("Advises")),
            Choice("blocks", say("Can stop it")),
            Choice("coach", say("Helps us from inside")),
        ),
    )
)
STANCE = picklist(
    Picklist(
        "opportunity.stance",
        say("Stances towards a purchase"),
        (
            Choice("for", say("For us"), "ok"),
            Choice("neutral", say("Neutral")),
            Choice("against", say("Against us"), "off"),
            Choice("unknown", say("Not known"), "review"),
        ),
    )
)
OBJECTION = picklist(
    Picklist(
        "opportunity.objection",
        say("Kinds of objections"),
        (
            Choice("price", say("Price")),
            Choice("need", say("No need")),
            Choice("trust", say("No trust")),
            Choice("timing", say("Not now")),
            Choice("product", say("Product")),
            Choice("conditions", say("Conditions")),
            Choice("other", say("Other")),
        ),
    )
)
