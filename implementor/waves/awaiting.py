"""What waves wait for from other projects: from which wave on, when it is there, and what that does to the odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod

from implementor.waves.forecast import LONGEST, Forecast

TAIL = 1.5
"""So far beyond what is left runs are played, that chances of several projects together lose nothing at their end."""


@dataclass(frozen=True)
class Delivery:
    """Something that another project delivers, by the day it is needed and the one it is promised for.

    It is there on `there_on`, or, where that project has `left` stories to finish before, when its own `runs` are done.
    """

    what: str
    supplier_id: int
    needed_on: date
    promised_on: date | None
    there_on: date
    left: int = 0
    runs: Forecast | None = None

    def chance(self, weeks: float, day: date) -> float:
        """The chance, 0 to 1, that it is there at the end of `day`, which is so many weeks away."""
        if self.runs is None:
            return float(day >= self.there_on)
        return self.runs.chance(self.left, weeks)


def first_waiting(ends: Sequence[date | None], needed_on: date) -> int:
    """The place of the wave that needs it: the first that is built on that day, else the last."""
    return next((place for place, end in enumerate(ends) if end is None or end >= needed_on), len(ends) - 1)


def joint_chance(
    runs: Forecast, quantity: float, weeks: float, day: date, deliveries: Sequence[Delivery]
) -> float:  # fmt: skip
    """The chance that `quantity` is done and everything is there.

    The last of several independent things is over with the product of their chances, as the latest of each run says.
    """
    return runs.chance(quantity, weeks) * prod(one.chance(weeks, day) for one in deliveries)


def joint_day(
    runs: Forecast, quantity: float, share: int, deliveries: Sequence[Delivery], *, today: date, own: date | None
) -> date | None:
    """The first day from `own` on (that of the stories alone) with `share` per cent; None beyond LONGEST weeks."""
    if own is None:
        return None
    low, high = (own - today).days, LONGEST * 7
    if not _is_sure(runs, quantity, share, deliveries, today, high):
        return None
    while low < high:
        middle = (low + high) // 2
        if _is_sure(runs, quantity, share, deliveries, today, middle):
            high = middle
        else:
            low = middle + 1
    return today + timedelta(days=low)


def _is_sure(
    runs: Forecast, quantity: float, share: int, deliveries: Sequence[Delivery], today: date, days: int
) -> bool:
    day = today + timedelta(days=days)
    return joint_chance(runs, quantity, days / 7, day, deliveries) * 100 >= share
