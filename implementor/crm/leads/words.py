"""The lists of words that leads choose from, as the program ships them, and the names of their stages."""

from __future__ import annotations

from collections.abc import Mapping

from implementor.crm.leads.lifecycle import CONVERTED, LOST, MQL, NEW, RECYCLED, SAL, SQL
from implementor.foundation.choices import Choice, Picklist, picklist
from implementor.foundation.words import Phrase, say

STAGES: tuple[Choice, ...] = (
    Choice(NEW, say("New (not yet qualified)")),
    Choice(MQL, say("Marketing qualified (MQL)"), "review"),
    Choice(SAL, say("Accepted by sales (SAL)"), "review"),
    Choice(SQL, say("Sales qualified (SQL)"), "review"),
    Choice(CONVERTED, say("Converted"), "ok"),
    Choice(RECYCLED, say("Recycled"), "risk"),
    Choice(LOST, say("Lost"), "off"),
)
STAGE_NAMES: Mapping[str, Phrase] = {choice.key: choice.label for choice in STAGES}
URGENCY = picklist(
    Picklist(
        "lead.urgency",
        say("Urgency of leads"),
        (
            Choice("now", say("At once"), "off"),
            Choice("quarter", say("Within three months"), "risk"),
            Choice("year", say("Within a year")),
            Choice("later", say("Later")),
        ),
    )
)
RECYCLE_REASON = picklist(
    Picklist(
        "lead.recycle_reason",
        say("Reasons why leads go back to marketing"),
        (
            Choice("timing", say("Not the time for it")),
            Choice("budget", say("No budget yet")),
            Choice("no_answer", say("Nobody answers")),
            Choice("incomplete", say("Too little is known")),
            Choice("no_fit", say("Does not fit yet")),
            Choice("other", say("Other")),
        ),
    )
)
LOSS_REASON = picklist(
    Picklist(
        "lead.loss_reason",
        say("Reasons why leads are lost"),
        (
            Choice("no_need", say("No need")),
            Choice("competitor", say("A competitor was chosen")),
            Choice("price", say("Price")),
            Choice("wrong_data", say("Wrong or invented data")),
            Choice("no_customer", say("Will never be a customer")),
            Choice("duplicate", say("Known already")),
            Choice("other", say("Other")),
        ),
    )
)
REASONS: Mapping[str, Picklist] = {RECYCLED: RECYCLE_REASON, LOST: LOSS_REASON}
"""Stage -> the list that says why a lead comes into it."""
