"""How an obstacle climbs: whose matter it is, and after how many working days it becomes that of whoever is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.permissions import ROLE_LABELS, Role
from implementor.foundation.words import Phrase, say

OWNER, LEAD, SPONSOR, COMMITTEE = "owner", "lead", "sponsor", "committee"
RUNGS: Mapping[str, Phrase] = {
    OWNER: say("Owner"),
    LEAD: ROLE_LABELS[Role.PROJECT_LEAD],
    SPONSOR: ROLE_LABELS[Role.SPONSOR],
    COMMITTEE: ROLE_LABELS[Role.COMMITTEE],
}
LADDERS: Mapping[str, tuple[str, ...]] = {
    "policy": (SPONSOR, COMMITTEE),
    "process": (OWNER, LEAD, COMMITTEE),
    "people": (OWNER, LEAD, COMMITTEE),
}
"""By kind: whose matter an obstacle is at once, and whose it becomes each time its clock ran out."""
USUAL_DAYS: Mapping[str, int] = {"critical": 1, "high": 2, "medium": 5, "low": 10}
"""By severity: working days on each rung, where a project says nothing else."""
LONGEST_CLOCK = 90


def first_rung(kind: str) -> str:
    """Whose matter an obstacle is as soon as it is raised."""
    return LADDERS[kind][0]


def next_rung(kind: str, rung: str) -> str | None:
    """Whose it becomes next; None at the top. A rung that the ladder of its kind lacks counts as the first."""
    ladder = LADDERS[kind]
    place = ladder.index(rung) if rung in ladder else 0
    return ladder[place + 1] if place + 1 < len(ladder) else None


def climbs_at(reached: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """When a rung's time is over: so many working days after it was reached, at the same time of day.

    Whatever is reached on a day off has its time from the next working day on. Days are those of UTC.
    """
    return reached + (calendar.day_after(reached.date(), days) - reached.date())


def days_open(opened: datetime, until: datetime) -> int:
    """Whole days that it stood in the way, weekends included; never less than none."""
    return max(timedelta(0), until - opened).days
