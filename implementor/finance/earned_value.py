"""Earned value: what the work that was due and the work that was validated are worth, against what they cost.

By the usual formulas: planned value from story points by the day their acceptance was planned for, earned value from
points of validated stories alone (all or nothing), both as a share of the budget; actual cost as it was written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

NOTHING = Decimal(0)
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class PlannedStory:
    """A story as the approved budget counts on it: its points, the day it should be validated (None: no day was
    planned), and whether it is."""

    points: Decimal
    due_on: date | None
    is_validated: bool


@dataclass(frozen=True)
class Points:
    """Points of a plan: all, those due by a day, and those that are validated."""

    total: Decimal = NOTHING
    due: Decimal = NOTHING
    validated: Decimal = NOTHING


@dataclass(frozen=True)
class EarnedValue:
    """Figures of one currency in minor units; None where a figure cannot be measured, never a guess.

    `budget` is the budget at completion (BAC), `planned` PV, `earned` EV, `actual` AC. Ratios have four decimals.
    """

    budget: int
    planned: int | None
    earned: int | None
    actual: int

    @property
    def cost_variance(self) -> int | None:
        """EV - AC: below zero, the work done cost more than it is worth."""
        return None if self.earned is None else self.earned - self.actual

    @property
    def schedule_variance(self) -> int | None:
        """EV - PV: below zero, less is done than was planned by now."""
        return None if self.earned is None or self.planned is None else self.earned - self.planned

    @property
    def cost_index(self) -> Decimal | None:
        """CPI = EV / AC: what is done for each unit of money spent."""
        return ratio(self.earned, self.actual)

    @property
    def schedule_index(self) -> Decimal | None:
        """SPI = EV / PV: what is done for each unit that was due."""
        return ratio(self.earned, self.planned)

    @property
    def at_completion(self) -> int | None:
        """EAC = BAC / CPI: what everything costs if the rest goes as it went so far."""
        return _share(self.budget, self.actual, self.earned)

    @property
    def at_completion_as_planned(self) -> int | None:
        """AC + (BAC - EV): what everything costs if the rest goes as planned."""
        return None if self.earned is None else self.actual + self.budget - self.earned

    @property
    def at_completion_if_late_costs(self) -> int | None:
        """AC + (BAC - EV) / (CPI * SPI): the pessimistic one, where being late costs as well."""
        if not self.earned or not self.planned:
            return None
        # (BAC - EV) / ((EV / AC) * (EV / PV)), in whole numbers until the one division
        rest = Decimal((self.budget - self.earned) * self.actual * self.planned) / (self.earned * self.earned)
        return self.actual + _whole(rest)

    @property
    def to_complete(self) -> int | None:
        """ETC = EAC - AC: what is still to be paid."""
        return None if self.at_completion is None else self.at_completion - self.actual

    @property
    def variance_at_completion(self) -> int | None:
        """VAC = BAC - EAC: below zero, the budget does not last."""
        return None if self.at_completion is None else self.budget - self.at_completion

    @property
    def to_complete_index(self) -> Decimal | None:
        """TCPI = (BAC - EV) / (BAC - AC): how well the rest must go for the budget to last; None once it is spent."""
        if self.earned is None or self.budget <= self.actual:
            return None
        return ratio(self.budget - self.earned, self.budget - self.actual)


def points_of(stories: Iterable[PlannedStory], *, on: date) -> Points:
    """The points of a plan on a day; a story without a day is due with none."""
    total = due = validated = NOTHING
    for story in stories:
        total += story.points
        due += story.points if story.due_on is not None and story.due_on <= on else NOTHING
        validated += story.points if story.is_validated else NOTHING
    return Points(total, due, validated)


def earned_value(*, budget: int, actual: int, points: Points | None) -> EarnedValue:
    """The figures of a budget in minor units; without points, or a budget, what depends on them is not measurable."""
    if points is None or points.total <= 0 or budget <= 0:
        return EarnedValue(budget, None, None, actual)
    return EarnedValue(
        budget,
        _whole(budget * points.due / points.total),
        _whole(budget * points.validated / points.total),
        actual,
    )


def ratio(part: int | None, whole: int | None) -> Decimal | None:
    """Part of whole to four decimals; None where there is nothing to divide by, or it is below zero."""
    if part is None or whole is None or whole <= 0:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(PLACES, ROUND_HALF_EVEN)


def spread(amount: int, count: int) -> list[int]:
    """An amount in `count` parts that differ by one minor unit at most and add up to it, the larger ones first."""
    least, rest = divmod(amount, count)
    return [least + (1 if place < rest else 0) for place in range(count)]


def _share(whole: int, part: int, of: int | None) -> int | None:
    """whole * part / of, rounded once."""
    return None if of is None or of <= 0 or part <= 0 else _whole(Decimal(whole * part) / of)


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_EVEN))
