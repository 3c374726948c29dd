"""Figures in parts, by what records lead to, against a plain recount; and amounts of few records, which are not told."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from statistics import median
from typing import Any

import pytest
from flask import Flask

from implementor.auth.models import Area, Team, TeamMember
from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign, CampaignOrigin
from implementor.crm.measures.completeness import WANTED
from implementor.crm.opportunities.models import LineItem, Opportunity
from implementor.crm.products.models import Product
from implementor.foundation.measures import Tally
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Definition, Named, Query, Ratio, Window
from implementor.metrics.few import FEWEST, parts_told, told_to_all
from implementor.metrics.measuring import Ruler
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales
from tests.metrics.builders import aim
from tests.metrics.measured import TODAY, ZONE, defined, measured

ZONES, SEGMENTS, FAMILIES = (None, "North", "South"), (None, "large", "small"), (None, "roof", "door")
SOLD = {"status": ("won",)}


@dataclass
class Sold:
    """A sale as the test wrote it: what it is worth and what it leads to."""

    status: str
    amount: int
    parts: dict[str, set[Any]]
    filled: int = 0
    id: int = 0


@dataclass
class World:
    """The sales of a company, for what they are parted by."""

    app: Flask
    sold: list[Sold] = field(default_factory=list)

    def parted(self, definition: Definition, key: str, unit: str = "money") -> dict[Any, Tally]:
        with reading(self.app) as session:
            return Ruler(session, AsOf(TODAY, ZONE, None)).parted(definition, key, unit, "EUR")

    def recounted(self, key: str, tell: Callable[[list[Sold]], Any], among: Iterable[str]) -> dict[Any, Any]:
        """What a plain walk over the sales finds for each part."""
        found: dict[Any, list[Sold]] = defaultdict(list)
        for one in self.sold:
            for part in one.parts[key] if one.status in among else ():
                found[part].append(one)
        return {part: tell(some) for part, some in found.items()}


def world(app: Flask, count: int = 70) -> World:
    """Sales at random: accounts with and without zone, lines that name a product twice, owners in several teams."""
    there, draw = sales(app), random.Random(11)
    stage = next(iter(there.stages.values()))
    found, other = World(app), aim(app, "OTH").people["lead"].id
    with there.working("crm_admin") as session:
        pairs = list(product(ZONES, SEGMENTS))
        accounts = [
            Account(name=f"Firm {number}", zone=zone, segment=segment, created_at=START, updated_at=START)
            for number, (zone, segment) in enumerate(pairs)
        ]
        products = [Product(name=f"Thing {one}", code=f"T{one}", category=FAMILIES[one % 3]) for one in range(5)]
        campaigns = [Campaign(name=f"Fair {number}", status="planned") for number in range(2)]
        session.add_all([*accounts, *products, *campaigns])
        session.flush()
        places = _places(session, there, other)
        for number in range(count):
            account, bought = draw.choice([None, *accounts]), draw.choices(products, k=draw.randrange(4))
            campaign, owner = draw.choice([None, *campaigns]), draw.choice([None, *places])
            status, amount = draw.choice(["won", "lost"]), draw.randrange(1, 900_000)
            sale = Opportunity(
                name=f"Sale {number}", pipeline_id=stage.pipeline_id, stage_id=stage.id, status=status,
                began_at=START, stage_since=START, closed_at=START, close_on=START.date(), amount=amount, currency="EUR",
                account_id=account and account.id, owner_id=owner, probability_ratio=Decimal(int(status == "won")),
                probability_source="stage", loss_reason="price" if status == "lost" else None,
            )  # fmt: skip
            session.add(sale)
            session.flush()
            session.add_all(_line(sale.id, one) for one in bought)
            if campaign is not None:
                session.add(CampaignOrigin(campaign_id=campaign.id, opportunity_id=sale.id))
            parts = {
                "account.zone": {account.zone if account else None},
                "account.segment": {account.segment if account else None},
                "product": {one.id for one in bought} or {None},
                "product.category": {one.category for one in bought} or {None},
                "campaign_origin": {campaign and campaign.id},
                "owners_team": places[owner][0] if owner else {None},
                "owners_area": places[owner][1] if owner else {None},
                "owner": {owner},
            }
            filled = 2 + (account is not None)
            found.sold.append(Sold(status, amount, parts, filled, sale.id))
    return found


def _line(sale_id: int, bought: Product) -> LineItem:
    return LineItem(
        opportunity_id=sale_id, product_id=bought.id, name=bought.name, quantity=Decimal(1), unit_price_amount=100,
        currency="EUR", total_amount=100,
    )  # fmt: skip


def _places(session: Any, there: Sales, other: int) -> dict[int, tuple[set[Any], set[Any]]]:
    """Who is in which teams and areas: one in two teams of one area, one in none."""
    area = Area(name="Sales")
    session.add(area)
    session.flush()
    east, west = (Team(name=name, area_id=area.id) for name in ("East", "West"))
    session.add_all([east, west])
    session.flush()
    user = there.people["stranger"].id
    session.add_all([TeamMember(team_id=one.id, user_id=user, joined_at=START) for one in (east, west)])
    return {user: ({east.id, west.id}, {area.id}), other: ({None}, {None})}


def euros(some: list[Sold]) -> Decimal:
    return sum((Decimal(one.amount) / 100 for one in some), Decimal(0))


BOTH = ("won", "lost")
DECIDED = {"status": BOTH}
CASES: list[tuple[Definition, str, tuple[str, ...], Callable[[list[Sold]], Any]]] = [
    (Query("opportunity", filters=SOLD), "count", ("won",), len),
    (Query("opportunity", "sum", "amount", filters=DECIDED), "money", BOTH, euros),
    (Query("opportunity", "median", "amount", filters=DECIDED), "money", BOTH,
     lambda some: median(Decimal(one.amount) / 100 for one in some)),
    (Query("opportunity", "share", filters=DECIDED, part=SOLD), "percent", BOTH,
     lambda some: Decimal(100) * sum(one.status == "won" for one in some) / len(some)),
    (Ratio(Query("opportunity", "sum", "amount", filters=SOLD), Query("opportunity")), "money", BOTH,
     lambda some: euros([one for one in some if one.status == "won"]) / len(some)),
    (Named("complete.opportunity"), "percent", BOTH,
     lambda some: Decimal(100) * sum(one.filled for one in some) / (len(WANTED["opportunity"][2]) * len(some))),
]  # fmt: skip


def test_every_part_is_what_a_plain_recount_finds(app: Flask) -> None:
    there = world(app)
    for definition, unit, among, tell in CASES:
        for key in there.sold[0].parts:
            wanted = there.recounted(key, tell, among)
            found = there.parted(definition, key, unit)
            got = {part: tally.value for part, tally in found.items()}
            assert got.keys() == wanted.keys(), (definition, key)
            for part, value in wanted.items():
                assert abs(got[part] - value) <= Decimal("0.0001"), (definition, key, part)


NARROWED: list[tuple[dict[str, tuple[str, ...]], Window]] = [
    ({}, Window()), ({"status": ("won",)}, Window()), ({"name": ("some",)}, Window()),
    ({"owner": ("none",), "amount": ("1..2000 EUR",)}, Window()), ({"account": ("none",)}, Window()),
    ({"account": ("1",)}, Window()), ({"account": ("1",), "amount": ("..4000 EUR",)}, Window()),
    ({"account": ("2",), "status": ("won",), "probability": ("90..100",)}, Window()), ({}, Window("since", "began_at", since=TODAY)),
]  # fmt: skip


def test_no_amount_of_few_records_is_told_to_who_does_not_see_them(app: Flask) -> None:
    there = world(app, 30)
    for filters, window in NARROWED:
        bare = {name: texts for name, texts in filters.items() if name not in ("amount", "probability")}
        with reading(app) as session:
            ruler = Ruler(session, AsOf(TODAY, ZONE, None))
            few = 0 < ruler.tally(Query("opportunity", filters=bare, window=window), "count", None).n < FEWEST
            for aggregate in ("sum", "average", "median"):
                query = Query("opportunity", aggregate, "amount", filters=filters, window=window)
                found = ruler.tally(query, "money", "EUR")
                told = told_to_all(session, ruler.as_of, query, found)
                assert (told.value is None) == (found.value is None or 0 < found.n < FEWEST), (filters, aggregate)
                assert told.n == found.n
            count = Query("opportunity", filters=filters, window=window)
            told = told_to_all(session, ruler.as_of, count, ruler.tally(count, "count", None))
            assert (told.value is None) == (few and bare != filters), filters
    query = Query("opportunity", "sum", "amount")
    parts = there.parted(query, "product.category")
    told_parts = parts_told(query, {**parts, "rare": Tally(Decimal(7), n=2), "rarer": Tally(Decimal(1), n=1)})
    hidden = [one for one in told_parts.values() if one.value is None]
    assert len(hidden) == 3
    assert sum(one.n for one in hidden) >= FEWEST, "what is missing from the whole is not of few either"


@pytest.mark.sqlite_only(reason="who is told is no matter of SQL")
def test_people_of_the_crm_see_what_others_are_not_told(app: Flask) -> None:
    company, there = sales(app), aim(app)
    for name in ("Roof", "Door"):
        company.sale(name, who="crm_admin", amount=100_000, currency="EUR")
    query = Query("opportunity", "sum", "amount", group_by="status")
    metric_id = defined(there, query, unit="money", currency="EUR", name="Open amount")
    measured(there, metric_id)
    assert [(one.value, one.n) for one in there.measurements()] == [(None, 2)]
    address = f"/projects/VEN/metrics/{metric_id}"
    lead = there.browser()
    for page in ("", "/definition", "/breakdown"):
        text = lead.get(address + page).text
        assert "told only to people who see these records" in text, page
        assert "2,000" not in text, page
