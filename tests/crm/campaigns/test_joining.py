"""Adding many people to a campaign: seen first, those who may not be approached left out and counted, nobody twice."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.campaigns.models import CampaignMember
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from tests.auth.builders import reading
from tests.crm.builders import Company
from tests.crm.campaigns.marketing import Marketing, marketing


def audience(here: Marketing) -> None:
    """Two who agreed, one who said no, one who said nothing, one who agreed and has no open address."""
    for name, word in (("Ana", "given"), ("Bea", "given"), ("Carla", "objected"), ("Dora", "")):
        contact = here.person(name)
        if word:
            here.says(contact, word)
    here.says(here.person("Flor", email=None), "given")


def members(here: Company) -> int:
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(CampaignMember)) or 0


def joined(here: Marketing, campaign: int, **values: Any) -> Any:
    form = here.browser().get(f"/crm/campaigns/{campaign}/add-members").form()
    return form.submit(**{"of": "contact", "channel": "email", **values}, button="See who would join")


def test_those_who_may_be_approached_join_and_the_others_are_counted_by_reason(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    audience(here)
    page = joined(here, spring)
    for told in (
        "1 person: asked for no advertising", "never agreed to advertising", "have no address", "Add 2 members"
    ):  # fmt: skip
        assert told in page.text, told
    assert members(here) == 0
    done = page.form().submit(button="Add 2 members")
    assert "2 members are added" in done.text
    assert members(here) == 2
    again = joined(here, spring)
    assert "Add " not in [button.text_content() for button in again.all("main form button")]
    assert {"Ana Soto", "Bea Soto"} == here.titles("campaign_member")
    here.undo()
    assert here.titles("campaign_member") == set()


def test_a_list_is_named_by_its_address_and_channels_on_which_people_come_need_no_consent(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    audience(here)
    page = joined(here, spring, of="", address="http://localhost/crm/contacts?q=Dora", channel="event")
    assert "Add 1 member" in page.text
    wrong = here.browser().get(f"/crm/campaigns/{spring}/add-members").form()
    for address in ("http://localhost/crm/accounts", "nonsense", "/crm/contacts?q=Nobody"):
        assert wrong.submit(address=address, status=422).status == 422


def test_a_kept_view_of_leads_is_offered(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    here.lead(company="Duero Foods")
    here.lead(company="Tajo Tools", opted_out="yes")
    browser = here.browser()
    browser.get("/crm/leads")
    browser.post("/lists/lead/views", {"name": "Tools", "address": "q=Tajo"})
    page = browser.get(f"/crm/campaigns/{spring}/add-members")
    assert "Leads: Tools" in page.text
    page = page.form().submit(of="lead:1", channel="", button="See who would join")
    assert "1 person: asked for no advertising" in page.text
    assert "Add 1 member" in joined(here, spring, of="lead", channel="").text


def test_more_than_a_request_can_take_are_added_by_a_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    here = marketing(app)
    spring = here.campaign()
    audience(here)
    monkeypatch.setattr("implementor.crm.campaigns.views.joining.IN_A_REQUEST", 1)
    page = joined(here, spring).form().submit(button="Add 2 members")
    assert "/jobs/" in page.url
    with reading(app) as session:
        job = session.scalars(select(Job).where(Job.kind == "crm.campaigns.add_members")).one()
    run_inline(app, job.id)
    assert members(here) == 2
    with reading(app) as session:
        result = session.get_one(Job, job.id).result or {}
    assert (result["added"], result["left_out"]) == (2, {"said_no": 1, "not_agreed": 1, "no_address": 1})


def test_who_edits_no_members_adds_none(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    here.browser("stranger").get(f"/crm/campaigns/{spring}/add-members", status=403)
