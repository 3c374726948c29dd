"""How two groups differ: published figures, and what must hold of any."""

from decimal import Decimal
from itertools import product
from random import Random
from statistics import median

import pytest

from implementor.metrics.comparing import FEW, counts_apart, shares_apart, values_apart


def test_shares_are_apart_as_newcombe_has_it() -> None:
    bounds = shares_apart((48, 80), (56, 70))
    assert bounds is not None
    assert [round(float(one), 2) for one in (bounds.typical, bounds.low, bounds.high)] == [20.0, 5.24, 33.39]
    assert bounds.tells_apart
    assert shares_apart((3, FEW - 1), (30, 70)) is None


def test_counts_are_apart_by_their_own_spread() -> None:
    bounds = counts_apart(100, 144)
    assert bounds is not None
    assert (round(bounds.low, 2), round(bounds.high, 2)) == (Decimal("13.38"), Decimal("74.62"))
    assert counts_apart(3, 4) is None


@pytest.mark.parametrize("seed", range(12))
def test_values_are_apart_by_the_median_of_all_differences_whatever_one_of_them_is(seed: int) -> None:
    chance = Random(seed)  # test data
    first, second = ([Decimal(chance.randint(-50, 80)) for _ in range(chance.randint(FEW, 25))] for _ in range(2))
    bounds = values_apart(first, second)
    assert bounds is not None
    assert bounds.typical == median(b - a for a, b in product(first, second))
    assert bounds.low <= bounds.typical <= bounds.high
    moved = values_apart(first, [one + 7 for one in second])
    assert moved is not None
    assert (moved.low, moved.typical, moved.high) == (bounds.low + 7, bounds.typical + 7, bounds.high + 7)
    turned = values_apart(second, first)
    assert turned is not None
    assert (turned.low, turned.typical, turned.high) == (-bounds.high, -bounds.typical, -bounds.low)
    far = values_apart(first, [*sorted(second)[:-1], Decimal(10**9)])
    assert far is not None
    assert far.high < 10**6


def test_bounds_of_values_hold_the_truth_about_as_often_as_they_say() -> None:
    chance, held = Random(5), 0  # test data
    for _ in range(300):
        first, second = ([Decimal(chance.gauss(mean, 4)) for _ in range(15)] for mean in (10, 13))
        bounds = values_apart(first, second)
        assert bounds is not None
        held += bounds.low <= 3 <= bounds.high
    assert 0.91 <= held / 300 <= 0.99


def test_few_are_not_compared() -> None:
    assert values_apart([Decimal(1)] * (FEW - 1), [Decimal(2)] * 40) is None
