"""Where a metric stands follows from the line to its target; the trend is not moved by one odd measurement."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.metrics.standing import (
    Goal,
    Reading,
    bounds_on,
    share_of_way,
    standing,
    trend,
    value_on,
)

BEGUN, DUE = date(2026, 1, 1), date(2026, 4, 11)
"""A hundred days."""
DOWN = Goal("down", Decimal(50), BEGUN, Decimal(40), None, DUE, Decimal("0.1"))
UP = Goal("up", Decimal(20), BEGUN, Decimal(30), None, DUE, Decimal("0.1"))
RANGE = Goal("range", Decimal(10), BEGUN, Decimal(20), Decimal(30), DUE, Decimal("0.1"))
busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
values = st.decimals(-10_000, 10_000, places=2)
offsets = st.integers(0, 150)


def read(value: str, after: int = 50) -> list[Reading]:
    return [Reading(BEGUN + timedelta(days=after), Decimal(value))]


@pytest.mark.parametrize(
    ("goal", "value", "state"),
    [
        (DOWN, "45", "on_target"), (DOWN, "45.9", "amber"), (DOWN, "46", "amber"), (DOWN, "46.1", "off"),
        (DOWN, "30", "on_target"), (UP, "25", "on_target"), (UP, "24", "amber"), (UP, "23.9", "off"),
        (RANGE, "15", "on_target"), (RANGE, "14", "amber"), (RANGE, "13.9", "off"), (RANGE, "30", "on_target"),
        (RANGE, "31", "amber"), (RANGE, "31.1", "off"),
    ],
)  # fmt: skip
def test_half_way_half_of_the_way_is_right(goal: Goal, value: str, state: str) -> None:
    assert standing(goal, read(value), on=BEGUN + timedelta(days=50)).state == state


def test_nothing_measured_or_nothing_to_compare_with_is_not_measured() -> None:
    assert standing(DOWN, [], on=DUE).state == "not_measured"
    assert standing(replace(DOWN, target=None), read("45"), on=DUE).state == "not_measured"
    assert standing(DOWN, read("45"), on=BEGUN).latest is None


@pytest.mark.parametrize(
    "goal", [replace(DOWN, baseline=None), replace(DOWN, baseline_on=None), replace(DOWN, due_on=None)]
)
def test_without_a_line_the_target_holds_at_once(goal: Goal) -> None:
    assert bounds_on(goal, BEGUN) == (None, Decimal(40))
    assert standing(goal, read("45"), on=BEGUN + timedelta(days=50)).state == "off"


def test_a_margin_without_a_way_is_a_share_of_the_target() -> None:
    goal = replace(DOWN, baseline=None)
    assert standing(goal, read("44"), on=DUE).state == "amber"
    assert standing(goal, read("44.1"), on=DUE).state == "off"


def test_the_trend_leads_to_the_due_day_worked_by_hand() -> None:
    readings = [Reading(BEGUN + timedelta(days=day), Decimal(value)) for day, value in ((0, 50), (20, 48), (40, 46))]
    found = standing(DOWN, readings, on=BEGUN + timedelta(days=40))
    assert (found.projected, found.projected_state) == (Decimal(40), "on_target")
    assert standing(DOWN, readings[:2], on=BEGUN + timedelta(days=40)).projected is None
    assert standing(DOWN, readings, on=DUE + timedelta(days=1)).projected is None


@busy_machine
@given(values, st.decimals(-100, 100, places=2), st.lists(st.integers(0, 400), min_size=5, max_size=12, unique=True))
def test_a_straight_line_is_found_and_one_odd_value_in_five_does_not_move_it(
    start: Decimal, slope: Decimal, days: list[int]
) -> None:
    days = sorted(days)
    readings = [Reading(BEGUN + timedelta(days=day), start + slope * day) for day in days]
    end = DUE + timedelta(days=500)
    straight = start + slope * (end - BEGUN).days
    odd = [*readings[:-1], replace(readings[-1], value=readings[-1].value + 100_000)]
    for known in (readings, odd):
        found = trend(known)
        assert found is not None
        assert abs(value_on(found, end) - straight) < Decimal("0.0001")


@busy_machine
@given(values, values, offsets)
def test_the_bounds_begin_at_the_baseline_end_at_the_target_and_never_leave_the_way(
    baseline: Decimal, target: Decimal, after: int
) -> None:
    goal = replace(UP if target >= baseline else DOWN, baseline=baseline, target=target)
    bound = next(one for one in bounds_on(goal, BEGUN + timedelta(days=after)) if one is not None)
    assert min(baseline, target) <= bound <= max(baseline, target)
    if after >= 100:
        assert bound == target
    if after == 0:
        assert bound == baseline


@busy_machine
@given(st.sampled_from((UP, DOWN)), values, values, offsets)
def test_a_better_value_never_stands_worse(goal: Goal, one: Decimal, other: Decimal, after: int) -> None:
    order = ("off", "amber", "on_target")
    day = BEGUN + timedelta(days=after)
    worse, better = sorted((one, other), reverse=goal.direction == "down")
    states = [standing(goal, [Reading(day, value)], on=day).state for value in (worse, better)]
    assert order.index(states[0]) <= order.index(states[1])


@busy_machine
@given(values)
def test_the_mirror_of_a_metric_stands_alike(value: Decimal) -> None:
    mirrored = replace(UP, direction="down", baseline=Decimal(-20), target=Decimal(-30))
    day = BEGUN + timedelta(days=30)
    states = {
        standing(goal, [Reading(day, number)], on=day).state for goal, number in ((UP, value), (mirrored, -value))
    }
    assert len(states) == 1


def test_the_share_of_the_way() -> None:
    assert share_of_way(DOWN, Decimal(45)) == Decimal("0.5")
    assert share_of_way(UP, Decimal(35)) == Decimal("1.5")
    assert share_of_way(RANGE, Decimal(15)) is None
    assert share_of_way(replace(UP, baseline=Decimal(30)), Decimal(30)) is None
