"""Periods from counting to awards: figures against a recount, closing for good, corrections, and who sees what."""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from implementor.auth.models import Team
from implementor.crm.accounts.models import Account
from implementor.foundation.errors import InvalidInput
from implementor.history.models import Action, Change
from implementor.incentives.models import (
    Incentive,
    IncentivePeriod,
    IncentiveRule,
    IncentiveStanding,
)
from implementor.incentives.schedule import count_open
from implementor.notifications.models import Notice
from tests.adoption.builders import NOW
from tests.auth.builders import reading, working
from tests.incentives.builders import NAMES, PLACE, World, closed, counted


@pytest.fixture
def world(app: Flask) -> World:
    """Its people and rules."""
    return World(app)


def test_figures_are_what_a_recount_of_the_rows_finds(world: World) -> None:
    world.accounts("seller", *NAMES, "Test", city="n/a")
    world.accounts("seller", "Drum", "Egret", "Fern", phone="+57 300 1234567")
    world.accounts("mate", "Gull")
    with working(world.here.app) as session:
        mine = select(Action.id).where(Action.actor_id == world.crm.people["seller"].id).order_by(Action.id)
        first = session.scalars(mine).first()
        session.execute(update(Action).where(Action.id == first).values(record_count=11, source="web"))
    found = world.earned(counted(world))
    with reading(world.here.app) as session:
        rows = session.execute(
            select(Account.name, Account.city, Account.phone, Action.record_count)
            .join(Change, (Change.record_id == Account.id) & (Change.record_kind == "account"))
            .join(Action, Action.id == Change.action_id)
            .where(Change.verb == "created", Action.actor_id == world.crm.people["seller"].id)
            .order_by(Change.id)
        ).all()
    good, phones = 0, []
    for name, city, phone, many in rows:
        if many > 10 or name.lower() == "test" or city == "n/a":
            continue
        phones.append(phone)
        good += phone is None or phones.count(phone) <= 2
    seller = found["seller"]
    assert (len(rows), good) == (7, 2)
    assert (seller.counted, seller.points) == (good, good * 2 + 5)
    assert seller.left_out == {"bulk": 1, "placeholder": 3, "repeated": 1}
    assert (found["mate"].counted, found["mate"].points) == (1, 0), "below the floor"
    assert set(found) == {"seller", "mate", "manager", "elsewhere"}


def test_what_is_closed_stays_as_it_was(world: World) -> None:
    period_id = closed(world)
    before = {who: (row.points, row.earned) for who, row in world.earned(period_id).items()}
    seller = world.crm.people["seller"].id
    assert world.awards(period_id) == [(seller, True, None)]
    with working(world.here.app) as session:
        session.execute(update(Account).values(archived_at=NOW))
        session.execute(update(IncentiveRule).values(points=50))
        session.execute(update(Incentive).values(award="Nothing", award_from=1))
    assert count_open(world.here.app, NOW + timedelta(days=1)) == 0
    browser = world.here.browser()
    page = browser.get(f"{PLACE}/periods/{period_id}")
    assert "A day off" in page.text
    browser.post(f"{PLACE}/periods/{period_id}/close", status=409)
    browser.post(f"{PLACE}/periods/{period_id}/count", status=409)
    assert {who: (row.points, row.earned) for who, row in world.earned(period_id).items()} == before
    form = browser.get(f"{PLACE}/periods/{period_id}").form("form[action$='/correct']")
    form.submit(user_id=str(seller), points="9", direction="less", reason=" ", status=409)
    form.submit(user_id=str(seller), points="9", direction="less", reason="They were another's")
    assert world.awards(period_id) == [(seller, True, None), (seller, False, "They were another's")]
    assert {who: (row.points, row.earned) for who, row in world.earned(period_id).items()} == before
    assert "They were another" in browser.get(f"{PLACE}/periods/{period_id}").text


