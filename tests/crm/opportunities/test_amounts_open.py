"""Every amount of forecast and board opens the records whose amounts make it up, whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.services.access import set_reaches
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.access import Reach
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import reading, working
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.pages import Browser

FORECAST = "/crm/opportunities/forecast?from=2026-03&months=2"
RATES = {"EUR": Decimal(1), "USD": Decimal("0.5"), "JPY": Decimal("0.7")}
"""What a hundredth, or the smallest unit, of a currency is worth in hundredths of euros."""
MONEY = re.compile(r"€([\d,]+\.\d\d)")
READERS = {"seller": {"Mine"}, "manager": {"Mine", "Of a mate"}, "crm_admin": {"Mine", "Of a mate", "Far away"}}


def world(app: Flask) -> Sales:
    """Sales of several currencies, owners and months; won ones before, in and after the time looked at."""
    here = sales(app)
    here.rate("USD", "0.5")
    here.rate("JPY", "0.007")
    days = {
        "before": date(2026, 1, 20),
        "march": date(2026, 3, 31),
        "april": date(2026, 4, 1),
        "later": date(2026, 7, 1),
    }
    for name, who in (("Mine", "seller"), ("Of a mate", "mate"), ("Far away", "elsewhere")):
        for at, (when, day) in enumerate(days.items(), 1):
            here.sale(f"{name} {when} open", who, stage="negotiation", amount=f"{at}00.37 EUR", close_on=day)
            here.sale(f"{name} {when} yen", who, stage="proposal", amount=f"{at}111 JPY", close_on=day)
        for month in (1, 3, 4):
            closed = datetime(2026, month, 15, 9, tzinfo=UTC)
            here.sale(f"{name} won in {month}", who, closed, stage="won", amount=f"{month}000.01 USD")
        here.sale(f"{name} lost", who, stage="lost", amount="7000 EUR", loss_reason="price")
        here.sale(f"{name} someday", who, stage="needs", amount="20 USD")
        here.sale(f"{name} in pesos", who, stage="proposal", amount="900000 CLP", close_on=days["april"])
    with working(app) as session:
        set_reaches(session, {("opportunity", Role.CRM_USER): (Reach.OWN, Reach.OWN)}, by=SYSTEM, at=START)
    return here


def worth(here: Sales, names: Iterable[str], figure: str) -> Decimal:
    """What these come to in hundredths of euros, added up by hand; whatever has no rate is worth nothing."""
    found = Decimal(0)
    with reading(here.app) as session:
        for one in session.scalars(select(Opportunity).where(Opportunity.name.in_(list(names)))):
            if one.base_amount is not None:
                found += one.base_amount
            elif one.currency in RATES:
                weight = one.probability_ratio if figure in ("Weighted", "Expected") else Decimal(1)
                found += Decimal(one.amount or 0) * RATES[one.currency] * weight
    return found.quantize(Decimal(1), ROUND_HALF_EVEN)


def listed(browser: Browser, url: str) -> set[str]:
    return {row["Name"] for row in browser.get(f"{url}&size=200").rows()}


@pytest.mark.parametrize(("who", "by"), [("seller", "owner"), ("manager", "team"), ("crm_admin", "nobody")])
def test_amounts_of_the_forecast_are_those_of_the_records_they_open(app: Flask, who: str, by: str) -> None:
    here = world(app)
    browser, seen, faults = here.browser(who), set(), []
    for row in browser.get(f"{FORECAST}&by={by}").all("tbody tr"):
        title = row.cssselect("th")[0].text_content()
        for cell in row.cssselect("td"):
            figure, told = str(cell.get("data-label")), MONEY.search(cell.text_content())
            links = [str(one.get("href")) for one in cell.cssselect("a")]
            if told is None or not links:
                continue
            names = listed(browser, links[0])
            seen |= names
            shown = Decimal(told[1].replace(",", "")) * 100
            if shown != worth(here, names, figure):
                faults.append(f"{title} {figure}: {shown} at {links[0]}, which come to {worth(here, names, figure)}")
    assert "\n".join(faults) == ""
    assert {name.rsplit(" ", 2)[0] for name in seen if name.endswith("open")} == READERS[who]


@pytest.mark.parametrize("who", sorted(READERS))
def test_amounts_of_the_board_are_those_of_the_records_they_open(app: Flask, who: str) -> None:
    here = world(app)
    browser, faults, followed = here.browser(who), [], 0
    for link in browser.get("/crm/opportunities/board").all("main .meter-label a"):
        names, told = listed(browser, str(link.get("href"))), MONEY.search(link.text_content())
        followed += 1
        if told is None or Decimal(told[1].replace(",", "")) * 100 != worth(here, names, "Commit"):
            faults.append(f"{link.text_content()} at {link.get('href')}, which come to {worth(here, names, 'Commit')}")
    assert "\n".join(faults) == ""
    assert followed >= 3
