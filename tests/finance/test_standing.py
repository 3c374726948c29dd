"""How the money of projects stands: added up, converted, held to limits, and as it was known on a day."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from flask import Flask

from implementor.calendars.services.rates import NoRate
from implementor.finance.forecast import MonthAmounts, at_completion
from implementor.finance.queries import sums
from implementor.finance.services.amounts import Cell, write_amounts
from implementor.finance.standing import money_of_projects, variances_over_limit
from tests.auth.builders import reading
from tests.finance.builders import APR, AT, FEB, JAN, MAR, MAY, TODAY, Purse, purse, rate
from tests.machinery.statements import counting


def spent(there: Purse) -> int:
    """100,000.00 over four months; until March 36,000.00 were paid. 40 of 100 points were due, 30 are validated."""
    first, *_rest = there.wave({"Done": 30, "Late": 10}, date(2026, 3, 6))
    there.wave({"To come": 60}, date(2026, 5, 29))
    line_id = there.line()
    there.write(line_id, "planned", {JAN: 25_000_00, FEB: 25_000_00, MAR: 25_000_00, APR: 25_000_00})
    there.approve()
    there.write(line_id, "actual", {JAN: 20_000_00, FEB: 16_000_00})
    there.validate(first)
    return line_id


def test_budget_costs_and_earned_value_of_a_project(app: Flask) -> None:
    there = purse(app)
    spent(there)
    found = there.money()
    assert (found.currency, found.baseline_number, found.budget, found.actual) == ("EUR", 1, 100_000_00, 36_000_00)
    assert (found.planned_value, found.earned, found.at_completion) == (40_000_00, 30_000_00, 120_000_00)
    assert (found.cost_index, found.schedule_index) == (Decimal("0.8333"), Decimal("0.7500"))
    assert found.forecast == 86_000_00  # what was paid, and March and April as planned
    assert (found.variance, found.variance_ratio, found.is_over_limit) == (-14_000_00, Decimal("-0.1400"), False)


def test_before_an_approval_the_plan_is_the_budget_and_nothing_is_measured(app: Flask) -> None:
    there = purse(app)
    assert there.money().is_empty
    there.write(there.line(), "planned", {APR: 500_00})
    found = there.money()
    assert (found.is_approved, found.budget, found.forecast, found.earned) == (False, 500_00, 500_00, None)


def test_what_is_planned_later_changes_the_approved_budget_only_by_another_approval(app: Flask) -> None:
    there = purse(app)
    line_id = there.line()
    there.write(line_id, "planned", {APR: 1000_00})
    there.approve()
    there.write(line_id, "planned", {APR: 1200_00})
    found = there.money()
    assert (found.budget, found.planned, found.variance) == (1000_00, 1200_00, 200_00)
    assert there.approve("The east joins") == 2
    assert (there.money().budget, there.money().baseline_number) == (1200_00, 2)


def test_currencies_are_added_up_at_the_rates_of_the_day_and_one_without_is_named(app: Flask) -> None:
    there = purse(app)
    there.write(there.line(), "planned", {APR: 1000_00})
    dollars = there.line("Consultants", currency="USD", category="services")
    there.write(dollars, "planned", {APR: 100_00})
    found = there.money()
    assert (found.missing, found.budget, found.forecast, found.is_over_limit) == (("USD",), None, None, False)
    assert "no exchange rate of USD" in str(found.why_missing)
    with pytest.raises(NoRate, match="USD"):
        there.approve()
    rate(app, "USD", date(2026, 1, 1), "0.9")
    rate(app, "USD", date(2026, 4, 1), "0.5")
    assert there.money().budget == 1090_00
    there.approve()
    later = there.money(on=date(2026, 4, 2))
    assert (later.budget, later.planned) == (1090_00, 1050_00)  # what was approved keeps its rate


def test_who_passes_a_limit_is_told_whole_and_by_line(app: Flask) -> None:
    there = purse(app)
    small, large = there.line("Small"), there.line("Large")
    there.write(small, "planned", {APR: 100_00})
    there.write(large, "planned", {APR: 1000_00})
    there.approve()
    there.write(small, "forecast", {APR: 115_00})
    there.write(large, "forecast", {APR: 1090_00})
    with reading(app) as session:
        found = variances_over_limit(session, there.project_id, on=TODAY)
        assert [(one.title, one.over, one.ratio) for one in found] == [("Small", 15_00, Decimal("0.1500"))]
    there.write(large, "forecast", {APR: 1300_00})
    with reading(app) as session:
        found = variances_over_limit(session, there.project_id, on=TODAY)
    assert [(one.title, one.line_id) for one in found] == [("Whole budget", None), ("Large", large), ("Small", small)]


def test_a_past_day_shows_what_was_known_then(app: Flask) -> None:
    there = purse(app)
    first, *_rest = there.wave({"Done": 30, "Late": 10}, date(2026, 3, 6))
    line_id = there.line()
    there.write(line_id, "planned", {FEB: 100_00, APR: 900_00})
    there.approve()
    there.write(line_id, "actual", {FEB: 80_00})
    then = AT + timedelta(hours=1)
    later = AT + timedelta(days=3)
    there.write(line_id, "actual", {FEB: 95_00}, reason="The invoice was higher", at=later)
    there.validate(first, at=later)
    there.write(line_id, "planned", {APR: 1400_00}, at=later)
    there.approve("More", at=later + timedelta(hours=1))
    now, before = there.money(), there.money(known_at=then)
    assert (now.actual, now.budget, now.earned, now.baseline_number) == (95_00, 1500_00, 1125_00, 2)
    assert (before.actual, before.budget, before.earned, before.baseline_number) == (80_00, 1000_00, 0, 1)
    assert there.money(known_at=AT - timedelta(days=1)).is_empty


def test_many_projects_cost_as_many_statements_as_one(app: Flask) -> None:
    projects = [purse(app, key) for key in ("VEN", "SER", "MKT")]
    for there in projects:
        spent(there)
    ids = [there.project_id for there in projects]
    with reading(app) as session, counting() as one:
        money_of_projects(session, ids[:1], on=TODAY)
    with reading(app) as session, counting() as many:
        found = money_of_projects(session, ids, on=TODAY)
    assert len(one) == len(many), many.beyond(one)
    assert {money.earned for money in found.values()} == {30_000_00}


def test_the_database_forecasts_as_the_rule_does(app: Flask) -> None:
    there, drawn = purse(app), Random(7)
    expected: dict[int, int] = {}
    cells: dict[Cell, int | None] = {}
    for number in range(30):
        line_id, months = there.line(f"Line {number}"), {}
        for month in (JAN, FEB, MAR, APR, MAY):
            planned, committed, actual, forecast = (
                drawn.choice((None, 0, drawn.randint(1, 999))) for _kind in range(4)
            )
            paid = actual if month <= TODAY else None
            months[month] = MonthAmounts(planned or 0, committed or 0, paid, forecast)
            said = {"planned": planned, "committed": committed, "actual": paid, "forecast": forecast}
            cells |= {Cell(line_id, kind, month): amount for kind, amount in said.items()}
        expected[line_id] = at_completion(months, on=TODAY)
    with there.working() as session:
        write_amounts(session, project_id=there.project_id, cells=cells, by=there.by(), at=AT)
    with reading(app) as session:
        found = {row.line_id: row.forecast for row in session.execute(sums.sums_of_lines(project_id=1, on=TODAY))}
    assert {line_id: int(found.get(line_id, 0)) for line_id in expected} == expected
