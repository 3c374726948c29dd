"""The forecast against a computation of its own, and its page: every figure opens exactly the records behind it."""

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.configuration.services.access import set_fields
from implementor.crm.opportunities.forecast import FIGURES, OpenRow, WonRow, forecast, months_from
from implementor.crm.opportunities.worth import sum_of
from implementor.foundation.permissions import Role
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.statements import counting

busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONTHS = months_from(date(2026, 3, 1), 3)
RATES = {"EUR": Decimal(1), "USD": Decimal("0.9137"), "JPY": Decimal("0.0061"), "KWD": Decimal("2.987")}
SMALLEST = {"EUR": 100, "USD": 100, "JPY": 1, "KWD": 1000, "CLP": 1}
CURRENCIES = st.sampled_from([*SMALLEST])
DAYS = st.none() | st.dates(date(2025, 11, 1), date(2026, 9, 30)).map(lambda day: day.replace(day=1))
OWNERS = st.none() | st.integers(1, 4)
AMOUNTS = st.none() | st.integers(0, 10**15)
CATEGORIES = st.sampled_from(["pipeline", "best_case", "commit", "closed", "omitted"])
RATIOS = st.decimals(0, 1, places=4)
OPEN_ROWS = st.builds(OpenRow, DAYS, OWNERS, CATEGORIES, CURRENCIES, RATIOS, st.integers(1, 9), AMOUNTS)
WON_ROWS = st.builds(WonRow, st.sampled_from(MONTHS), OWNERS, CURRENCIES, st.integers(1, 9), AMOUNTS)


def euros(amount: int | None, currency: str | None) -> Fraction:
    """Cents, exactly; nothing for what has no rate."""
    if amount is None or currency not in RATES:
        return Fraction(0)
    return Fraction(amount, SMALLEST[currency]) * Fraction(RATES[currency]) * 100


def to_even(cents: Fraction) -> int:
    return int((Decimal(cents.numerator * 2) / Decimal(cents.denominator * 2)).quantize(Decimal(1), ROUND_HALF_EVEN))


