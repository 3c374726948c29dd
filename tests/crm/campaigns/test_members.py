"""Members of campaigns: once each, only who may be approached, with what happens as facts that can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.campaigns.members import MayNotBeApproached, take_answer_back
from implementor.crm.campaigns.models import CampaignEvent, CampaignMember
from implementor.crm.consents.asking import standings
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.campaigns.marketing import LATER, marketing, refusing
from tests.duplicates.builders import merge_of


def test_somebody_is_in_a_campaign_once_and_can_join_again_after_leaving(app: Flask) -> None:
    here = marketing(app)
    spring, lead = here.campaign(), here.lead()
    first = here.member(spring, lead=lead)
    with refusing("lead"):
        here.member(spring, lead=lead)
    here.member(here.campaign("Summer"), lead=lead)
    browser = here.browser()
    browser.get("/account")
    browser.post(f"/records/campaign_member/{first}/archive")
    here.member(spring, lead=lead)
    browser.post(f"/records/campaign_member/{first}/restore", status=409)
    assert here.stands(first).is_archived, "they are in it already"


@pytest.mark.parametrize("who", [{}, {"named": " "}, {"named": "Somebody", "lead": 1}])
def test_a_member_is_exactly_one_person(app: Flask, who: dict[str, Any]) -> None:
    here = marketing(app)
    lead = here.lead()
    given: dict[str, Any] = {name: lead if name == "lead" else value for name, value in who.items()}
    with refusing("contact"):
        here.add("campaign_member", campaign=here.campaign(), **given)


def test_who_did_not_agree_is_refused_and_who_said_no_everywhere(app: Flask) -> None:
    here = marketing(app)
    spring, ana = here.campaign(), here.person()
    with refusing("contact"):
        here.member(spring, contact=ana, channel="email")
    here.says(ana, "given")
    member = here.member(spring, contact=ana, channel="email")
    with refusing("contact"):
        here.change("campaign_member", member, channel="phone")
    bea = here.person("Bea")
    here.says(bea, "objected", None)
    with refusing("contact"):
        here.member(spring, contact=bea, channel="event")
    here.member(spring, contact=here.person("Eva"), channel="event")


def test_leads_who_asked_for_nothing_or_no_calls_are_refused(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    with refusing("lead"):
        here.member(spring, lead=here.lead(opted_out="yes"))
    quiet = here.lead(do_not_call="yes")
    with refusing("lead"):
        here.member(spring, lead=quiet, channel="phone")
    here.member(spring, lead=quiet, channel="email")


def test_who_withdraws_is_not_approached_again_though_a_member(app: Flask) -> None:
    here = marketing(app)
    spring, ana = here.campaign(), here.person()
    here.says(ana, "given")
    member = here.member(spring, contact=ana, channel="email")
    here.answers(member, "sent")
    here.says(ana, "withdrawn", day=31)
    with pytest.raises(MayNotBeApproached):
        here.answers(member, "sent", at=LATER + timedelta(days=2))
    here.answers(member, "declined", at=LATER + timedelta(days=2))
    assert (here.stands(member).status, here.stands(member).tries) == ("declined", 1)


def test_who_asks_for_no_more_is_left_in_peace_everywhere(app: Flask) -> None:
    here = marketing(app)
    spring, ana, lead = here.campaign(), here.person(), here.lead()
    here.says(ana, "given")
    here.answers(here.member(spring, contact=ana, channel="email"), "opted_out")
    here.answers(here.member(spring, lead=lead), "opted_out")
    with reading(app) as session:
        said = standings(session, [ana], "marketing", "email", on=LATER.date())[ana]
    assert (said.status, here.of(lead).is_opted_out) == ("objected", True)


def test_what_happened_is_taken_back_by_hand_and_by_undo(app: Flask) -> None:
    here = marketing(app)
    member = here.member(here.campaign())
    here.answers(member, "responded", outcome="interested")
    assert (here.stands(member).status, here.stands(member).outcome) == ("responded", "interested")
    here.undo()
    assert (here.stands(member).status, here.stands(member).responded_at) == ("listed", None)
    fact = here.answers(member, "accepted", outcome="bought")
    with here.working() as session:
        found = session.get_one(CampaignEvent, fact)
        take_answer_back(session, session.get_one(CampaignMember, member), found, by=here.by(), at=LATER)
    assert (here.stands(member).status, here.stands(member).outcome) == ("listed", None)
    here.undo()
    assert (here.stands(member).status, here.stands(member).outcome) == ("accepted", "bought")


@pytest.mark.parametrize(
    ("kind", "wrong", "field"),
    [
        ("seen", {}, "kind"),
        ("sent", {"outcome": "bought"}, "outcome"),
        ("responded", {"outcome": "nonsense"}, "outcome"),
        ("responded", {"channel": "pigeon"}, "channel"),
        ("responded", {"on": LATER + timedelta(days=1)}, "on"),
        ("responded", {"note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_have_happened_is_refused(app: Flask, kind: str, wrong: dict[str, Any], field: str) -> None:
    here = marketing(app)
    member = here.member(here.campaign())
    with refusing(field):
        here.answers(member, kind, **wrong)
    with reading(app) as session:
        assert session.scalars(select(CampaignEvent.id)).all() == []


def test_a_response_names_the_conversation_that_carried_it_if_it_was_with_them(app: Flask) -> None:
    here = marketing(app)
    lead, other = here.lead(), here.lead()
    member = here.member(here.campaign(), lead=lead)
    talks = []
    for about in (lead, other):
        with here.working() as session:
            values = {"channel": "phone", "direction": "out", "subject": "Called"}
            talk = log_interaction(session, values, by=here.by(), at=START, about=RecordRef("lead", about))
            session.flush()
            talks.append(talk.id)
    here.answers(member, "responded", interaction_id=talks[0])
    with refusing("interaction"):
        here.answers(member, "responded", interaction_id=talks[1])


def test_members_are_seen_by_who_sees_the_campaign_and_the_person(app: Flask) -> None:
    here = marketing(app)
    spring = here.campaign()
    here.member(spring)
    here.member(spring, contact=here.person())
    assert here.titles("campaign_member", "mate") == {"Eva Mora", "Ana Soto"}
    assert here.titles("campaign_member", "elsewhere") == {"Ana Soto"}, "leads are the team's"


def test_merged_contacts_stay_one_member(app: Flask) -> None:
    here = marketing(app)
    spring, summer = here.campaign(), here.campaign("Summer")
    one, other = here.person(), here.person(email="ana.soto@example.com")
    here.member(spring, contact=one)
    here.member(spring, contact=other)
    moved = here.member(summer, contact=other)
    merge_of(here, one, other, "manager", "contact")
    assert here.stands(moved).contact_id == one
