"""The funnel of leads: how far those came that were qualified in a month, and what passed the stages in a time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from implementor.crm.leads.lifecycle import ALL, CONVERTED, ENDS, MQL, SAL, SQL

REACHED = (SAL, SQL, CONVERTED)
"""The stages whose share of a cohort is told."""
MOST_MONTHS = 36


@dataclass(frozen=True)
class Month:
    """The days of a month that lie within the time asked for, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Cohort:
    """Leads that became MQL in a month: how many, and by stage how many came there, or beyond, within the days.

    `is_over` is false while some of them still have time left.
    """

    month: Month
    qualified: int
    counts: Mapping[str, int]
    is_over: bool

    def share(self, stage: str) -> float | None:
        """The part of all that came to a stage, 0 to 1; None where there is nobody to come."""
        return self.counts[stage] / self.qualified if self.qualified else None


def months_of(first: date, last: date) -> list[Month]:
    """The months from one day to another, clipped to these days; at most the latest `MOST_MONTHS`."""
    found: list[Month] = []
    day = last
    while day >= first and len(found) < MOST_MONTHS:
        found.append(Month(max(day.replace(day=1), first), day))
        day = day.replace(day=1) - timedelta(days=1)
    return found[::-1]


def month_end(day: date) -> date:
    """The last day of the month that a day is in."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def cohorts(
    months: Sequence[Month],
    furthest: Mapping[tuple[int, str], int],
    ended: Mapping[tuple[int, str], int],
    *,
    days: int,
    today: date,
) -> list[Cohort]:
    """One cohort for each month.

    `furthest`: (number of the month, stage) -> how many came exactly so far within the days; `ended`: the same of those
    that were recycled or lost within them, whatever became of them afterwards. Each lead counts once in each cycle.
    """
    found = []
    for number, month in enumerate(months):
        counts = {stage: sum(furthest.get((number, each), 0) for each in beyond) for stage, beyond in _BEYOND.items()}
        counts |= {stage: ended.get((number, stage), 0) for stage in ENDS}
        found.append(Cohort(month, counts[MQL], counts, month.last + timedelta(days=days) < today))
    return found


_COUNTED = (MQL, *REACHED)
_BEYOND: Mapping[str, tuple[str, ...]] = {stage: _COUNTED[place:] for place, stage in enumerate(_COUNTED)}


def flow(entered: Mapping[str, tuple[int, int]]) -> list[tuple[str, int, int]]:
    """(stage, how often leads came into it, how many leads did), in the order of the way."""
    return [(stage, *entered.get(stage, (0, 0))) for stage in ALL]
