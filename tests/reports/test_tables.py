"""What reports find, on both databases: two figures in two parts against a plain recount, times, and whose records."""

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import pytest
from flask import Flask

from implementor.metrics.definitions import Query, Window
from implementor.reports.plans import BY_PART, MATRIX, Figure, Plan, plan_from, plan_json
from tests.crm.opportunities.sales import Sales, sales
from tests.crm.own_fields import LOW_HIGH, add_own_field
from tests.reports.builders import behind, figures, found, kept


@pytest.fixture
def here(app: Flask) -> Sales:
    return sales(app)


def some_sales(here: Sales, own: str) -> dict[int, dict[str, Any]]:
    """Sales of two people at random, with a word of one's own or none; by id."""
    chance, made = random.Random(7), {}
    for number in range(14):
        told: dict[str, Any] = {
            "who": chance.choice(("seller", "elsewhere")), "word": chance.choice(("high", "low", None)),
            "amount": chance.randrange(1000, 9000), "at": datetime(2026, 1, 30, 23, 30, tzinfo=UTC)
            + timedelta(days=chance.randrange(0, 45)),
        }  # fmt: skip
        values = {own: told["word"]} if told["word"] else {}
        made[here.sale(f"Sale {number}", told["who"], told["at"], amount=told["amount"], **values)] = told
    return made


def test_two_figures_in_two_parts_are_what_a_recount_finds_and_open_their_records(here: Sales) -> None:
    own = add_own_field(here, "opportunity", "choice", "Urgency", words=LOW_HIGH)
    made = some_sales(here, own)
    people = {here.people[who].id: who for who in ("seller", "elsewhere")}
    both = (Figure(), Figure("median", "amount"))
    plan = Plan(Query("opportunity"), both, ("owner", own))
    assert plan_from(plan_json(plan)) == plan
    table = found(here, plan, "crm_admin")
    recount: dict[Any, list[int]] = defaultdict(list)
    for told in made.values():
        recount[told["who"], told["word"]].append(told["amount"])
    for line in table.lines:
        amounts = recount.pop((people[line.key[0]], line.key[1]))
        assert [one.value for one in line.tallies] == [len(amounts), Decimal(str(median(amounts))) / 100]
        ids = behind(here, plan, line.key, who="crm_admin")
        assert {made[one]["amount"] for one in ids} == set(amounts)
    assert not recount
    assert table.whole[0].value == len(made)
    counts = [one.tallies[0].value or 0 for one in table.lines]
    assert counts == sorted(counts, reverse=True)


def test_months_are_those_of_the_zone_in_their_order_and_a_cross_table_has_both_sides(here: Sales) -> None:
    for at, who in (
        (datetime(2026, 1, 31, 22, 59, tzinfo=UTC), "seller"), (datetime(2026, 1, 31, 23, 1, tzinfo=UTC), "seller"),
        (datetime(2026, 3, 1, tzinfo=UTC), "mate"), (datetime(2020, 3, 1, tzinfo=UTC), "mate"),
    ):  # fmt: skip
        here.sale("A sale", who, at)
    plan = Plan(Query("opportunity"), (Figure(),), ("month:created_at",), sort=BY_PART)
    table = found(here, plan)
    assert list(figures(table)) == [("Earlier",), ("2026-01",), ("2026-02",), ("2026-03",)]
    assert [one.tallies[0].value for one in table.lines] == [1, 1, 1, 1]
    assert all(len(behind(here, plan, line.key)) == 1 for line in table.lines)
    since = Window("rolling", "created_at", days=30)
    cross = Plan(Query("opportunity", window=since), (Figure(),), ("owner", "quarter:created_at"), shown=MATRIX)
    grid = found(here, cross).grid
    assert [one.name for one in grid.columns] == ["2026-Q1"]
    assert [one.name for one in grid.rows] == ["Mate Vega"]


def test_nobody_reads_a_figure_of_records_they_do_not_see(here: Sales) -> None:
    for who, amount in (("seller", 1000), ("mate", 2000), ("elsewhere", 4000)):
        here.sale(f"Sale of {who}", who, amount=amount)
    plan = Plan(Query("opportunity"), (Figure("sum", "amount"), Figure()), ("owner",))
    assert [one.value for one in found(here, plan, "seller").whole] == [30, 2]
    assert [one.value for one in found(here, plan, "elsewhere").whole] == [40, 1]
    assert [one.value for one in found(here, plan, "crm_admin").whole] == [70, 3]
    assert len(behind(here, plan, (), who="elsewhere")) == 1
    assert kept(here, plan)
