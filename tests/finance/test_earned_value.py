"""Earned value follows the usual formulas, is worked by hand here, and says nothing where nothing can be measured."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.finance.earned_value import (
    EarnedValue,
    PlannedStory,
    Points,
    earned_value,
    points_of,
    ratio,
    spread,
)
from implementor.finance.forecast import MonthAmounts, at_completion, month_cost, months_between

busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
money = st.integers(0, 10**12)
shares = st.tuples(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(0, 10_000)).map(
    lambda parts: Points(Decimal(max(parts)), Decimal(parts[1]), Decimal(parts[2]))
)
EASTER, MIDSUMMER = date(2026, 4, 5), date(2026, 6, 24)


def story(points: str, due_on: date | None, validated: bool = False) -> PlannedStory:
    return PlannedStory(Decimal(points), due_on, validated)


def test_the_figures_worked_by_hand() -> None:
    """100,000.00 for 100 points: 40 were due, 30 are validated, 36,000.00 were paid."""
    stories = [story("30", EASTER, True), story("10", EASTER), story("50", MIDSUMMER), story("10", None)]
    points = points_of(stories, on=date(2026, 5, 1))
    assert points == Points(Decimal(100), Decimal(40), Decimal(30))
    found = earned_value(budget=100_000_00, actual=36_000_00, points=points)
    assert (found.planned, found.earned, found.actual) == (40_000_00, 30_000_00, 36_000_00)
    assert (found.cost_variance, found.schedule_variance) == (-6_000_00, -10_000_00)
    assert (found.cost_index, found.schedule_index) == (Decimal("0.8333"), Decimal("0.7500"))
    assert found.at_completion == 120_000_00  # 100,000 / (30 / 36)
    assert found.at_completion_as_planned == 106_000_00  # 36,000 + 70,000
    assert found.at_completion_if_late_costs == 148_000_00  # 36,000 + 70,000 / (0.8333... * 0.75)
    assert (found.to_complete, found.variance_at_completion) == (84_000_00, -20_000_00)
    assert found.to_complete_index == Decimal("1.0938")  # 70,000 / 64,000


@pytest.mark.parametrize(
    ("budget", "actual", "points"),
    [(0, 500, Points(Decimal(10))), (1000, 500, None), (1000, 500, Points())],
)
def test_without_budget_or_points_nothing_is_measurable(budget: int, actual: int, points: Points | None) -> None:
    found = earned_value(budget=budget, actual=actual, points=points)
    assert (found.planned, found.earned, found.cost_index, found.schedule_index) == (None, None, None, None)
    assert (found.at_completion, found.at_completion_as_planned, found.at_completion_if_late_costs) == (None,) * 3
    assert (found.cost_variance, found.schedule_variance, found.to_complete, found.to_complete_index) == (None,) * 4


def test_where_a_division_has_nothing_below_its_figure_alone_is_missing() -> None:
    unpaid = EarnedValue(1000, 500, 400, 0)
    assert (unpaid.cost_index, unpaid.at_completion, unpaid.schedule_index) == (None, None, Decimal("0.8000"))
    nothing_done = EarnedValue(1000, 500, 0, 300)
    assert (nothing_done.cost_index, nothing_done.at_completion) == (Decimal("0.0000"), None)
    assert nothing_done.at_completion_if_late_costs is None
    nothing_due = EarnedValue(1000, 0, 100, 300)
    assert (nothing_due.schedule_index, nothing_due.at_completion_if_late_costs) == (None, None)
    spent = EarnedValue(1000, 500, 400, 1000)
    assert (spent.to_complete_index, spent.at_completion) == (None, 2500)
    paid_back = EarnedValue(1000, 500, 400, -20)
    assert (paid_back.cost_index, paid_back.at_completion, ratio(5, -1)) == (None, None, None)


@busy_machine
@given(money, money, shares)
def test_values_stay_within_the_budget_and_add_up(budget: int, actual: int, points: Points) -> None:
    found = earned_value(budget=budget, actual=actual, points=points)
    if found.earned is None or found.planned is None:
        assert budget == 0
        return
    assert 0 <= found.planned <= budget
    assert 0 <= found.earned <= budget
    assert found.cost_variance == found.earned - found.actual
    if found.at_completion is not None:
        assert found.variance_at_completion == budget - found.at_completion
        assert found.to_complete == found.at_completion - actual
        assert (found.at_completion > budget) <= (actual >= found.earned)
    if points.validated == points.total:
        assert found.earned == budget


@busy_machine
@given(money, money, shares, st.integers(2, 1000))
def test_indices_are_the_same_in_any_currency_of_two_decimals(b: int, a: int, points: Points, times: int) -> None:
    one, many = (earned_value(budget=b * k * 10_000, actual=a * k * 10_000, points=points) for k in (1, times))
    for first, second in ((one.cost_index, many.cost_index), (one.schedule_index, many.schedule_index)):
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert abs(first - second) <= max(first, second) * Decimal("0.001") + Decimal("0.0001")


@given(st.integers(-(10**12), 10**12), st.integers(1, 60))
def test_parts_of_an_amount_add_up_and_differ_by_one_at_most(amount: int, count: int) -> None:
    parts = spread(amount, count)
    assert (len(parts), sum(parts)) == (count, amount)
    assert max(parts) - min(parts) <= 1


def test_a_forecast_takes_what_was_paid_and_then_what_is_expected() -> None:
    months = {
        date(2026, 1, 1): MonthAmounts(100, actual=130, forecast=110),  # over: what was paid
        date(2026, 2, 1): MonthAmounts(100),  # over, nothing was paid
        date(2026, 3, 1): MonthAmounts(100, actual=40),  # running: invoices are still coming
        date(2026, 4, 1): MonthAmounts(100, committed=160),  # promised already
        date(2026, 5, 1): MonthAmounts(100, forecast=0),  # said to cost nothing
        date(2026, 6, 1): MonthAmounts(100, committed=20, forecast=70),
    }
    on = date(2026, 3, 10)
    assert [month_cost(month, amounts, on=on) for month, amounts in months.items()] == [130, 0, 100, 160, 0, 70]
    assert at_completion(months, on=on) == 460
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)
    ]  # fmt: skip