def by_hand(open_rows: list[OpenRow], won_rows: list[WonRow]) -> dict[str, Fraction]:
    """Everything together, added up without the function that is tested."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for row in open_rows:
        if row.category == "omitted":
            continue
        cents = euros(row.amount, row.currency)
        found["commit" if row.category == "closed" else row.category] += cents
        found["weighted"] += cents * Fraction(row.ratio)
    found["won"] = sum((euros(row.amount, row.currency) for row in won_rows), Fraction(0))
    found["expected"] = found["won"] + found["weighted"]
    return found


@busy_machine
@given(st.lists(OPEN_ROWS, max_size=12), st.lists(WON_ROWS, max_size=6))
def test_the_forecast_is_what_somebody_else_adds_up(open_rows: list[OpenRow], won_rows: list[WonRow]) -> None:
    found = forecast(open_rows, won_rows, months=MONTHS, base="EUR", rates=RATES)
    expected = by_hand(open_rows, won_rows)
    for figure in FIGURES:
        assert abs(found.total.amounts[figure] - expected[figure]) <= Fraction(1, 2)


@busy_machine
@given(st.lists(OPEN_ROWS, max_size=12), st.lists(WON_ROWS, max_size=6))
def test_each_opportunity_counts_in_one_period_and_for_one_person(
    open_rows: list[OpenRow], won_rows: list[WonRow]
) -> None:
    found = forecast(open_rows, won_rows, months=MONTHS, base="EUR", rates=RATES)
    for figure in FIGURES:
        by_period = sum(period.total.counts[figure] for period in found.periods)
        by_line = sum(line.counts[figure] for period in found.periods for line in period.lines)
        assert by_period == by_line == found.total.counts[figure]
    counted = sum(row.count for row in open_rows if row.category != "omitted") + sum(row.count for row in won_rows)
    assert found.total.counts["expected"] + sum(found.left_out.values()) == counted


@busy_machine
@given(st.lists(st.tuples(st.sampled_from([*RATES]), st.integers(0, 10**15)), max_size=20))
def test_a_sum_over_currencies_is_rounded_once(amounts: list[tuple[str | None, int | None]]) -> None:
    exact = sum((euros(amount, currency) for currency, amount in amounts), Fraction(0))
    assert abs(sum_of(amounts, "EUR", RATES).amount - exact) <= Fraction(1, 2)


def test_what_has_no_rate_is_named_and_left_out() -> None:
    row = OpenRow(MONTHS[0], 1, "commit", "CLP", Decimal("0.5"), 2, 1000)
    found = forecast([row], [], months=MONTHS, base="EUR", rates=RATES)
    assert (found.total.amounts["commit"], found.left_out) == (0, {"CLP": 2})
    assert sum_of([("CLP", 1000), ("EUR", 5)], "EUR", RATES).without_rate == ("CLP",)


def some_sales(here: Sales) -> None:
    here.rate("USD", "0.5")
    here.sale("Open one", stage="negotiation", amount="1000 EUR", close_on=date(2026, 4, 10))
    here.sale("Open too", stage="proposal", amount="400 USD", close_on=date(2026, 4, 20))
    here.sale("Late one", stage="proposal", amount="10 EUR", close_on=date(2026, 1, 20))
    here.sale("Someday", stage="needs", amount="20 EUR")
    here.sale("Of the manager", "manager", stage="negotiation", amount="2000 EUR", close_on=date(2026, 4, 30))
    here.sale("Won one", stage="won", amount="300 EUR")
    here.sale("Lost one", stage="lost", amount="7000 EUR", loss_reason="price")


def figures(page: Any, row: str) -> dict[str, str]:
    return next(one for one in page.rows() if one["Close date"] == row)


FORECAST = "/crm/opportunities/forecast?from=2026-03&months=2"


def test_lost_ones_count_nowhere_won_ones_once_and_the_rest_by_category_and_weight(app: Flask) -> None:
    here = sales(app)
    some_sales(here)
    page = here.browser().get(FORECAST)
    april, march = figures(page, "April 2026"), figures(page, "March 2026")
    assert (april["Commit"], april["Best case"], april["Weighted"]) == ("€3,000.00", "€200.00", "€2,350.00")
    assert (march["Won"], march["Weighted"], march["Expected"]) == ("€300.00", "–", "€300.00")
    assert figures(page, "Earlier, still open")["Best case"] == "€10.00"
    assert figures(page, "Without a close date")["Pipeline"] == "€20.00"
    assert figures(page, "All together")["Expected"] == "€2,660.00"
    assert figures(page, "Manager Vega")["Commit"] == "€2,000.00"


def test_every_figure_of_the_forecast_opens_its_records(app: Flask) -> None:
    here = sales(app)
    some_sales(here)
    browser = here.browser()
    page = browser.get(FORECAST)
    names = {"Open one", "Open too", "Of the manager"}
    april = next(row for row in page.all("tbody tr") if "April 2026" in row.text_content())
    links = {str(cell.get("data-label")): cell.cssselect("a") for cell in april.cssselect("td")}
    assert links["Won"] == []
    for figure, wanted in (("Weighted", names), ("Commit", names - {"Open too"}), ("Best case", {"Open too"})):
        listed = browser.get(str(links[figure][0].get("href")))
        assert {row["Name"] for row in listed.rows()} == wanted
    total = page.all("tbody tr")[0].cssselect("td a")[-1]
    assert len(browser.get(str(total.get("href"))).rows()) == 6


def test_teams_stand_for_their_people_and_reach_bounds_the_forecast(app: Flask) -> None:
    here = sales(app)
    some_sales(here)
    by_team = here.browser().get(f"{FORECAST}&by=team")
    assert figures(by_team, "North")["Commit"] in ("€3,000.00", "–")
    assert "North" in by_team.text
    assert figures(here.browser("elsewhere").get(FORECAST), "All together")["Expected"] == "–"
    here.browser("stranger").get(FORECAST, status=403)


@pytest.mark.sqlite_only("fields are hidden in Python; one database shows it")
@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("probability", ["Won", "Commit", "Best case", "Pipeline"]),
        ("forecast", ["Won"]),
        ("base_amount", ["Commit", "Best case", "Pipeline", "Weighted"]),
    ],
)
def test_a_figure_made_of_a_hidden_field_is_hidden_too(app: Flask, field: str, shown: list[str]) -> None:
    here = sales(app)
    some_sales(here)
    with here.working("crm_admin") as session:
        set_fields(session, "opportunity", {(Role.CRM_USER, field): "hide"}, by=here.by("crm_admin"), at=START)
    rows = here.browser().get(FORECAST).rows()
    assert [list(row) for row in rows] == [["Close date", *shown]] * len(rows)
    assert "Weighted" in figures(here.browser("crm_admin").get(FORECAST), "All together")


def test_the_forecast_costs_the_same_statements_for_one_and_many(app: Flask) -> None:
    here = sales(app)
    here.sale(amount="1 EUR")
    browser = here.browser()
    browser.get(FORECAST)
    with counting() as one:
        browser.get(FORECAST)
    some_sales(here)
    with counting() as many:
        browser.get(FORECAST)
    assert len(one) == len(many), many.beyond(one)
