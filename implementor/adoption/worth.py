"""What measured adoption made of the benefits that were planned: money won, and money lost to slow adoption.

Source: the human side of return (speed of adoption, ultimate utilisation, proficiency), as realised benefit = planned
x utilisation x proficiency x (days adopted / days planned). Speed is in the utilisation, which is the mean of the days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

YEAR, ONCE = "year", "once"
DAYS_OF_A_YEAR = 365
Use = Mapping[date, tuple[int, int]]
"""By day, how many people wrote something in the 28 days that end with it, and of how many."""


@dataclass(frozen=True)
class Used:
    """Utilisation as a ratio over the days of which it is known; `days` are all of them."""

    ratio: Decimal
    known: int
    days: int


@dataclass(frozen=True)
class Worth:
    """What was planned until a day, and what of it was won, in minor units of one currency."""

    planned: int
    won: int

    @property
    def lost(self) -> int:
        """What slow adoption cost."""
        return self.planned - self.won


def time_share(rhythm: str, begins_on: date, due_on: date | None, on: date) -> Decimal | None:
    """How much of a benefit was to be there by a day, if everybody had worked with it since `begins_on`.

    What comes each year comes evenly, so it is more than 1 after more than 365 days. What comes once comes evenly
    until the day it is due, and not any more after it; None where no such day is stated.
    """
    days = max((on - begins_on).days, 0)
    if rhythm == YEAR:
        return Decimal(days) / DAYS_OF_A_YEAR
    if due_on is None:
        return None
    planned = (due_on - begins_on).days
    return min(Decimal(days) / planned, Decimal(1)) if planned > 0 else Decimal(1)


def used_between(use: Use, first: date, last: date) -> Used | None:
    """Utilisation from the day after `first` to `last`: person-days in use of all; None where no day is known."""
    known = [pair for day, pair in use.items() if first < day <= last]
    people = sum(of for _active, of in known)
    if not people:
        return None
    return Used(Decimal(sum(active for active, _of in known)) / people, len(known), (last - first).days)


def worth_of(amount: int, share: Decimal, utilisation: Decimal, proficiency: Decimal) -> Worth:
    """What of an amount was planned by now and what was won, each rounded once, halves away from zero."""
    planned = amount * share
    return Worth(_whole(planned), _whole(planned * utilisation * proficiency))


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_UP))
