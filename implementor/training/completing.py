"""What a score or a result makes of somebody's part in a course, and on which day it was."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from implementor.training.models import ATTENDED, COMPLETED, THERE

GOOD_RESULTS = ("distinction", "passed")


def has_completed(pass_mark: int, score_after: int | None, result: str | None) -> bool:
    """Whether the course counts: by its result where it gives one, else by points; a mark of 0 asks for presence."""
    if result is not None:
        return result in GOOD_RESULTS
    return pass_mark == 0 if score_after is None else score_after >= pass_mark


def state_after(state: str, pass_mark: int, score_after: int | None, result: str | None) -> str:
    """The state of a part once scores or results are known; who was not there stays so."""
    if state not in THERE:
        return state
    return COMPLETED if has_completed(pass_mark, score_after, result) else ATTENDED


def state_when_told(state: str, pass_mark: int, score_after: int | None, result: str | None) -> str:
    """The same where another system tells the end of it: whoever has one was there; a score before says nothing."""
    if score_after is None and result is None:
        return state
    return state_after(ATTENDED, pass_mark, score_after, result)


def day_of(starts_at: datetime, zone: str) -> date:
    """The day of a session where it is held."""
    return starts_at.astimezone(ZoneInfo(zone)).date()
