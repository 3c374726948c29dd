"""How two groups differ in a figure, and between which bounds that difference lies; too few are not compared.

Shares: the hybrid score interval of Newcombe (1998, method 10) from two Wilson intervals. Values: the shift of Hodges
and Lehmann, the median of all differences between one of each group, with Moses' interval from the order of those,
which no single large value moves far. Counts of equally long stretches: the normal interval of the difference of
two Poisson counts. All bounds are of 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, sqrt

Z = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % on each side."""
FEW = 8
"""With fewer on either side no bounds are told."""


@dataclass(frozen=True)
class Bounds:
    """What the second group has more than the first: a typical difference, at least `low` and at most `high`."""

    typical: Decimal
    low: Decimal
    high: Decimal

    @property
    def tells_apart(self) -> bool:
        """Whether no difference at all lies outside of the bounds."""
        return self.low > 0 or self.high < 0


def shares_apart(first: tuple[int, int], second: tuple[int, int]) -> Bounds | None:
    """Two shares (part, whole), the difference in points of a hundred; None where either whole is too small."""
    if min(first[1], second[1]) < FEW:
        return None
    (was, low_was, high_was), (became, low_became, high_became) = _wilson(*first), _wilson(*second)
    difference = became - was
    down = sqrt((became - low_became) ** 2 + (high_was - was) ** 2)
    up = sqrt((high_became - became) ** 2 + (was - low_was) ** 2)
    return Bounds(*(_exact(100 * one) for one in (difference, difference - down, difference + up)))


def counts_apart(first: int, second: int) -> Bounds | None:
    """How many there were in two stretches of the same length; None where both together are too few."""
    if first + second < FEW:
        return None
    away = Z * sqrt(first + second)
    return Bounds(*(_exact(one) for one in (second - first, second - first - away, second - first + away)))


def values_apart(first: Sequence[Decimal], second: Sequence[Decimal]) -> Bounds | None:
    """Two groups of values, the shift from the first to the second; None where either is too small."""
    m, n = len(first), len(second)
    if min(m, n) < FEW:
        return None
    apart = sorted(after - before for before in first for after in second)
    outside = max(floor(m * n / 2 - Z * sqrt(m * n * (m + n + 1) / 12)), 1)
    return Bounds(_middle(apart), apart[outside - 1], apart[m * n - outside])


def _wilson(part: int, whole: int) -> tuple[float, float, float]:
    """A share with the bounds of Wilson's interval, 0 to 1."""
    share = part / whole
    middle = share + Z * Z / (2 * whole)
    away = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    scale = 1 + Z * Z / whole
    return share, max((middle - away) / scale, 0.0), min((middle + away) / scale, 1.0)


def _middle(ordered: Sequence[Decimal]) -> Decimal:
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _exact(value: float) -> Decimal:
    return Decimal(str(round(value, 6)))
