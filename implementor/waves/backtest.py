"""Backtest: what a forecast would have stated before each past period, against what the period then brought."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from implementor.waves.forecast import SHARES, draws_from

EARLIER = 6
"""Periods of the same team that a forecast needs before it is judged."""
SEED = 1
GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class Trial:
    """One period of a team: what it did, and its place in the odds stated before it (0 the lowest, 1 the highest)."""

    team: str
    period: int
    done: float
    place: float

    def holds(self, share: int) -> bool:
        """Whether it brought at least what was stated with a chance of `share` per cent."""
        return self.place >= 1 - share / 100


@dataclass(frozen=True)
class Coverage:
    """How often what was stated came true: `kept` maps the stated per cents to the per cents observed."""

    count: int
    kept: Mapping[int, float]


def trials(histories: Mapping[str, Sequence[tuple[int, float]]], *, seed: int = SEED) -> list[Trial]:
    """Walk forward through each team's (period, quantity), oldest first, with EARLIER or more periods behind a trial.

    Where the quantity equals stated ones, its place among them is left to chance: steps of the golden ratio from a
    start thrown by `seed`, which spread ties more evenly than a throw for each.
    """
    start = random.Random(seed).random()  # nosec B311  # noqa: S311  # ties, repeatable
    found: list[Trial] = []
    for team, periods in histories.items():
        done = [quantity for _number, quantity in periods]
        for place in range(EARLIER, len(periods)):
            less, same = draws_from(done[:place]).chance_below(done[place])
            found.append(Trial(team, periods[place][0], done[place], less + (start + len(found) * GOLDEN) % 1 * same))
    return found


def coverage(tried: Iterable[Trial]) -> Coverage:
    """The share of trials that brought what was stated, for each stated chance; zeros where nothing was tried."""
    rows = list(tried)
    kept = {share: 100 * sum(row.holds(share) for row in rows) / len(rows) if rows else 0.0 for share in SHARES}
    return Coverage(len(rows), kept)


def by_team(tried: Iterable[Trial]) -> dict[str, Coverage]:
    """The same for each team, in the order of their names."""
    teams: dict[str, list[Trial]] = {}
    for row in tried:
        teams.setdefault(row.team, []).append(row)
    return {team: coverage(teams[team]) for team in sorted(teams)}
