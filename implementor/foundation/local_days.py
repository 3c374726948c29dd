"""Days as the reader counts them: the one that a moment falls on, and the one that an address names."""

from __future__ import annotations

from datetime import date, datetime

from implementor.foundation.words import speech

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Records of a CRM lie between them; a span that reaches beyond is a slip, and long to reckon."""


def local_day(at: datetime) -> date:
    """The day on which a moment falls where the reader is."""
    return at.astimezone(speech().zone).date()


def day_named(text: str | None) -> date | None:
    """The day that an address names, such as 2026-03-31, with a day before and after it; None for what names none."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def likely_day(text: str | None) -> date | None:
    """The day that an address names where records can be; None for any other."""
    day = day_named(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None
