"""Forecasts hold against an exact computation of the same odds, and against what real teams then did."""

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.foundation.errors import Refusal
from implementor.waves.backtest import EARLIER, by_team, coverage, trials
from implementor.waves.forecast import HALF_LIFE, SHARES, draws_between, draws_from, simulate
from implementor.waves.history_file import histories_from

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "history"
WEEKS = st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any)
GRID = 8
"""Quantities are eighths: weeks that were never seen lie between those that were."""


def exact(past: Sequence[int], weeks: int) -> dict[int, float]:
    """The chance of every sum of so many weeks, in eighths, by adding up all that can happen."""
    weights: dict[int, float] = {}
    least, most = min(past), max(past)
    for place, done in enumerate(past):
        age = len(past) - 1 - place
        weights[done * GRID] = weights.get(done * GRID, 0) + 2 ** (-age / HALF_LIFE)
    for eighth in (1, 3, 5, 7):
        for value in (least * eighth, most * GRID + (most - least or max(most, 1)) * eighth):
            weights[value] = weights.get(value, 0) + 1 / 8
    whole = sum(weights.values())
    sums = {0: 1.0}
    for _week in range(weeks):
        after: dict[int, float] = {}
        for before, chance in sums.items():
            for value, weight in weights.items():
                after[before + value] = after.get(before + value, 0) + chance * weight / whole
        sums = after
    return sums


@settings(max_examples=15, deadline=None)
@given(past=WEEKS, weeks=st.integers(1, 6), quantity=st.integers(1, 40), seed=st.integers(0, 9))
def test_the_odds_are_those_that_adding_up_everything_gives(
    past: list[int], weeks: int, quantity: int, seed: int
) -> None:
    made = simulate(draws_from(past), float(quantity), seed=seed)
    weeks = min(weeks, len(made.weeks))  # it ends when nearly every run has done it, and what comes later is not played
    stated = made.chance(quantity, weeks)
    odds = sum(chance for done, chance in exact(past, weeks).items() if done >= quantity * GRID)
    # four standard errors of ten thousand runs
    assert stated == pytest.approx(odds, abs=4 * (0.25 / 10_000) ** 0.5)


@settings(max_examples=20, deadline=None)
@given(past=WEEKS, quantity=st.integers(1, 60), seed=st.integers(0, 99))
def test_more_certainty_more_stories_and_fewer_people_never_come_earlier(
    past: list[int], quantity: int, seed: int
) -> None:
    draws = draws_from(past)
    made = simulate(draws, float(quantity), seed=seed)
    assert made == simulate(draws, float(quantity), seed=seed)
    dates = [made.weeks_for(quantity, share) or 0.0 for share in SHARES]
    assert dates == sorted(dates)
    assert all(
        (made.weeks_for(quantity / 2, share) or 0) <= (made.weeks_for(quantity, share) or 999) for share in SHARES
    )
    fewer = simulate(draws, float(quantity), seed=seed, capacity=0.5)
    assert all((fewer.weeks_for(quantity, share) or 999) >= when for share, when in zip(SHARES, dates, strict=True))
    for share, when in zip(SHARES, dates, strict=True):
        assert made.chance(quantity, when + 1) >= share / 100
        assert made.done_by(5, share) <= made.done_by(6, share)


def test_a_scope_that_doubles_takes_as_long_as_one_twice_as_large() -> None:
    draws = draws_from([3, 5, 2, 4])
    grown = simulate(draws, 20.0, seed=1, growth=(2.0,))
    twice = simulate(draws, 40.0, seed=1)
    assert [grown.weeks_for(20, share) for share in SHARES] == [twice.weeks_for(40, share) for share in SHARES]


def test_nothing_that_is_done_is_never_done_and_nothing_left_is_done_now() -> None:
    never = simulate(draws_between(0, 0, 0), 3.0, seed=1)
    assert (never.weeks_for(3, 50), never.chance(3, 100)) == (None, 0.0)
    assert (never.weeks_for(0, 95), never.chance(0, 0)) == (0.0, 1.0)
    with pytest.raises(ValueError, match="no past"):
        draws_from([])


@given(low=st.integers(0, 20), likely=st.integers(0, 20), high=st.integers(0, 20))
def test_three_estimates_have_the_mean_of_pert(low: int, likely: int, high: int) -> None:
    low, likely, high = sorted((low, likely, high))
    draws = draws_between(low, likely, high)
    mean = sum(v * w for v, w in zip(draws.values, draws.weights, strict=True)) / sum(draws.weights)
    assert mean == pytest.approx((low + 4 * likely + high) / 6, abs=0.02 * (high - low) + 0.001)


@pytest.mark.parametrize("teams", ["apache", "mongodb"])
@pytest.mark.parametrize("quantity", ["issues", "points"])
def test_of_real_teams_as_many_forecasts_hold_as_were_stated(app: Flask, teams: str, quantity: str) -> None:
    path = REAL / f"{teams}_sprints.csv"
    said = app.test_cli_runner().invoke(
        args=["forecast", "backtest", "--history", str(path), "--quantity", quantity, "--json"]
    )
    told = json.loads(said.output)
    with path.open(encoding="utf-8", newline="") as lines:
        counts: dict[str, int] = {}
        for row in csv.DictReader(lines):
            counts[row["team"]] = counts.get(row["team"], 0) + 1
    assert told["n"] == sum(max(count - EARLIER, 0) for count in counts.values())
    assert all(abs(told["coverage"][str(share)] - share) <= 5 for share in SHARES), told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_invented_teams_too(seed: int) -> None:
    dice = random.Random(seed)
    teams = {
        f"t{team}": [(week, float(max(0, round(dice.gauss(4 + team % 9, 3))))) for week in range(30)]
        for team in range(40)
    }
    found = trials(teams)
    kept = coverage(found)
    assert kept.count == 40 * 24
    assert all(abs(kept.kept[share] - share) <= 5 for share in SHARES), kept
    assert sum(one.count for one in by_team(found).values()) == kept.count


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("team,period\nA,1\n", "no column issues_done"),
        ("team,period,issues_done\nA,1,-2\n", "Row 2, column issues_done: -2"),
        ("team,period,issues_done\nA,x,2\n", "Row 2, column period: x"),
        ("team,period,issues_done\nA,1,\n", "Row 2, column issues_done: –"),
        ("team,period,issues_done\nA,1,nan\n", "nan is no number"),
        ("team,period,issues_done\nA,1,2\nA,1,3\n", "Row 3 repeats period 1"),
    ],
)
def test_a_history_that_cannot_be_read_says_where(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        histories_from(text.splitlines(keepends=True), quantity="issues")
