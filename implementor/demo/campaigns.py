"""The campaigns of the demo world: three over the year, whom they were for, what those answered, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.campaigns.joining import join_many
from implementor.crm.campaigns.members import Answer, note_answer
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.crm.campaigns.origins import say_origin
from implementor.crm.opportunities.models import WON
from implementor.demo.crm_texts import luck_of, texts
from implementor.demo.house_rules import CURRENCY
from implementor.demo.market import Market, make
from implementor.foundation.permissions import Actor

WHOLE = "whole"
BEGUN = 362.0
"""Days before today; before the first lead, so that each lead finds the campaign that it names."""
BEFORE = 4
"""Days from planning a campaign to whom it is for."""


@dataclass(frozen=True)
class Plan:
    """One campaign: what it is, days before today of its beginning and end, and each channel's budget and cost in
    millions."""

    code: str
    type: str
    status: str
    starts: float
    ends: float
    channels: tuple[tuple[str, float, float], ...]
    joins: tuple[str, str]


PLANS = (
    Plan("FERIA-26", "event", "finished", 355, 300, (("event", 90, 97), ("post", 10, 8)), ("contact", "event")),
    Plan("HORNOS-GAS", "mailing", "finished", 240, 150, (("email", 15, 11), ("web", 60, 71)), ("contact", "email")),
    Plan("RENUEVA", "calls", "running", 90, -20, (("phone", 150, 128), ("email", 20, 9)), ("lead", "phone")),
)  # fmt: skip
"""In the order of the names in the phrases."""
ANSWERS = (
    ("responded", "interested"), ("accepted", "meeting"), ("declined", "later"), ("declined", "has_supplier"),
    ("opened", ""), ("bounced", ""), ("accepted", "bought"), ("responded", "information"), ("opted_out", ""),
)  # fmt: skip
SOLD = 1
"""Won sales that are said to come from each campaign, besides those of its leads."""


def plan_campaigns(market: Market) -> None:
    """Plan the campaigns, with the plan of the year above them."""
    market.play.plan(BEGUN, "marketer", lambda *deed: _above(market, *deed))
    for place, (name, plan) in enumerate(zip(texts()["leads"]["campaigns"], PLANS, strict=True)):
        market.play.plan(BEGUN - 0.1 * (place + 1), "marketer", _deed(_begin, market, name, plan))
        joined = plan.starts - BEFORE
        market.play.plan(joined, "marketer", _deed(_join, market, name, plan))
        market.play.plan(joined - 2, "marketer", _deed(_approach, market, name, plan))
        market.play.plan(max(joined - 16, 2), "marketer", _deed(_answer, market, name, plan))
        market.play.plan(1.5 + place, "functional", _deed(_attribute, market, name, plan))


def _deed(what: Any, market: Market, name: str, plan: Plan) -> Any:
    return lambda session, by, at: what(market, name, plan, session, by, at)


def _above(market: Market, session: Session, by: Actor, at: datetime) -> None:
    words = texts()["campaigns"]
    values = {
        "name": words["above"], "code": "PLAN", "status": "running", "starts_on": market.play.day(BEGUN),
        "description": words["why"],
    }  # fmt: skip
    market.add(session, "campaign", WHOLE, values, by, at)


def _begin(market: Market, name: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    words = texts()["campaigns"]
    values = {
        "name": name, "code": plan.code, "type": plan.type, "status": plan.status, "audience": words["audience"],
        "parent": market.records["campaign"][WHOLE].id, "starts_on": market.play.day(plan.starts),
        "ends_on": market.play.day(plan.ends), "area": market.play.areas.get("Mercadeo"), "expected_responses": 8,
    }  # fmt: skip
    campaign = market.add(session, "campaign", name, values, by, at)
    for channel, budget, cost in plan.channels:
        amounts = {"budget": f"{budget * 1_000_000:.0f} {CURRENCY}", "cost": f"{cost * 1_000_000:.0f} {CURRENCY}"}
        make(session, "campaign_channel", {"campaign": campaign.id, "channel": channel, **amounts}, by, at)


def _join(market: Market, name: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    kind, channel = plan.joins
    ids = sorted(one.id for one in _people(market, kind))
    join_many(session, market.records["campaign"][name], kind, ids, channel, by=by, at=at)


def _people(market: Market, kind: str) -> list[Any]:
    if kind == "lead":
        return list(market.records["lead"].values())[:24]
    return [one for people in market.people.values() for one in people][:60]


def _members(session: Session, campaign: Campaign) -> list[CampaignMember]:
    found = session.query(CampaignMember).filter_by(campaign_id=campaign.id)
    return found.order_by(CampaignMember.id).all()


def _approach(market: Market, name: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    if plan.joins[1] == "event":
        return  # they come to the fair
    for member in _members(session, market.records["campaign"][name]):
        note_answer(session, member, Answer("sent", at), by=by, at=at)


def _answer(market: Market, name: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    dice = luck_of("campaign", name)
    for member in _members(session, market.records["campaign"][name]):
        if dice.random() < 0.55:
            kind, outcome = dice.choice(ANSWERS)
            note_answer(session, member, Answer(kind, at, outcome=outcome), by=by, at=at)


def _attribute(market: Market, name: str, plan: Plan, session: Session, by: Actor, at: datetime) -> None:
    place = PLANS.index(plan)
    won = [one for one in market.records["opportunity"].values() if one.status == WON]
    for sale in won[place * SOLD : (place + 1) * SOLD]:
        say_origin(session, "opportunity", sale, market.records["campaign"][name].id, by=by, at=at)
