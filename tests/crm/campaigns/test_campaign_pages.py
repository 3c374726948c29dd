"""The pages of campaigns: their list, the comparison each way, and the same statements for one and for many."""

from __future__ import annotations

import pytest
from flask import Flask

from implementor.foundation.errors import InvalidInput
from tests.crm.campaigns.marketing import Marketing, marketing, refusing
from tests.machinery.statements import counting


def busy(here: Marketing, name: str, **values: str) -> int:
    """A campaign with two of each side."""
    campaign = here.campaign(name, cost="300 EUR", **values)
    for number in range(2):
        here.answers(here.member(campaign, channel="email"), "accepted")
        here.came_from("lead", here.lead(), campaign)
        sale = here.sale(f"{name} {number}", amount="100 EUR", stage="won")
        here.came_from("opportunity", sale, campaign)
    return campaign


@pytest.mark.parametrize("by", ["campaign", "channel", "month", "type", "nonsense"])
def test_the_comparison_adds_up_each_way(app: Flask, by: str) -> None:
    here = marketing(app)
    spring = busy(here, "Spring", type="mailing")
    busy(here, "Summer", starts_on="2026-02-20")
    here.add("campaign_channel", campaign=spring, channel="email", cost="300 EUR")
    browser = here.browser()
    page = browser.get(f"/crm/campaigns/comparison?by={by}&from=2026-01-01&to=2026-03-31")
    rows = page.rows("table")
    names = [next(iter(row.values())) for row in rows]
    if by == "channel":
        assert [row["Members"] for row in rows] == ["4"]
        assert rows[0]["Cost"] == "€300.00"
        return
    assert names[0] == "All together"
    together = [rows[0][name] for name in ("Members", "Won", "Revenue", "Return on cost")]
    assert together == ["4", "4", "€400.00", "-33%"]
    assert len(rows) == {"month": 2, "type": 3}.get(by, 3)
    nothing = browser.get(f"/crm/campaigns/comparison?by={by}&from=2020-01-01&to=2020-03-31")
    assert "No campaign began in that time" in nothing.text


def test_one_campaign_and_six_cost_the_comparison_the_same_statements(app: Flask) -> None:
    here, seen = marketing(app), []
    browser = here.browser()
    address = "/crm/campaigns/comparison?from=2026-01-01&to=2026-03-31"
    busy(here, "First")
    browser.get(address)
    for more in ((), ("Second", "Third", "Fourth")):
        for name in more:
            busy(here, name)
        with counting() as statements:
            browser.get(address)
        seen.append(statements)
    assert len(seen[0]) == len(seen[1]), seen[1].beyond(seen[0])


def test_the_page_of_a_campaign_costs_the_same_for_few_and_many(app: Flask) -> None:
    here, seen = marketing(app), []
    browser = here.browser()
    whole = here.campaign("Whole year")
    busy(here, "First", parent=str(whole))
    browser.get(f"/crm/campaigns/{whole}")
    for more in ((), ("Second", "Third")):
        for name in more:
            busy(here, name, parent=str(whole))
        with counting() as statements:
            page = browser.get(f"/crm/campaigns/{whole}")
        seen.append(statements)
    assert len(seen[0]) == len(seen[1]), seen[1].beyond(seen[0])
    rows = page.rows("#below table")
    assert [row["Won"] for row in rows] == ["6", "2", "2", "2"]


def test_channels_add_up_to_what_the_campaign_costs(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign(budget="1000 EUR", cost="5 EUR")
    here.add("campaign_channel", campaign=spring, channel="email", cost="100 EUR")
    phone = here.add("campaign_channel", campaign=spring, channel="phone", cost="50.50 EUR", budget="200 EUR")
    figures = here.figures(spring)
    assert figures.cost == 15050
    with refusing("cost"):
        here.change("campaign", spring, cost="7 EUR")
    with refusing("cost"):
        here.add("campaign_channel", campaign=spring, channel="post", cost="1 USD")
    here.change("campaign_channel", phone, cost="60 EUR")
    assert here.figures(spring).cost == 16000
    here.undo()
    assert here.figures(spring).cost == 15050


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"code": "SPRING"}, "code"), ({"ends_on": "2026-01-01"}, "ends_on"), ({"cost": "-1 EUR"}, "cost")],
)
def test_what_no_campaign_is_is_refused(app: Flask, wrong: dict[str, str], field: str) -> None:
    here = marketing(app)
    here.campaign(code="spring")
    with refusing(field):
        here.campaign("Other", **wrong)


def test_a_campaign_does_not_belong_to_itself(app: Flask) -> None:
    here = marketing(app)
    above = here.campaign("Above")
    below = here.campaign("Below", parent=above)
    with pytest.raises(InvalidInput):
        here.change("campaign", above, parent=below)


def test_the_timeline_of_a_lead_tells_what_it_answered(app: Flask) -> None:
    here = marketing(app)
    lead = here.lead()
    member = here.member(here.campaign(), lead=lead)
    here.answers(member, "accepted", outcome="bought", note="They ordered two")
    browser = here.browser()
    told = browser.get(f"/crm/leads/{lead}/history").text
    assert "campaign Spring: Said yes" in told
    assert "They ordered two" in told
    page = browser.get(f"/crm/campaign-members/{member}")
    page.form("Take back").submit()
    assert here.stands(member).status == "listed"
    form = browser.get(f"/crm/campaign-members/{member}/answers/new?kind=sent").form()
    form.submit(note="Second letter")
    assert (here.stands(member).status, here.stands(member).tries) == ("sent", 1)
