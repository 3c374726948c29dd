"""Campaigns and their members from files: known again, with answers as facts, and taken back whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.crm.campaigns.models import Campaign, CampaignEvent, CampaignMember
from tests.auth.builders import reading
from tests.crm.builders import Company
from tests.crm.campaigns.marketing import marketing
from tests.crm.importing import brought_in, counts, imported, take_back
from tests.exchange.real_data import real

CAMPAIGNS = """Code,Campaign Name,Type,Status,Start Date,End Date,Budget,Actual Cost,Parent Campaign
Y26,Whole year,,In Progress,2026-01-01,2026-12-31,,,
SPR,Spring mailing,Mailing,Completed,2026-02-01,2026-03-31,"1,000 EUR",850.50 EUR,Whole year
BAD,Backwards,Mailing,Planned,2026-03-01,2026-02-01,,,
"""
ANSWERS = """Campaign,Email,Status,Outcome,Response Date
Spring mailing,ana@example.com,Responded,Interested,2026-02-10
Spring mailing,bea@example.com,Sent,,
Spring mailing,somebody@example.com,yes,,2026-02-11
"""
BANK = {
    "columns": {"contact": "channel", "campaign": "tries", "y": "status", "duration": ""},
    "options": {"defaults": {"campaign": "Term deposits"}},
}


def how_many(here: Company, model: Any, *conditions: Any) -> int:
    with reading(here.app) as session:
        found = select(func.count()).select_from(model).where(model.archived_at.is_(None), *conditions)
        return session.scalar(found) or 0


def test_campaigns_come_in_with_their_tree_and_cost_and_once(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    report = brought_in(here, "campaign", tmp_path, CAMPAIGNS)
    assert counts(report) == (2, 0, 0, 1), report["reasons"]
    assert "ends before it starts" in report["reasons"][0]["message"]
    with reading(app) as session:
        spring = session.scalars(select(Campaign).where(Campaign.code == "SPR")).one()
        assert session.get_one(Campaign, spring.parent_id).name == "Whole year"
    assert (spring.status, spring.type, spring.cost_amount, spring.base_cost_amount) == (
        "finished", "mailing", 85050, 85050,
    )  # fmt: skip
    assert counts(brought_in(here, "campaign", tmp_path, CAMPAIGNS)) == (0, 0, 2, 1)
    more = CAMPAIGNS.replace("850.50", "900")
    assert counts(brought_in(here, "campaign", tmp_path, more)) == (0, 1, 1, 1)
    assert here.figures(spring.id).cost == 90000
    take_back(here)
    assert here.figures(spring.id).cost == 85050


def test_answers_find_people_by_mail_and_keep_those_whom_nobody_knows(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    ana, bea = here.person(), here.person("Bea")
    spring = here.campaign("Spring mailing")
    assert counts(brought_in(here, "campaign_member", tmp_path, ANSWERS)) == (3, 0, 0, 0)
    with reading(app) as session:
        rows = session.scalars(select(CampaignMember).order_by(CampaignMember.id)).all()
    assert [(one.contact_id, one.named, one.status, one.outcome) for one in rows] == [
        (ana, None, "responded", "interested"),
        (bea, None, "sent", None),
        (None, "somebody@example.com", "accepted", None),
    ]
    assert [str(one.responded_at)[:10] for one in rows] == ["2026-02-10", "None", "2026-02-11"]
    assert (here.figures(spring).responses, how_many(here, CampaignEvent)) == (2, 3)
    assert counts(brought_in(here, "campaign_member", tmp_path, ANSWERS)) == (0, 0, 3, 0)
    assert how_many(here, CampaignEvent) == 3


def test_a_later_file_adds_what_was_answered_since_and_is_taken_back(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    here.person()
    spring = here.campaign("Spring mailing")
    first = "Campaign,Email,Status\nSpring mailing,ana@example.com,Sent\n"
    assert counts(brought_in(here, "campaign_member", tmp_path, first)) == (1, 0, 0, 0)
    later = "Campaign,Email,Status\nSpring mailing,ana@example.com,yes\n"
    assert counts(brought_in(here, "campaign_member", tmp_path, later)) == (0, 1, 0, 0)
    assert (here.figures(spring).accepted, how_many(here, CampaignEvent)) == (1, 2)
    take_back(here)
    assert (here.figures(spring).accepted, here.stands(1).status, how_many(here, CampaignEvent)) == (0, "sent", 1)


def test_taken_back_an_import_leaves_no_members_and_no_facts(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    here.person(), here.person("Bea")
    here.campaign("Spring mailing")
    brought_in(here, "campaign_member", tmp_path, ANSWERS)
    take_back(here)
    assert [how_many(here, model) for model in (CampaignMember, CampaignEvent)] == [0, 0]


def test_who_withdrew_is_not_listed_again_by_a_file(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    here.campaign("Spring mailing")
    here.says(here.person(), "withdrawn")
    text = "Campaign,Email,Channel\nSpring mailing,ana@example.com,Mail\n"
    report = brought_in(here, "campaign_member", tmp_path, text)
    assert counts(report) == (0, 0, 0, 1)
    assert "asked for no advertising" in report["reasons"][0]["message"]
    told = "Campaign,Email,Channel,Status\nSpring mailing,ana@example.com,Mail,no\n"
    assert counts(brought_in(here, "campaign_member", tmp_path, told, "answers.csv")) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Campaign,Email\nSpring mailing,\n", "does not say who"),
        ("Campaign,Name,Status,Outcome\nSpring mailing,Ana,Sent,Bought\n", ""),
        ("Campaign,Email\nSpring mailing,eva@example.com\nspring mailing,Eva Soto\n", "means the same record"),
    ],
)
def test_rows_that_cannot_be(app: Flask, tmp_path: Path, text: str, reason: str) -> None:
    here = marketing(app)
    here.campaign("Spring mailing")
    here.person("Eva")
    report = brought_in(here, "campaign_member", tmp_path, text)
    assert report["refused"] == bool(reason)
    assert not reason or reason in report["reasons"][0]["message"]


def test_a_real_campaign_of_calls_comes_in_once(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    here.campaign("Term deposits", starts_on="2010-05-01")
    file = tmp_path / "map.json"
    file.write_text(json.dumps(BANK), encoding="utf-8")
    path = real("bank-marketing/bank-additional.csv")
    report = imported(here, "campaign_member", path, "--map", str(file))
    assert counts(report) == (4119, 0, 0, 0), report["reasons"][:3]
    found = here.figures(1)
    assert (found.members, found.responses, found.accepted) == (4119, 4119, 451)
    with reading(app) as session:
        assert session.scalar(select(func.sum(CampaignMember.tries))) == 10451
    assert how_many(here, CampaignMember, CampaignMember.channel == "phone") == 4119
    again = imported(here, "campaign_member", path, "--map", str(file))
    assert counts(again) == (0, 0, 4119, 0)
