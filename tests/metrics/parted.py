"""Sales at random with what they lead to, for figures in parts and their plain recount."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.auth.models import Area, Team, TeamMember
from implementor.crm.accounts.models import Account
from implementor.crm.campaigns.models import Campaign, CampaignOrigin
from implementor.crm.opportunities.models import LineItem, Opportunity
from implementor.crm.products.models import Product
from implementor.foundation.measures import Tally
from implementor.foundation.pipelines import Stage
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Definition
from implementor.metrics.measuring import Ruler
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales
from tests.metrics.builders import aim
from tests.metrics.measured import TODAY, ZONE

ZONES, SEGMENTS, CATEGORIES = (None, "North", "South"), (None, "large", "small"), (None, "roof", "door")
SOLD = {"status": ("won",)}


@dataclass
class Sold:
    """A sale as the test wrote it: what it is worth and what it leads to."""

    status: str
    amount: int
    parts: dict[str, set[Any]]
    filled: int = 0


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


@dataclass
class Things:
    """What sales lead to; `places` are the teams and areas of each owner."""

    accounts: list[Account]
    products: list[Product]
    campaigns: list[Campaign]
    places: dict[int, tuple[set[Any], set[Any]]]


def world(app: Flask, count: int = 70) -> World:
    """Sales at random: accounts with and without zone, lines that name a product twice, owners in several teams."""
    there, draw = sales(app), random.Random(11)
    stage = next(iter(there.stages.values()))
    found, other = World(app), aim(app, "OTH").people["lead"].id
    with there.working("crm_admin") as session:
        things = _things(session, there, other)
        found.sold = [_sold(session, number, stage, things, draw) for number in range(count)]
    return found


def _things(session: Session, there: Sales, other: int) -> Things:
    accounts = [
        Account(name=f"Firm {number}", zone=zone, segment=segment, created_at=START, updated_at=START)
        for number, (zone, segment) in enumerate(product(ZONES, SEGMENTS))
    ]
    products = [Product(name=f"Thing {one}", code=f"T{one}", category=CATEGORIES[one % 3]) for one in range(5)]
    campaigns = [Campaign(name=f"Fair {number}", status="planned") for number in range(2)]
    session.add_all([*accounts, *products, *campaigns])
    session.flush()
    return Things(accounts, products, campaigns, _places(session, there, other))


def _sold(session: Session, number: int, stage: Stage, things: Things, draw: random.Random) -> Sold:
    account, bought = draw.choice([None, *things.accounts]), draw.choices(things.products, k=draw.randrange(4))
    campaign, owner = draw.choice([None, *things.campaigns]), draw.choice([None, *things.places])
    status, amount = draw.choice(["won", "lost"]), draw.randrange(1, 900_000)
    sale = Opportunity(
        name=f"Sale {number}", pipeline_id=stage.pipeline_id, stage_id=stage.id, status=status, began_at=START,
        stage_since=START, closed_at=START, close_on=START.date(), amount=amount, currency="EUR",
        account_id=account and account.id, owner_id=owner, probability_ratio=Decimal(int(status == "won")),
        probability_source="stage", loss_reason="price" if status == "lost" else None,
    )  # fmt: skip
    session.add(sale)
    session.flush()
    session.add_all(_line(sale.id, one) for one in bought)
    if campaign is not None:
        session.add(CampaignOrigin(campaign_id=campaign.id, opportunity_id=sale.id))
    parts: dict[str, set[Any]] = {
        "account.zone": {account.zone if account else None},
        "account.segment": {account.segment if account else None},
        "product": {one.id for one in bought} or {None},
        "product.category": {one.category for one in bought} or {None},
        "campaign_origin": {campaign and campaign.id},
        "owners_team": things.places[owner][0] if owner else {None},
        "owners_area": things.places[owner][1] if owner else {None},
        "owner": {owner},
    }
    return Sold(status, amount, parts, 2 + (account is not None))


def _line(sale_id: int, bought: Product) -> LineItem:
    return LineItem(
        opportunity_id=sale_id, product_id=bought.id, name=bought.name, quantity=Decimal(1), unit_price_amount=100,
        currency="EUR", total_amount=100,
    )  # fmt: skip


def _places(session: Session, there: Sales, other: int) -> dict[int, tuple[set[Any], set[Any]]]:
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
