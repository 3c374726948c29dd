"""On which day a session of a file was held, from what the file calls it."""

from __future__ import annotations

import re
from datetime import date

LETTERS = {"B": 2, "J": 10}
"""The Open University calls what begins in February 2013 “2013B” and what begins in October “2013J”."""
_CODE = re.compile(r"(\d{4})([BJ])")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day_in(name: str) -> date | None:
    """The day that a name tells: an ISO day anywhere in it, or the first of the month that its letter stands for."""
    code, day = _CODE.fullmatch(name.strip()), _DAY.search(name)
    try:
        if code is not None:
            return date(int(code[1]), LETTERS[code[2]], 1)
        return date(int(day[1]), int(day[2]), int(day[3])) if day is not None else None
    except ValueError:
        return None
