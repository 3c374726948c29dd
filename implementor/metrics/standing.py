"""Where a metric stands: against the line from its baseline to its target today, and where its trend leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from statistics import median

ON_TARGET, AMBER, OFF, NOT_MEASURED = "on_target", "amber", "off", "not_measured"
FEWEST, MOST = 3, 60
"""Days with a measurement that a trend needs, and how many of the last ones it looks at."""
Bounds = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest value that is right; None for no bound."""


@dataclass(frozen=True)
class Goal:
    """From which value to which by when; `direction` is up, down or range (between `target` and `target_top`).

    `margin` is the share of the way that may be missing before amber becomes off.
    """

    direction: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_top: Decimal | None
    due_on: date | None
    margin: Decimal


@dataclass(frozen=True)
class Reading:
    """A value measured on a day."""

    day: date
    value: Decimal


@dataclass(frozen=True)
class Standing:
    """How a metric stands; `expected` is the bound nearest to it today, `projected` the trend's value on the due day.

    `share` is how much of the way from baseline to target is gone: 0 at the baseline, 1 at the target.
    """

    state: str
    latest: Reading | None = None
    expected: Decimal | None = None
    projected: Decimal | None = None
    projected_state: str = NOT_MEASURED
    share: Decimal | None = None


def standing(goal: Goal, readings: Sequence[Reading], *, on: date) -> Standing:
    """Where the last reading stands on a day. `readings` in the order of their days; the last of a day counts."""
    known = [one for one in readings if one.day <= on]
    if not known or goal.target is None:
        return Standing(NOT_MEASURED, known[-1] if known else None)
    last = known[-1]
    bounds = bounds_on(goal, on)
    projected = _projected(goal, known, on)
    return Standing(
        state_of(goal, last.value, bounds),
        last,
        nearest(bounds, last.value),
        projected,
        NOT_MEASURED if projected is None else state_of(goal, projected, final_bounds(goal)),
        share_of_way(goal, last.value),
    )


def bounds_on(goal: Goal, day: date) -> Bounds:
    """What is right on a day: beyond the line from the baseline to the target, which is straight.

    Without a baseline or a day for either end the target holds at once; a range is entered from the baseline's side.
    """
    low, high = final_bounds(goal)
    return (
        None if low is None else _on_line(goal, low, day, rising=True),
        None if high is None else _on_line(goal, high, day, rising=False),
    )


def final_bounds(goal: Goal) -> Bounds:
    """What is right at the due day."""
    if goal.direction == "up":
        return goal.target, None
    if goal.direction == "down":
        return None, goal.target
    return goal.target, goal.target if goal.target_top is None else goal.target_top


def state_of(goal: Goal, value: Decimal, bounds: Bounds) -> str:
    """On target within the bounds, amber as far beyond them as the margin tolerates, else off."""
    missing = _missing(value, bounds)
    if missing <= 0:
        return ON_TARGET
    return AMBER if missing <= goal.margin * _way(goal) else OFF


def nearest(bounds: Bounds, value: Decimal) -> Decimal | None:
    """The bound that a value is measured against."""
    known = [bound for bound in bounds if bound is not None]
    return min(known, key=lambda bound: abs(bound - value)) if known else None


def share_of_way(goal: Goal, value: Decimal) -> Decimal | None:
    """How much of the way from the baseline to the target is gone; None for a range and where there is no way."""
    if goal.direction == "range" or goal.baseline is None or goal.target is None or goal.baseline == goal.target:
        return None
    return (value - goal.baseline) / (goal.target - goal.baseline)


def trend(readings: Sequence[Reading]) -> tuple[Decimal, Decimal, date] | None:
    """Slope a day, value at a day and that day, by Theil and Sen; None for fewer than `FEWEST` days.

    The slope is the median of the slopes between all pairs of days, the value the median of what remains, so one
    odd measurement in four moves neither (H. Theil 1950; P. K. Sen, "Estimates of the regression coefficient based on
    Kendall's tau", JASA 63, 1968).
    """
    by_day = {one.day: one.value for one in readings}
    days = sorted(by_day)[-MOST:]
    if len(days) < FEWEST:
        return None
    first = days[0]
    slopes = [(by_day[later] - by_day[earlier]) / (later - earlier).days for earlier, later in combinations(days, 2)]
    slope = median(slopes)
    start = median(by_day[day] - slope * (day - first).days for day in days)
    return slope, start, first


def value_on(line: tuple[Decimal, Decimal, date], day: date) -> Decimal:
    """The value of a trend on a day."""
    slope, start, first = line
    return start + slope * (day - first).days


def _projected(goal: Goal, readings: Sequence[Reading], on: date) -> Decimal | None:
    if goal.due_on is None or goal.due_on < on:
        return None
    found = trend(readings)
    return None if found is None else value_on(found, goal.due_on)


def _on_line(goal: Goal, end: Decimal, day: date, *, rising: bool) -> Decimal:
    baseline, begun, due = goal.baseline, goal.baseline_on, goal.due_on
    if baseline is None or begun is None or due is None or due <= begun or day >= due:
        return end
    begin = min(baseline, end) if rising else max(baseline, end)
    gone = max((day - begun).days, 0)
    return begin + (end - begin) * gone / (due - begun).days


def _missing(value: Decimal, bounds: Bounds) -> Decimal:
    low, high = bounds
    below = Decimal(0) if low is None else low - value
    above = Decimal(0) if high is None else value - high
    return max(below, above, Decimal(0))


def _way(goal: Goal) -> Decimal:
    """The length of the way, or the width of a range, which the margin is a share of; else the size of the target."""
    low, high = final_bounds(goal)
    target = goal.target or Decimal(0)
    ends = [end for end in (low, high) if end is not None]
    way = Decimal(0) if goal.baseline is None else min(abs(goal.baseline - end) for end in ends)
    width = high - low if low is not None and high is not None else Decimal(0)
    return max(way, width) or abs(target)
