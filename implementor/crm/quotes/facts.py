"""What happens to a quote, in which order, and what it stands at on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

SENT, ACCEPTED, REFUSED, SUPERSEDED = "sent", "accepted", "refused", "superseded"
FACTS = (SENT, ACCEPTED, REFUSED, SUPERSEDED)
DRAFT, EXPIRED = "draft", "expired"
STATES = (DRAFT, *FACTS)
"""What is stored; that a quote is expired follows from its day, so nothing needs to write it down."""
STANDINGS = (DRAFT, SENT, EXPIRED, ACCEPTED, REFUSED, SUPERSEDED)
RENEWED = (SENT, EXPIRED, REFUSED)
"""Standings that a new version takes over from."""


def state_of(known: Collection[str]) -> str:
    """The state that the facts make: the furthest of them."""
    return next((kind for kind in reversed(FACTS) if kind in known), DRAFT)


def standing_on(state: str, valid_until: date, day: date) -> str:
    """What a quote stands at on a day: one that was sent holds through its last day and is expired after it."""
    return EXPIRED if state == SENT and valid_until < day else state


def possible_next(standing: str) -> tuple[str, ...]:
    """The facts that can be noted by hand now; a new version notes the last one itself."""
    return {DRAFT: (SENT,), SENT: (ACCEPTED, REFUSED), EXPIRED: (REFUSED,)}.get(standing, ())
