"""How long what was learned counts: the last day of a certificate, and who was trained shortly before going live."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

RECENT_DAYS = 21
TRAINED_PERCENT = 95
"""How many of a wave are to be trained so shortly before it goes live, where a gate says nothing else."""
WARNING_DAYS = 30
"""So many days before a certificate runs out its holder and the change lead hear of it: time to find a session."""


def valid_until(trained_on: date, months: int | None) -> date | None:
    """The last day on which a certificate counts; None counts for good. The 31st becomes the last of a short month."""
    if months is None:
        return None
    number = trained_on.year * 12 + trained_on.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(trained_on.day, monthrange(year, month + 1)[1]))


def is_recent(trained_on: date | None, live_on: date, *, within: int = RECENT_DAYS) -> bool:
    """Whether somebody was trained on the day of going live or at most `within` days before it."""
    return trained_on is not None and 0 <= (live_on - trained_on).days <= within
