"""Targets as people write them: hours and minutes of open time."""

from __future__ import annotations

import re

from implementor.foundation.errors import Refusal
from implementor.foundation.text import clean_line
from implementor.foundation.words import say

LONGEST = 60 * 24 * 366
"""Minutes; a longer promise is a mistake."""
_WRITTEN = re.compile(
    r"(?:(\d{1,5}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|horas?))?\s*(?:(\d{1,6})\s*(?:m|min|mins|minutes?|minutos?))?",
    re.IGNORECASE,
)
_BARE = re.compile(r"(\d{1,5}(?:[.,]\d{1,2})?)()")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")


class BadDuration(Refusal):
    """What was typed is no time that could be promised."""


def read_duration(text: str) -> int | None:
    """Minutes of "4", "4 h", "1.5 h", "2 h 30 min", "45 min" or "1:30"; None for nothing. Raises BadDuration."""
    line = clean_line(text)
    if not line:
        return None
    clock, written = _CLOCK.fullmatch(line), _BARE.fullmatch(line) or _WRITTEN.fullmatch(line)
    if clock is not None:
        minutes = int(clock[1]) * 60 + int(clock[2])
    elif written is not None and (written[1] or written[2]):
        minutes = round(float((written[1] or "0").replace(",", ".")) * 60) + int(written[2] or 0)
    else:
        raise BadDuration(say("“%(text)s” is no time. Write hours and minutes, such as 4 h or 30 min.", text=line[:40]))
    if not 0 < minutes <= LONGEST:
        raise BadDuration(say("A target is between one minute and a year."))
    return minutes


def write_duration(minutes: int) -> str:
    """Minutes as `read_duration` reads them, the same in every language."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)
