"""Where leads and sales came from: said by hand, named by a lead, carried over by its conversion, told by a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.campaigns.models import Campaign, CampaignOrigin
from implementor.crm.campaigns.origins import adopt_leads
from implementor.crm.records.services import BeyondReach
from tests.auth.builders import reading
from tests.crm.campaigns.marketing import Marketing, marketing, refusing
from tests.crm.importing import brought_in, counts
from tests.crm.leads.test_converting import ALL_NEW


def known(here: Marketing) -> list[tuple[int, int | None, int | None, str]]:
    """(campaign, lead, opportunity, how it is known) of what stands."""
    with reading(here.app) as session:
        found = session.scalars(select(CampaignOrigin).where(CampaignOrigin.archived_at.is_(None)))
        rows = [(one.campaign_id, one.lead_id, one.opportunity_id, one.told_by) for one in found]
    return sorted(rows, key=lambda row: (row[0], row[1] or 0, row[2] or 0))


def test_a_record_came_from_one_campaign_which_can_be_changed_taken_away_and_undone(app: Flask) -> None:
    here = marketing(app)
    spring, summer, sale = here.campaign(), here.campaign("Summer"), here.sale()
    here.came_from("opportunity", sale, spring)
    here.came_from("opportunity", sale, summer)
    assert known(here) == [(summer, None, sale, "hand")]
    here.undo()
    assert known(here) == [(spring, None, sale, "hand")]
    here.came_from("opportunity", sale, None)
    assert known(here) == []
    here.undo()
    assert known(here) == [(spring, None, sale, "hand")]


def test_only_who_changes_a_record_says_where_it_came_from(app: Flask) -> None:
    here = marketing(app)
    spring, sale = here.campaign(), here.sale()
    with pytest.raises(BeyondReach):
        here.came_from("opportunity", sale, spring, who="mate")
    with refusing("campaign"):
        here.came_from("opportunity", sale, 999)
    assert here.browser("elsewhere").get(f"/crm/campaigns/of/opportunity/{sale}", status=404).status == 404


@pytest.mark.parametrize("text", ["Spring fair", "SPRING FAIR", "sf-26"])
def test_a_lead_that_names_a_campaign_came_from_it(app: Flask, text: str) -> None:
    here = marketing(app)
    spring = here.campaign("Spring fair", code="SF-26")
    lead = here.lead(campaign=text)
    assert known(here) == [(spring, lead, None, "lead")]
    summer = here.campaign("Summer fair")
    here.change("lead", lead, campaign="Summer fair")
    here.change("lead", lead, campaign="Something else")
    assert [one[0] for one in known(here)] == [summer]


def test_a_name_that_two_campaigns_have_means_none_of_them(app: Flask) -> None:
    here = marketing(app)
    here.campaign("Fair"), here.campaign("Fair")
    here.lead(campaign="Fair")
    assert known(here) == []


def test_a_conversion_carries_the_campaign_to_the_sale_and_back(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    lead = here.qualified(campaign="Spring")
    made = here.convert(lead, **ALL_NEW)
    assert known(here) == [(spring, None, made.opportunity_id, "lead"), (spring, lead, None, "lead")]
    here.take_back(lead)
    assert known(here) == [(spring, lead, None, "lead")]


def test_a_conversion_does_not_overwrite_where_a_known_sale_came_from(app: Flask) -> None:
    here = marketing(app)
    here.campaign()
    summer, sale = here.campaign("Summer"), here.sale()
    here.came_from("opportunity", sale, summer)
    lead = here.qualified(campaign="Spring")
    here.convert(lead, account="new", contact="new", opportunity=sale)
    assert (summer, None, sale, "hand") in known(here)


def test_leads_that_named_a_campaign_before_it_was_there_are_counted_in(app: Flask) -> None:
    here = marketing(app)
    lead = here.lead(campaign="Spring")
    here.lead("mql", who="elsewhere", campaign="Spring")
    spring = here.campaign()
    page = here.browser().get(f"/crm/campaigns/{spring}")
    assert "1 lead names this campaign" in page.text
    with here.working("seller") as session:
        assert adopt_leads(session, session.get_one(Campaign, spring), here.scope()) == 1
    assert [one[1] for one in known(here)] == [lead]
    here.undo()
    assert known(here) == []


def test_leads_of_a_file_come_from_the_campaigns_that_they_name(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    spring = here.campaign(code="SP")
    text = "Lead ID,Last name,Campaign\n1,Mora,Spring\n2,Soto,sp\n3,Ruiz,Other\n"
    assert counts(brought_in(here, "lead", tmp_path, text)) == (3, 0, 0, 0)
    assert [(one[0], one[3]) for one in known(here)] == [(spring, "import"), (spring, "import")]
    assert here.figures(spring).leads == 2
    assert counts(brought_in(here, "lead", tmp_path, text)) == (0, 0, 3, 0)
    assert here.figures(spring).leads == 2


def test_lists_of_leads_and_sales_are_filtered_by_where_they_came_from(app: Flask) -> None:
    here = marketing(app)
    spring, sale = here.campaign(), here.sale("From spring")
    here.sale("From nowhere")
    here.came_from("opportunity", sale, spring)
    browser = here.browser()
    found = browser.get(f"/crm/opportunities?from_campaign={spring}&columns=name,from_campaign")
    assert "From spring" in found.text
    assert "From nowhere" not in found.text
    assert "From nowhere" in browser.get("/crm/opportunities?from_campaign=none").text
    form = browser.get(f"/crm/campaigns/of/opportunity/{sale}").form()
    form.submit(campaign="")
    assert known(here) == []
