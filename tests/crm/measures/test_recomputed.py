"""Every standard metric that the files of a real sales team can feed, computed again over the files in plain Python."""

import csv
import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.models import PipelineStage
from implementor.crm.opportunities.models import Opportunity, StageEvent
from implementor.foundation.measures import Tally
from implementor.metrics.conditions import AsOf
from implementor.metrics.measuring import Ruler
from implementor.metrics.standard import standard_metrics
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.crm.importing import imported
from tests.exchange.real_data import real

UTC = ZoneInfo("UTC")
ON = date(2017, 12, 20)
QUARTER, YEAR = ON - timedelta(days=89), ON - timedelta(days=364)
SAMPLED = 12
"""Every so many-th sale is taken in; all of them take a minute."""


class Sale:
    """A line of the file as its publisher wrote it."""

    def __init__(self, line: dict[str, str]) -> None:
        self.account = line["account"]
        self.stage = line["deal_stage"]
        self.began = date.fromisoformat(line["engage_date"]) if line["engage_date"] else None
        self.closed = date.fromisoformat(line["close_date"]) if line["close_date"] else None
        self.value = Decimal(line["close_value"] or 0)

    @property
    def is_won(self) -> bool:
        return self.stage == "Won"

    @property
    def is_open(self) -> bool:
        return self.stage not in ("Won", "Lost")

    def closed_in(self, first: date, last: date = ON) -> bool:
        return self.closed is not None and first <= self.closed <= last


class Sales:
    """The sales of the file, and what the program finds of them."""

    def __init__(self, session: Session, sales: list[Sale], accounts: list[dict[str, str]]) -> None:
        self.session, self.all, self.accounts = session, sales, accounts
        self.ruler = Ruler(session, AsOf(ON, UTC, None))

    def tally(self, key: str) -> Tally:
        """What the standard metric finds."""
        offered = standard_metrics[key]
        return self.ruler.tally(offered.definition, offered.unit, None)

    def won(self, first: date, last: date = ON) -> list[Sale]:
        return [one for one in self.all if one.is_won and one.closed_in(first, last)]

    @property
    def open(self) -> list[Sale]:
        return [one for one in self.all if one.is_open]


@pytest.fixture
def sales(app: Flask, tmp_path: Path) -> Iterable[Sales]:
    """Some of the sales, taken in from the files as they are."""
    here = company(app)
    head, *lines = real("maven-crm/sales_pipeline.csv").read_text(encoding="utf-8").splitlines()
    file, meanings = tmp_path / "sales.csv", tmp_path / "map.json"
    file.write_text("\n".join([head, *lines[::SAMPLED]]) + "\n", encoding="utf-8")
    meanings.write_text(json.dumps({"columns": {}, "meanings": {"product": {"GTXPro": "GTX Pro"}}}), encoding="utf-8")
    for kind, name in (("account", "accounts"), ("product", "products")):
        imported(here, kind, real(f"maven-crm/{name}.csv"))
    imported(here, "opportunity", file, "--map", str(meanings))
    with file.open(encoding="utf-8") as read, real("maven-crm/accounts.csv").open(encoding="utf-8") as known:
        told = [Sale(line) for line in csv.DictReader(read)]
        accounts = list(csv.DictReader(known))
    with reading(app) as session:
        yield Sales(session, told, accounts)


def close(found: Decimal | None, told: Decimal | float) -> bool:
    """Whether both are the same figure to the decimals that are kept."""
    return found is not None and abs(found - Decimal(told)) <= Decimal("0.0001")


def counted(found: Tally) -> tuple[Any, ...]:
    """What stands above, what stands below, and how many were looked at."""
    return found.numerator, found.denominator, found.n


def share(part: int, whole: int) -> Decimal:
    return Decimal(100) * part / whole


