"""A moment as it is read where something is held, for mails and for readers in another zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def moment_there(at: datetime, zone: str) -> str:
    """Day and hour on the clocks of a zone, with its name, alike in every language."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"


def differs(at: datetime, zone: str, other: object) -> bool:
    """Whether clocks of a zone show another time at this moment than those of another zone."""
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(ZoneInfo(str(other))).utcoffset()
