"""Fields of one's own are measured like those of the program, and a figure over a withdrawn one says so."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from implementor.metrics.definitions import Query, Window
from tests.crm.builders import Company, company
from tests.crm.own_fields import add_own_field, one_of_each, restore, withdraw
from tests.metrics.measured import tally

BEGAN, ENDED = datetime(2026, 2, 1, 8, tzinfo=UTC), datetime(2026, 2, 3, 20, tzinfo=UTC)


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def three_accounts(here: Company, own: Mapping[str, str], end: str) -> None:
    """Two with a value in each field, and one with none."""
    here.add("account", "crm_admin", name="Bare")
    for number, amount, colour in ((2, 1000, "high"), (5, 2500, "low")):
        values: dict[str, Any] = {
            own["whole"]: number, own["money"]: amount, own["choice"]: colour,
            own["decimal"]: Decimal("0.25") * number, own["percent"]: Decimal("0.1") * number,
            own["date"]: date(2026, 2, number), own["moment"]: BEGAN, end: ENDED, own["yes_no"]: number > 2,
        }  # fmt: skip
        here.add("account", "crm_admin", name=f"Number {number}", **values)


def test_every_kind_of_field_of_ones_own_is_measured(app: Flask, here: Company) -> None:
    own = one_of_each(here)
    end = add_own_field(here, "account", "moment", "Ended")
    three_accounts(here, own, end)
    window = Window("since", own["date"], since=date(2026, 2, 3))
    found = {
        "sum": (Query("account", "sum", own["whole"]), "number", Decimal(7)),
        "median": (Query("account", "median", own["decimal"]), "number", Decimal("0.875")),
        "average": (Query("account", "average", own["percent"]), "percent", Decimal(35)),
        "money": (Query("account", "sum", own["money"]), "money", Decimal(35)),
        "between": (Query("account", "average", between=(own["moment"], end)), "hours", Decimal(60)),
        "mixed": (Query("account", "percentile", between=(own["date"], end), percentile=1), "days", None),
        "share": (Query("account", "share", part={own["choice"]: ("high", "low")}), "percent", Decimal("66.6667")),
        "window": (Query("account", window=window), "count", Decimal(1)),
        "some": (Query("account", filters={own["yes_no"]: ("y",)}), "count", Decimal(1)),
        "distinct": (Query("account", "distinct", own["choice"]), "count", Decimal(2)),
    }
    for name, (query, unit, value) in found.items():
        got = tally(app, query, unit, "EUR", on=date(2026, 3, 2))
        assert got.reason is None, (name, str(got.reason))
        assert value is None or got.value == value, name


def test_a_figure_over_a_withdrawn_field_says_so_until_it_returns(app: Flask, here: Company) -> None:
    key = add_own_field(here, "account", "whole", "Machines")
    values: dict[str, Any] = {key: 3}
    here.add("account", "crm_admin", name="Plant", **values)
    query = Query("account", "sum", key)
    assert tally(app, query).value == 3
    withdraw(here, key)
    gone = tally(app, query)
    assert gone.value is None
    assert str(gone.reason).startswith("The field Machines was withdrawn.")
    restore(here, key)
    assert tally(app, query).value == 3
