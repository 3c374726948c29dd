"""What a budget will have cost in the end by what is written down month by month, before any index is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MonthAmounts:
    """Amounts of one month in minor units of one currency; None where nothing was written down."""

    planned: int = 0
    committed: int = 0
    actual: int | None = None
    forecast: int | None = None

    @property
    def expected(self) -> int:
        """What the month is thought to cost: its forecast, else its plan, but no less than what is committed."""
        said = self.forecast if self.forecast is not None else self.planned
        return max(said, self.committed)


def month_cost(month: date, amounts: MonthAmounts, *, on: date) -> int:
    """What a month costs seen from a day.

    What is over costs what was paid; what is to come what is expected; the present month the larger of both, because
    its invoices are still coming.
    """
    present = first_of_month(on)
    if month < present:
        return amounts.actual or 0
    if month == present:
        return max(amounts.actual or 0, amounts.expected)
    return amounts.expected


def at_completion(months: Mapping[date, MonthAmounts], *, on: date) -> int:
    """The forecast at completion: the costs of all months seen from a day."""
    return sum(month_cost(month, amounts, on=on) for month, amounts in months.items())


def first_of_month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + (month.month == 12), month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from that of one day to that of another, both included."""
    month, found = first_of_month(first), []
    while month <= last:
        found.append(month)
        month = next_month(month)
    return found
