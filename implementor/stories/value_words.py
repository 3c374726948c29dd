"""How a promise of value stands, in a word."""

from __future__ import annotations

from implementor.foundation.choices import Choice
from implementor.foundation.words import say
from implementor.stories.value import Promise

REACHED = Choice("reached", say("Target reached"), "ok")
WAIVED = Choice("waived", say("Missed, waived"), "risk")
MISSED = Choice("missed", say("Target missed"), "off")
OPEN = Choice("open", say("Not reached yet"), "neutral")


def promise_choice(promise: Promise) -> Choice:
    """The word and tone of a promise: reached, waived, missed, or still open."""
    if promise.is_reached:
        return REACHED
    if promise.is_waived:
        return WAIVED
    return MISSED if promise.is_over else OPEN
