"""A metric before and after a day: the same number of days on each side, recounted from what was entered."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.auth.models import User
from implementor.foundation.permissions import SYSTEM
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Definition, Query, Window
from implementor.metrics.groups import grouped_by_people
from implementor.metrics.models import Metric
from implementor.metrics.stretches import Compared, around
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.crm.own_fields import add_own_field
from tests.metrics.builders import Aim, aim
from tests.metrics.measured import TODAY, ZONE, defined

DAYS = 12
DAY = TODAY - timedelta(days=DAYS)


def _entered(here: Company, since: str, size: str) -> list[tuple[date, int]]:
    """Accounts with a day and a size, around the day, on it and far from it."""
    chance = Random(3)  # test data
    made = [(DAY + timedelta(days=away), chance.randint(1, 90)) for away in range(-40, DAYS + 1) for _ in range(2)]
    for number, (day, many) in enumerate(made):
        values: dict[str, Any] = {since: day, size: many}
        here.add("account", "crm_admin", name=f"Account {number}", **values)
    return made


def _compared(there: Aim, definition: Definition, day: date = DAY, **values: Any) -> Compared:
    metric_id = defined(there, definition, **values)
    with reading(there.app) as session:
        today = AsOf(TODAY, ZONE, there.project_id)
        return around(session, session.get_one(Metric, metric_id), day, today=today, actor=SYSTEM)


def test_both_sides_are_as_many_days_and_say_their_difference_with_bounds(app: Flask) -> None:
    here, there = company(app), aim(app)
    since, size = (add_own_field(here, "account", kind, kind.title()) for kind in ("date", "whole"))
    made = _entered(here, since, size)
    before = [many for day, many in made if DAY - timedelta(days=DAYS) <= day < DAY]
    after = [many for day, many in made if DAY < day <= DAY + timedelta(days=DAYS)]
    window = Window("rolling", since, days=5)
    found = _compared(there, Query("account", window=window))
    assert found.before is not None
    assert found.after is not None
    assert (found.before.tally.n, found.after.tally.n, found.days) == (len(before), len(after), DAYS)
    found = _compared(there, Query("account", "median", size, window=window), name="Size")
    assert found.bounds is not None
    assert found.difference == Decimal(str(median(after))) - Decimal(str(median(before)))
    assert found.bounds.typical == median(Decimal(b - a) for a in before for b in after)
    large = {size: ("50..",)}
    found = _compared(there, Query("account", "share", part=large, window=window), unit="percent", name="Large")
    assert found.bounds is not None
    shares = [Decimal(sum(one >= 50 for one in side)) / len(side) * 100 for side in (before, after)]
    assert abs(found.bounds.typical - (shares[1] - shares[0])) < Decimal("0.001")


def test_what_looks_at_no_days_or_at_today_has_no_before(app: Flask) -> None:
    company(app)
    there = aim(app)
    assert "no before" in str(_compared(there, Query("account")).refusal)
    window = Window("rolling", "created_at", days=5)
    assert "No whole day" in str(_compared(there, Query("account", window=window), TODAY, name="Now").refusal)
    few = _compared(there, Query("account", window=window), name="Few")
    assert few.bounds is None
    assert few.difference == 0


def test_records_of_some_people_are_set_beside_those_of_all_others(app: Flask) -> None:
    here, there = company(app), aim(app)
    since, size = (add_own_field(here, "account", kind, kind.title()) for kind in ("date", "whole"))
    made: dict[str, list[int]] = {"seller": [], "elsewhere": []}
    for number in range(24):
        who = "seller" if number % 3 else "elsewhere"
        values: dict[str, Any] = {since: TODAY - timedelta(days=number % 5), size: number * number}
        here.add("account", who, name=f"Account {number}", **values)
        made[who].append(number * number)
    window, found = Window("rolling", since, days=5), {}
    wanted = {"share": ({size: ("100..",)}, "", "percent"), "median": ({}, size, "number"), "count": ({}, "", "count")}
    members = select(User.id).where(User.id == here.people["seller"].id)
    for aggregate, (part, field, unit) in wanted.items():
        query = Query("account", aggregate, field, part=part, window=window)
        metric_id = defined(there, query, name=aggregate, unit=unit)
        with reading(app) as session:
            metric, until = session.get_one(Metric, metric_id), AsOf(TODAY, ZONE, there.project_id)
            found[aggregate] = grouped_by_people(
                session, metric, TODAY - timedelta(days=9), members, until=until, actor=here.by("crm_admin")
            )
    mine, rest = made["seller"], made["elsewhere"]
    assert [found["count"].difference, found["count"].bounds] == [len(mine) - len(rest), None]
    assert found["median"].difference == Decimal(str(median(mine))) - Decimal(str(median(rest)))
    assert found["median"].bounds is not None
    shares = [Decimal(sum(one >= 100 for one in side)) / len(side) * 100 for side in (mine, rest)]
    assert found["share"].difference is not None
    assert abs(found["share"].difference - (shares[0] - shares[1])) < Decimal("0.001")
