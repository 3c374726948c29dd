"""The three goals of every CRM, offered at a project's start as objectives with a metric each."""

from __future__ import annotations

from dataclasses import dataclass

from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class GivenGoal:
    """An objective that every CRM has, and how it is measured; baseline and target are the project's own."""

    key: str
    statement: Phrase
    perspective: str
    metric: Phrase
    purpose: Phrase
    unit: str
    direction: str


GIVEN_GOALS = (
    GivenGoal(
        "cycle",
        say("A shorter sales cycle"),
        "internal",
        say("Sales cycle"),
        say("Median days from the first contact to the signed order, over the deals won in the last 90 days."),
        "days",
        "down",
    ),
    GivenGoal(
        "closing",
        say("A better closing rate"),
        "customer",
        say("Closing rate"),
        say("Deals won out of all deals decided in the last 90 days."),
        "percent",
        "up",
    ),
    GivenGoal(
        "income",
        say("More income"),
        "financial",
        say("Income of a month"),
        say("What was invoiced in a calendar month, without taxes."),
        "money",
        "up",
    ),
)
