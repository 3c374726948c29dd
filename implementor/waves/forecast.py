"""Forecast: when a scope will be done, simulated by drawing again and again from what past periods brought."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import ceil

RUNS = 10_000
SHARES = (50, 70, 85, 95)
"""Chances, in per cent, for which dates and quantities are stated."""
WINDOW = 12
"""Periods that are remembered."""
HALF_LIFE = 4
"""After so many periods a past one counts half: teams change (docs/decisions/forecast.md)."""
FEWEST = 4
"""Periods below which the past says too little."""
LONGEST = 260
"""Weeks after which a forecast says "not within": five years."""
STEPS = 4


@dataclass(frozen=True)
class Draws:
    """What one period may bring: quantities and how often each is drawn (weights add up to anything)."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def chance_below(self, quantity: float) -> tuple[float, float]:
        """The chance of less than `quantity`, and of exactly as much."""
        whole = sum(self.weights)
        less = sum(weight for value, weight in zip(self.values, self.weights, strict=True) if value < quantity)
        same = sum(weight for value, weight in zip(self.values, self.weights, strict=True) if value == quantity)
        return less / whole, same / whole


def draws_from(past: Sequence[float]) -> Draws:
    """The periods of `past` (oldest first, zeros included), later ones oftener, and room for what was never seen.

    As much weight as the latest period has goes half below the least (down to nothing) and half above the most (as far
    again as the span): of n past values a new one is the lowest or highest in 2 of n + 1 cases, which plain drawing
    denies. Raises ValueError where nothing is past.
    """
    recent = [float(value) for value in past[-WINDOW:]]
    if not recent:
        raise ValueError("no past period")
    weights = [0.5 ** ((len(recent) - 1 - place) / HALF_LIFE) for place in range(len(recent))]
    least, most = min(recent), max(recent)
    span = most - least or max(most, 1.0)
    places = [(step + 0.5) / STEPS for step in range(STEPS)]
    unseen = [least * place for place in places] + [most + span * place for place in places]
    return Draws((*recent, *unseen), (*weights, *([0.5 / STEPS] * len(unseen))))


def draws_between(low: float, likely: float, high: float) -> Draws:
    """What three estimates of a period allow: PERT's weights, (low + 4 likely + high) / 6, over a grid between them."""
    steps = 20
    values = [low + (high - low) * (step + 0.5) / steps for step in range(steps)]
    span = high - low
    if span <= 0:
        return Draws((likely,), (1.0,))
    rise, fall = 1 + 4 * (likely - low) / span, 1 + 4 * (high - likely) / span
    shares = [(value - low) / span for value in values]
    return Draws(tuple(values), tuple(share ** (rise - 1) * (1 - share) ** (fall - 1) for share in shares))


@dataclass(frozen=True)
class Forecast:
    """Runs of the coming weeks: for each week how much every run had done by its end, in rising order."""

    weeks: tuple[tuple[float, ...], ...]
    seed: int

    def done_by(self, weeks: int, share: int) -> float:
        """How much is done after so many whole weeks with a chance of at least `share` per cent."""
        if weeks <= 0 or not self.weeks:
            return 0.0
        runs = self.weeks[min(weeks, len(self.weeks)) - 1]
        return runs[int(len(runs) * (100 - share) / 100)]

    def weeks_for(self, quantity: float, share: int) -> float | None:
        """Weeks, whole and part, until `quantity` is done with a chance of `share` per cent; None beyond the last."""
        if quantity <= 0:
            return 0.0
        before = 0.0
        for number in range(1, len(self.weeks) + 1):
            done = self.done_by(number, share)
            if done >= quantity:
                return number - 1 + (quantity - before) / (done - before)
            before = done
        return None

    def chance(self, quantity: float, weeks: float) -> float:
        """The chance, 0 to 1, that `quantity` is done after `weeks`; between two whole weeks in equal parts."""
        if quantity <= 0:
            return 1.0
        if weeks <= 0:
            return 0.0
        whole = min(int(weeks), len(self.weeks))
        earlier = self._reached(quantity, whole)
        later = self._reached(quantity, min(whole + 1, len(self.weeks)))
        return earlier + (later - earlier) * min(weeks - whole, 1.0)

    def _reached(self, quantity: float, weeks: int) -> float:
        if weeks <= 0:
            return 0.0
        runs = self.weeks[weeks - 1]
        return 1 - bisect_left(runs, quantity) / len(runs)


@lru_cache(maxsize=64)
def simulate(
    draws: Draws, quantity: float, *, seed: int, growth: tuple[float, ...] = (1.0,), capacity: float = 1.0,
    runs: int = RUNS, longest: int = LONGEST,
) -> Forecast:  # fmt: skip
    """Play the coming weeks `runs` times, until nearly every run has done `quantity` or `longest` weeks have passed.

    `growth` holds what scopes became of what was promised (1.2 for a fifth more), one is drawn for each run; `capacity`
    is the share of a usual week that people have. Equal input gives equal output: `seed` starts the dice.
    """
    dice = random.Random(seed)  # nosec B311  # noqa: S311  # a simulation, no secret
    # a scope that grows by a factor is reached as one that does not, by runs that are slower by it
    pace = [capacity / grown for grown in dice.choices(growth, k=runs)]
    totals = [0.0] * runs
    bounds = list(accumulate(draws.weights))
    weeks: list[tuple[float, ...]] = []
    enough = ceil(runs * (100 - max(SHARES)) / 100 / 2)
    while len(weeks) < longest:
        drawn = dice.choices(draws.values, cum_weights=bounds, k=runs)
        totals = [done + value * factor for done, value, factor in zip(totals, drawn, pace, strict=True)]
        weeks.append(tuple(sorted(totals)))
        if weeks[-1][enough] >= quantity or not any(draws.values):
            break
    return Forecast(tuple(weeks), seed)
