"""The leads of the demo world: from a first sign to a sale, back to marketing, or out, as it went with each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.leads.converting import NEW_ONE, Becoming, convert_lead
from implementor.crm.leads.moves import Step, take_step
from implementor.demo.crm_texts import luck_of, texts
from implementor.demo.house_rules import CURRENCY
from implementor.demo.market import Market
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded

SELLERS = ("seller", "rep_north", "rep_south")
CITIES = ("Barranquilla", "Cartagena", "Santa Marta", "Cali", "Pereira", "Manizales", "Bucaramanga", "Pasto")
ENDS = ("converted", "converted", "lost", "recycled", "sql", "sal", "mql", "new")
"""How far leads come, in turn; those that began lately are still on their way."""


@dataclass
class Prospect:
    """One lead while it is played."""

    market: Market
    company: str
    begun: float
    ends: str
    seller: str
    dice: random.Random
    record: Any = None


def plan_prospects(market: Market) -> None:
    """Plan one lead after the other over the year, the newest since yesterday."""
    companies = texts()["leads"]["companies"]
    for place, company in enumerate(companies):
        dice = luck_of("lead", company)
        begun = 1.2 + 350 * ((len(companies) - 1 - place) / len(companies)) ** 1.4
        ends = ENDS[place % len(ENDS)]
        if begun > 60 and ends in ("new", "mql", "sal"):
            ends = dice.choice(("lost", "recycled", "converted"))
        _plan_prospect(Prospect(market, company, begun, ends, SELLERS[place % len(SELLERS)], dice))


def _plan_prospect(one: Prospect) -> None:
    play, left = one.market.play, one.begun
    play.plan(left, "marketer", lambda *deed: _begin(one, *deed))
    way = {"new": 0, "mql": 1, "sal": 2, "sql": 3, "converted": 3}.get(one.ends, one.dice.choice((1, 2, 3)))
    for stage, by in (("mql", "marketer"), ("sal", one.seller), ("sql", one.seller))[:way]:
        left -= min(left * 0.25, one.dice.uniform(0.5, 8))
        play.plan(left, by, _stepping(one, Step(stage)))
    left -= min(left * 0.25, one.dice.uniform(1, 12))
    if one.ends == "converted":
        play.plan(left, one.seller, lambda *deed: _convert(one, *deed))
    elif one.ends in ("lost", "recycled"):
        _plan_end(one, left, way)


def _plan_end(one: Prospect, left: float, way: int) -> None:
    reasons = {"lost": ("no_need", "competitor", "price"), "recycled": ("timing", "budget", "no_answer")}[one.ends]
    note = one.dice.choice(texts()["leads"]["notes"])
    by = one.seller if way > 1 else "marketer"
    one.market.play.plan(left, by, _stepping(one, Step(one.ends, reason=one.dice.choice(reasons), note=note)))
    if one.ends == "recycled" and left > 40:
        again = Step("new", note=texts()["leads"]["again"])
        one.market.play.plan(left - 30, by, _stepping(one, again))
        one.market.play.plan(left - 33, by, _stepping(one, Step("mql")))


def _begin(one: Prospect, session: Session, by: Actor, at: datetime) -> None:
    dice, words = one.dice, texts()
    first, last = dice.choice(words["first_names"]), dice.choice(words["last_names"])
    domain = "".join(filter(str.isalnum, folded(one.company))) + ".example"
    values = {
        "first_name": first, "last_name": last, "company": one.company, "owner": None, "language": "es",
        "job_title": dice.choice(words["titles"]["other"]),
        "industry": dice.choice(("hospitality", "health", "retail")),
        "source": dice.choice(("web", "web", "event", "campaign", "recommendation")),
        "campaign": dice.choice(words["leads"]["campaigns"]), "need": dice.choice(words["leads"]["needs"]),
        "urgency": dice.choice(("now", "quarter", "quarter", "year", "later")), "score": str(dice.randint(5, 95)),
        "potential": f"{dice.randint(8, 160)}000000 {CURRENCY}", "email": f"{folded(last)}@{domain}",
        "phone": f"+57 3{dice.randint(100000000, 239999999)}", "city": dice.choice(CITIES), "country": "Colombia",
        "website": f"https://{domain}",
    }  # fmt: skip
    one.record = one.market.add(session, "lead", one.company, values, by, at)


def _stepping(one: Prospect, step: Step) -> Any:
    return lambda session, by, at: take_step(session, one.record, step, by=by, at=at)


def _convert(one: Prospect, session: Session, by: Actor, at: datetime) -> None:
    deal = {"name": f"Primera cocina – {one.company}", "close_on": one.market.play.day(-one.dice.randint(5, 70))}
    becoming = Becoming(NEW_ONE, NEW_ONE, NEW_ONE if one.dice.random() < 0.8 else None, deal)
    convert_lead(session, one.record, becoming, by=by, at=at)
