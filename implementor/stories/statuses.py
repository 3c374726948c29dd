"""The life of a story: its statuses in order, and which may follow which by hand."""

from __future__ import annotations

from implementor.foundation.fields import Choice
from implementor.foundation.words import say

STATUSES = (
    Choice("idea", say("Idea"), "neutral"),
    Choice("ready", say("Ready"), "neutral"),
    Choice("planned", say("Planned"), "neutral"),
    Choice("doing", say("In progress"), "review"),
    Choice("review", say("In review"), "review"),
    Choice("validated", say("Validated"), "accepted"),
    Choice("live", say("Live"), "ok"),
    Choice("achieved", say("Value achieved"), "ok"),
    Choice("missed", say("Value missed"), "off"),
    Choice("dropped", say("Dropped"), "neutral"),
)
ORDER = {choice.key: place for place, choice in enumerate(STATUSES)}
BY_HAND = ("idea", "ready", "planned", "doing", "review", "validated", "dropped")
"""Live comes from the wave's going live, achieved and missed from the story's metrics."""
NEEDS_READY = ("ready", "planned", "doing", "review", "validated")
FINISHED = ("validated", "live", "achieved", "missed")
RELEASED = ("live", "achieved", "missed")
OVER = (*FINISHED, "dropped")


def order_of(status: str) -> int:
    """The place of a status in the life of a story."""
    return ORDER[status]


def status_choice(status: str) -> Choice:
    """The label and tone of a status."""
    return STATUSES[ORDER[status]]


def statuses_after(status: str) -> tuple[str, ...]:
    """The statuses a person may give to a story that has this one."""
    if status in RELEASED:
        return ()
    return tuple(key for key in BY_HAND if key != status)