def test_the_file_says_what_each_rule_gave_and_adds_up(world: World) -> None:
    period_id = closed(world)
    browser = world.here.browser()
    form = browser.get(f"{PLACE}/periods/{period_id}").form("form[action$='/correct']")
    form.submit(user_id=str(world.crm.people["mate"].id), points="3", direction="more", reason="Forgotten")
    text = browser.get(f"{PLACE}/periods/{period_id}/standing.csv").response.get_data().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[-1] else ","))
    start = next(place for place, one in enumerate(lines) if one and one[0] == "Person")
    sums: Counter[str] = Counter()
    for name, rule, _figure, found, _of, points, *_more in lines[start + 1 :]:
        sums[name] += int(points)
        assert rule != "New accounts" or int(points) in (0, 2 * int(found))
    assert sums == {"Seller Vega": 11, "Mate Vega": 3, "Manager Vega": 0, "Elsewhere Vega": 0}
    world.here.browser("lead").get(f"{PLACE}/periods/{period_id}/standing.csv", status=403)
    browser.get(f"/projects/VEN/records/incentive_period/{period_id}/edit", status=409)


def test_a_period_is_closed_when_it_is_over_and_announced_when_it_is_closed(world: World) -> None:
    period_id = counted(world)
    browser = world.here.browser()
    browser.get(PLACE)
    for deed in ("close", "announce", "correct"):
        browser.post(f"{PLACE}/periods/{period_id}/{deed}", status=409)
    for number in (0, 10**18):
        browser.post(f"{PLACE}/periods/{number}/close", status=404)


def test_names_are_for_the_change_lead_oneself_and_ones_manager(world: World) -> None:
    period_id = closed(world)
    page = f"{PLACE}/periods/{period_id}"
    assert "Seller Vega" in world.here.browser().get(page).text
    for who in ("lead", "sponsor", "member", "viewer"):
        text = world.here.browser(who).get(page).text
        assert "Vega" not in text
        assert "Too few people take part" in text
        world.here.browser(who).get(PLACE)
    with working(world.here.app) as session:
        team = select(IncentiveStanding.team_id).where(IncentiveStanding.user_id == world.crm.people["seller"].id)
        session.get_one(Team, session.scalar(team)).manager_id = world.crm.people["manager"].id
    mine = world.crm.browser("seller").get("/use/points/")
    assert "You won: A day off" in mine.text
    assert "Mate Vega" not in mine.text
    assert "Spring · March: 11 points" in world.crm.browser("seller").get("/use/").text
    assert "Seller Vega" in world.crm.browser("manager").get("/use/points/").text
    assert "Seller Vega" not in world.crm.browser("elsewhere").get("/use/points/").text


def test_awards_are_announced_with_the_names_of_those_who_agreed(world: World) -> None:
    period_id = closed(world)
    world.here.browser().get(f"{PLACE}/periods/{period_id}").form("form[action$='/announce']").submit()
    other, winner = world.crm.browser("elsewhere"), world.crm.browser("seller")
    assert "Seller Vega" not in other.get("/use/points/").text
    winner.get("/use/points/").form("form[action$='/naming']").submit()
    assert "Seller Vega" in other.get("/use/points/").text
    assert "Seller Vega" in world.here.browser("viewer").get(f"{PLACE}/periods/{period_id}").text
    winner.get("/use/points/").form("form[action$='/naming']").submit()
    assert "Seller Vega" not in other.get("/use/points/").text
    with reading(world.here.app) as session:
        assert session.scalar(select(func.count(Notice.id)).where(Notice.kind == "incentive.awards")) == 4
    lead = world.here.browser()
    lead.get(PLACE)
    lead.post(f"{PLACE}/periods/{period_id}/announce", status=409)
    stranger = world.here.browser("viewer")
    stranger.get("/use/points/")
    stranger.post("/use/points/naming", {"incentive_id": str(world.incentive), "agreed": "yes"}, status=404)


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (IncentiveRule, {"figure": "records", "cap": 9}, "complete"),
        (IncentiveRule, {"figure": "records", "complete": 80}, "cap"),
        (IncentiveRule, {"figure": "days", "cap": 9, "valid": 49}, "complete"),
        (IncentiveRule, {"figure": "valid"}, "target"),
        (IncentivePeriod, {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}, "ends_on"),
        (IncentivePeriod, {"starts_on": date(2026, 3, 2), "ends_on": date(2027, 3, 3)}, "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(world: World, kind: Any, values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as fault:
        world.here.write(kind, name="Bad", incentive_id=world.incentive, **values)
    assert set(fault.value.errors) == {field}


def test_days_are_in_one_period_only(world: World) -> None:
    world.period(-3, 0)
    with pytest.raises(InvalidInput):
        world.period(0, 3, "April")
    world.period(1, 3, "April")
