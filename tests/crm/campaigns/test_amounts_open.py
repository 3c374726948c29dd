"""Every amount of the comparison and of a campaign's page opens the records that it adds up, whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.services.access import set_fields, set_reaches
from implementor.crm.campaigns.models import Campaign
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.access import Reach
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import reading, working
from tests.crm.builders import START
from tests.crm.campaigns.marketing import Marketing, marketing
from tests.machinery.pages import Browser

COMPARISON = "/crm/campaigns/comparison?from=2026-01-10&to=2026-03-31"
MONEY = re.compile(r"€([\d,]+\.\d\d)")
AMOUNTS = {"Revenue": Opportunity.base_amount, "Cost": Campaign.base_cost_amount}
Opened = tuple[str, str, Decimal, str]


TOLD: tuple[tuple[str, dict[str, str]], ...] = (
    ("Early", {"starts_on": "2026-01-05", "type": "mailing", "cost": "900 EUR"}),
    ("Winter", {"starts_on": "2026-01-20", "type": "mailing", "cost": "100.37 EUR"}),
    ("Fair", {"starts_on": "2026-02-03", "type": "calls", "cost": "200 USD"}),
    ("Free", {"starts_on": "2026-02-10", "type": "calls"}),
    ("Spring", {"starts_on": "2026-03-01", "cost": "300.11 EUR"}),
)


def world(app: Flask) -> Marketing:
    """Campaigns of several months and types with costs in two currencies, and sales of several owners from them."""
    here, made = marketing(app), {}
    here.rate("USD", "0.5")
    for name, values in TOLD:
        made[name] = here.campaign(name, **values)
        for number, who in enumerate(("seller", "mate", "elsewhere"), 1):
            euros, dollars = f"{number}00.0{number} EUR", f"{number}0 USD"
            for stage, amount in (("won", euros), ("won", dollars), ("proposal", "7 EUR")):
                sale = here.sale(f"{name} {who} {amount}", who, stage=stage, amount=amount)
                here.came_from("opportunity", sale, made[name], who)
    here.change("campaign", made["Fair"], parent=made["Winter"])
    with working(app) as session:
        set_reaches(session, {("opportunity", Role.CRM_USER): (Reach.OWN, Reach.OWN)}, by=SYSTEM, at=START)
    return here


def opened(browser: Browser, url: str) -> Iterator[Opened]:
    """Each amount of a page that is a link: its row, figure, hundredths and where it leads."""
    for row in browser.get(url).all("main table tbody tr"):
        for cell in row.cssselect("td"):
            told, links = MONEY.search(cell.text_content()), cell.cssselect("a")
            if str(cell.get("data-label")) in AMOUNTS and told is not None and links:
                title = " ".join(row.cssselect("th")[0].text_content().split())
                yield title, str(cell.get("data-label")), Decimal(told[1].replace(",", "")) * 100, links[0].get("href")


def worth(here: Marketing, browser: Browser, figure: str, url: str) -> Decimal:
    """What the records of a list, or the one of a page, come to."""
    page, column = browser.get(url), AMOUNTS[figure]
    names = {row["Name"] for row in page.rows()} if "?" in url else set(page.texts("h1"))
    model = column.class_
    with reading(here.app) as session:
        return Decimal(sum(one or 0 for one in session.scalars(select(column).where(model.name.in_(names)))))


@pytest.mark.parametrize("by", ["campaign", "month", "type"])
@pytest.mark.parametrize("who", ["seller", "manager"])
def test_amounts_of_the_comparison_are_those_of_what_they_open(app: Flask, who: str, by: str) -> None:
    here = world(app)
    browser = here.browser(who)
    found = list(opened(browser, f"{COMPARISON}&by={by}"))
    faults = [one for one in found if worth(here, browser, one[1], one[3] + "&size=200" * ("?" in one[3])) != one[2]]
    assert faults == []
    assert {figure for _, figure, _, _ in found} == set(AMOUNTS)
    assert len(found) >= 6


def test_amounts_of_a_campaign_with_those_below_it_are_those_of_what_they_open(app: Flask) -> None:
    here = world(app)
    browser = here.browser("manager")
    with reading(app) as session:
        winter = session.scalars(select(Campaign.id).where(Campaign.name == "Winter")).one()
    found = list(opened(browser, f"/crm/campaigns/{winter}"))
    assert {(title, figure) for title, figure, *_ in found} >= {("All together", "Revenue"), ("Fair", "Cost")}
    assert [one for one in found if worth(here, browser, one[1], one[3]) != one[2]] == []


def test_what_is_hidden_from_a_reader_is_no_link(app: Flask) -> None:
    here = world(app)
    with working(app) as session:
        set_fields(session, "opportunity", {(Role.CRM_USER, "amount"): "hide"}, by=SYSTEM, at=START)
        set_fields(session, "campaign", {(Role.CRM_USER, "cost"): "hide"}, by=SYSTEM, at=START)
    assert list(opened(here.browser("seller"), COMPARISON)) == []