def look_at_goals_and_pipeline(sales: Sales) -> None:
    decided = [one for one in sales.all if one.closed_in(QUARTER)]
    won = [one for one in decided if one.is_won]
    assert len(won) > 20
    found = sales.tally("win_rate")
    assert counted(found)[:2] == (len(won), len(decided))
    assert close(found.value, share(len(won), len(decided)))
    assert close(sales.tally("sales_cycle").value, median((one.closed - one.began).days for one in won))  # type: ignore[operator]
    last_month = sales.won(date(2017, 11, 1), date(2017, 11, 30))
    assert close(sales.tally("income").value, sum(one.value for one in last_month))
    n = len(sales.open)
    neglected = [one for one in sales.open if one.began is not None and one.began < ON - timedelta(days=29)]
    told = {
        "with_next_step": 0, "with_contact": 0, "with_close_date": 0, "past_due": 0, "sales_active": 0,
        "sales_healthy": 0, "with_amount": sum(one.value > 0 for one in sales.open), "sales_neglected": len(neglected),
    }  # fmt: skip
    for key, count in told.items():
        found = sales.tally(key)
        assert counted(found)[::2] == (count, n), key
        assert close(found.value, share(count, n)), key


def look_at_quality_of_data(sales: Sales) -> None:
    marks = [bool(one.account) + (one.value > 0 or one.stage == "Lost") + (one.closed is not None) for one in sales.all]
    found = sales.tally("complete_opportunity")
    assert counted(found) == (sum(marks), 6 * len(marks), len(marks))
    # where an office stands is told in words that no field of an account is named after
    filled = [bool(one["sector"]) for one in sales.accounts]
    found = sales.tally("complete_account")
    assert counted(found) == (sum(filled), 5 * len(filled), len(filled))
    assert counted(sales.tally("double_account"))[::2] == (0, len(sales.accounts))
    assert sales.tally("complete_contact").reason is not None


def look_at_customers(sales: Sales) -> None:
    won = sales.won(YEAR)
    accounts = {one.account for one in won if one.account}
    total = sum((one.value for one in won), Decimal(0))
    found = sales.tally("customers_income")
    assert counted(found)[:2] == (total, len(accounts))
    assert close(found.value, total / len(accounts))
    before = {one.account for one in sales.won(YEAR - timedelta(days=365), YEAR - timedelta(days=1)) if one.account}
    found = sales.tally("customers_retention")
    assert (found.value is None) == (not before)
    earlier = {one.account for one in sales.won(date(2000, 1, 1), YEAR - timedelta(days=1)) if one.account}
    found = sales.tally("customers_acquisition")
    assert counted(found)[:2] == (0, len(accounts - earlier))


def look_at_the_forecast(sales: Sales) -> None:
    first, last = date(2017, 11, 1), date(2017, 11, 30)
    midnight = datetime.combine(first, time(), UTC)
    began = select(PipelineStage.probability).join(StageEvent, StageEvent.to_stage_id == PipelineStage.id)
    ended = began.join(Opportunity, Opportunity.id == StageEvent.opportunity_id).where(Opportunity.status != "open")
    [chance] = set(sales.session.scalars(ended.where(StageEvent.from_stage_id.is_(None), StageEvent.at < midnight)))
    foreseen = [one for one in sales.all if one.began and one.began < first and one.closed_in(first, last)]
    expected = sum((one.value for one in foreseen), Decimal(0)) * chance / 100
    came = sum((one.value for one in sales.won(first, last)), Decimal(0))
    found = sales.tally("sales_forecast")
    assert counted(found) == (expected, came, len(foreseen))
    assert close(found.value, max(100 - abs(expected - came) * 100 / came, Decimal(0)))


def look_at_the_rest(sales: Sales) -> None:
    for key in standard_metrics:
        found = sales.tally(key)
        assert (found.value is None) == (found.reason is not None), key


def test_every_standard_metric_is_what_the_files_say(sales: Sales) -> None:
    # taking the files in takes the time, so all of it is asked of one world
    for look in (look_at_goals_and_pipeline, look_at_quality_of_data, look_at_customers, look_at_the_forecast):
        look(sales)
    look_at_the_rest(sales)
