"""What campaigns came to: each side added up apart, over random data too, and every figure opens its records."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from implementor.crm.campaigns.answers import HAPPENINGS, LISTED, RESPONSES, whereabouts
from implementor.crm.campaigns.figures import Figures, together
from implementor.crm.campaigns.models import Campaign, CampaignMember, CampaignOrigin
from implementor.crm.opportunities.models import Opportunity
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.campaigns.marketing import LATER, Marketing, marketing


def test_one_cost_and_ten_sales_of_three_members_count_the_cost_once(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign(cost="400 EUR")
    members = [here.member(spring) for _each in range(3)]
    for member in members[:2]:
        here.answers(member, "responded")
        here.answers(member, "accepted")
    for number in range(10):
        here.came_from("opportunity", here.sale(f"Deal {number}", amount="100 EUR", stage="won"), spring)
    found = here.figures(spring)
    assert (found.members, found.responses, found.accepted, found.won) == (3, 2, 2, 10)
    assert (found.revenue, found.cost, found.return_ratio) == (100_000, 40_000, Decimal("1.5"))
    assert (found.response_ratio, found.cost_of_response) == (Decimal("0.6667"), 20_000)


def test_without_a_cost_or_a_rate_there_is_no_return_rather_than_an_endless_one(app: Flask) -> None:
    here = marketing(app)
    free, foreign = here.campaign("Free"), here.campaign("Foreign", cost="400 USD")
    here.came_from("opportunity", here.sale(amount="100 EUR", stage="won"), free)
    assert (here.figures(free).cost, here.figures(free).return_ratio) == (None, None)
    assert (here.figures(foreign).unrated, here.figures(foreign).cost, here.figures(foreign).return_ratio) == (
        1, None, None,
    )  # fmt: skip
    here.rate("USD", "0.5")
    here.change("campaign", foreign, starts_on="2026-02-02")
    assert (here.figures(foreign).cost, here.figures(foreign).return_ratio) == (20_000, Decimal(-1))


def test_revenue_is_that_of_the_rate_at_closing_and_only_of_what_is_won_and_in_use(app: Flask) -> None:
    here = marketing(app)
    here.rate("USD", "0.5")
    spring = here.campaign(cost="1 EUR")
    sold = here.sale(amount="100 USD", stage="won", close_on="2026-03-02")
    for sale in (sold, here.sale("Open one", amount="70 EUR"), here.sale("No amount", stage="won")):
        here.came_from("opportunity", sale, spring)
    gone = here.sale("Put away", amount="900 EUR", stage="won")
    here.came_from("opportunity", gone, spring)
    with here.working() as session:
        session.get_one(Opportunity, gone).archived_at = START
    here.rate("USD", "0.9", date(2026, 3, 20))
    found = here.figures(spring)
    assert (found.revenue, found.won, found.open, found.opportunities, found.unrated) == (5_000, 2, 1, 3, 0)


def test_a_reader_sees_the_figures_of_what_they_see(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    here.member(spring)
    here.came_from("opportunity", here.sale(amount="100 EUR", stage="won"), spring)
    assert (here.figures(spring, "mate").members, here.figures(spring, "mate").revenue) == (1, 10_000)
    assert (here.figures(spring, "elsewhere").members, here.figures(spring, "elsewhere").revenue) == (0, 0)


def scattered(here: Marketing, dice: random.Random) -> list[int]:
    """Campaigns with random members, answers, leads and sales; several of each for a campaign."""
    campaigns = [
        here.campaign(f"No. {number}", **({"cost": f"{dice.randint(1, 900)} EUR"} if dice.random() < 0.7 else {}))
        for number in range(4)
    ]
    for campaign in campaigns:
        for _each in range(dice.randint(0, 4)):
            lead = here.lead()
            member = here.member(campaign, lead=lead)
            for number in range(dice.randint(0, 3)):
                here.answers(member, dice.choice(HAPPENINGS[:6]), at=LATER + timedelta(hours=number))
            if dice.random() < 0.5:
                here.came_from("lead", lead, campaign)
        for number in range(dice.randint(0, 4)):
            stage = dice.choice(("won", "lost", "qualification"))
            told: dict[str, Any] = {"loss_reason": "price"} if stage == "lost" else {}
            stages: dict[str, Any] = {"stage": stage} if stage in here.stages else {}
            sale = here.sale(f"Deal {number}", amount=f"{dice.randint(1, 999)} EUR", **stages, **told)
            here.came_from("opportunity", sale, campaign)
    return campaigns


def counted_by_hand(here: Marketing, campaign: int) -> Figures:
    """The figures of a campaign by reading every row, one side after the other, in Python."""
    with reading(here.app) as session:
        members = [one for one in session.query(CampaignMember) if one.campaign_id == campaign]
        origins = [one for one in session.query(CampaignOrigin) if one.campaign_id == campaign]
        sales = [session.get_one(Opportunity, one.opportunity_id) for one in origins if one.opportunity_id]
        cost = session.get_one(Campaign, campaign).cost_amount
        return Figures(
            members=len(members),
            approached=len([one for one in members if one.status != LISTED]),
            responses=len([one for one in members if one.responded_at]),
            accepted=len([one for one in members if one.status == "accepted"]),
            leads=len([one for one in origins if one.lead_id]),
            open=len([one for one in sales if one.status == "open"]),
            won=len([one for one in sales if one.status == "won"]),
            lost=len([one for one in sales if one.status == "lost"]),
            revenue=sum(one.amount or 0 for one in sales if one.status == "won"),
            cost=cost,
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_campaigns_come_to_what_counting_by_hand_says(app: Flask, seed: int) -> None:
    here = marketing(app)
    campaigns = scattered(here, random.Random(seed))
    by_hand = [counted_by_hand(here, one) for one in campaigns]
    assert [here.figures(one) for one in campaigns] == by_hand
    assert together(by_hand).revenue == sum(one.revenue or 0 for one in by_hand)


class Fact:
    def __init__(self, number: int, kind: str, at: datetime, outcome: str | None = None) -> None:
        self.id, self.kind, self.at, self.outcome = number, kind, at, outcome


@pytest.mark.parametrize(
    ("kinds", "status", "tries"),
    [
        ((), "listed", 0),
        (("sent", "sent"), "sent", 2),
        (("sent", "responded", "sent"), "responded", 2),
        (("declined", "accepted"), "accepted", 0),
        (("accepted", "declined"), "declined", 0),
        (("accepted", "opted_out", "sent"), "opted_out", 1),
        (("bounced", "opened"), "opened", 0),
    ],
)
def test_the_furthest_that_happened_says_where_a_member_stands(kinds: tuple[str, ...], status: str, tries: int) -> None:
    facts = [Fact(number, kind, START + timedelta(days=number)) for number, kind in enumerate(kinds)]
    random.Random(7).shuffle(facts)
    found: Any = whereabouts(START, facts, tries_before=0)
    assert (found.status, found.tries) == (status, tries)
    assert (found.responded_at is not None) == bool(set(kinds) & set(RESPONSES))


def test_every_figure_of_a_campaign_opens_as_many_records(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign(cost="400 EUR")
    for number in range(3):
        member = here.member(spring)
        here.answers(member, ("accepted", "declined", "sent")[number])
        here.came_from("opportunity", here.sale(f"Deal {number}", amount="9 EUR", stage="won"), spring)
    here.came_from("opportunity", here.sale("Open one"), spring)
    here.came_from("lead", here.lead(), spring)
    browser = here.browser()
    page = browser.get(f"/crm/campaigns/{spring}")
    opened: dict[str, int] = {}
    for link in page.all("#figures .stat-value a"):
        rows = browser.get(str(link.get("href"))).all("tbody tr")
        assert len(rows) == int(link.text_content()), link.get("href")
        opened[str(link.get("href"))] = len(rows)
    assert sorted(opened.values()) == [1, 1, 2, 3, 3, 4]
