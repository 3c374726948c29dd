"""A year of sales of the demo world: opportunities on their way, what is sold in them, and how they ended."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.opportunities.lines import take_sum_as_amount
from implementor.crm.opportunities.moves import Move, move_opportunity, reopen_opportunity
from implementor.demo.crm_texts import AccountText, accounts, luck_of, texts
from implementor.demo.deliveries import plan_order
from implementor.demo.house_rules import CURRENCY, RENEWALS
from implementor.demo.market import Market, make
from implementor.demo.offers import plan_offer, refuse_offer
from implementor.foundation import live
from implementor.foundation.permissions import Actor

WAY = ("qualification", "needs", "proposal", "negotiation")
LONGEST = {"qualification": 14, "needs": 21, "proposal": 28, "negotiation": 30}
"""Days that a sale usually stays in a stage at most."""
SOLD = ("COC-H6", "COC-H10", "COC-H20", "COC-E6", "COC-M80", "FRI-N4", "FRI-C12", "FRI-A5", "LAV-C60", "EXT-3", "SER-I")
ABROAD = ("Hotel Bahía Serena",)
"""Those who pay in dollars."""
YEAR = 352


@dataclass
class Sale:
    """One sale while it is played: `begun` is in days before today."""

    market: Market
    account: AccountText
    name: str
    begun: float
    dice: random.Random
    record: Any = None

    def plan(self, days_ago: float, deed: Any, by: str = "") -> None:
        """Let its owner, or somebody else, do something."""
        self.market.play.plan(days_ago, by or self.account.owner, deed)


def plan_sales(market: Market) -> None:
    """Plan the sales of every account that buys, spread over the year."""
    for text in accounts():
        if text.type not in ("customer", "prospect"):
            continue
        dice = luck_of("sales", text.name)
        count = {"strategic": 5, "large": 3}.get(text.segment, 2)
        names = dice.sample(texts()["sales"]["names"], count)
        oldest = min(YEAR, float(text.days) - 6)
        for place, name in enumerate(names):
            begun = max(3.0, oldest * (place + dice.uniform(0.15, 0.95)) / count)
            _plan_sale(Sale(market, text, f"{name} – {text.name}", begun, luck_of(name, text.name)))
        if text.segment == "large" and text.type == "customer":
            _plan_renewal(Sale(market, text, f"Renovación de mantenimiento – {text.name}", dice.uniform(4, 24), dice))


def _plan_sale(sale: Sale) -> None:
    """The way of one sale: as far as its days allow, and to an end in most cases."""
    dice, left = sale.dice, sale.begun
    sale.plan(left, lambda *deed: _begin(sale, *deed))
    sale.plan(left - 0.3, lambda *deed: _add_parts(sale, *deed))
    ends_early = dice.random() < 0.25
    for stage in WAY[1:]:
        left -= dice.uniform(0.35, 1.1) * LONGEST[WAY[WAY.index(stage) - 1]]
        if left < 1:
            return
        if ends_early and stage == "negotiation":
            break
        sale.plan(left, _moving(sale, stage))
        if stage == "proposal":
            plan_offer(sale.market, sale.name, sale.account.owner, left)
    left -= dice.uniform(0.3, 1.2) * LONGEST["negotiation"]
    if left < 1:
        return
    if not ends_early and dice.random() < 0.62:
        sale.plan(left, _moving(sale, "won"))
        plan_order(sale.market, sale.name, sale.account.owner, left)
        return
    reason = dice.choice(("price", "competitor", "timing", "budget", "no_decision"))
    note = dice.choice(texts()["sales"]["losses"])
    sale.plan(left, _moving(sale, "lost", loss_reason=reason, loss_note=note))
    sale.plan(left - 0.1, lambda *deed: refuse_offer(sale.market, sale.name, note, *deed))
    if reason == "timing" and left > 20:
        sale.plan(left - 12, lambda *deed: _reopen(sale, *deed), by="functional")


def _begin(sale: Sale, session: Session, by: Actor, at: datetime) -> None:
    dice, market = sale.dice, sale.market
    people = market.people[sale.account.name]
    is_open_still = sale.begun < 90
    step_on = market.play.day(dice.choice((-9, -4, -1, 0, 0, 2, 6)))
    values = {
        "name": sale.name, "account": market.records["account"][sale.account.name].id, "contact": people[0].id,
        "source": dice.choice(("existing", "recommendation", "web", "event", "call", "campaign", "tender")),
        "motive": dice.choice(("quality", "service", "replacement", "delivery", "price", "obligation")),
        "amount": _first_guess(sale), "close_on": market.play.day(sale.begun - dice.randint(50, 110)),
        "next_step": dice.choice(texts()["sales"]["steps"]) if is_open_still else None,
        "next_step_on": step_on if is_open_still else None,
    }  # fmt: skip
    sale.record = market.add(session, "opportunity", sale.name, values, by, at)


def _first_guess(sale: Sale) -> str:
    if sale.account.name in ABROAD:
        return f"{sale.dice.randint(8, 60)}000 USD"
    return f"{sale.dice.randint(18, 240)}000000 {CURRENCY}"


def _add_parts(sale: Sale, session: Session, by: Actor, at: datetime) -> None:
    """What is sold, who decides, what they object, and who else is asked."""
    dice, words, of = sale.dice, texts()["sales"], {"opportunity": sale.record.id}
    if dice.random() < 0.7:
        for code in dice.sample([code for code in SOLD if _is_priced(sale, code)], dice.randint(1, 3)):
            line = {"product": sale.market.records["product"][code].id, "quantity": str(dice.randint(1, 4))}
            make(session, "opportunity_line", of | line | {"discount": dice.choice(("", "", "5 %", "8 %"))}, by, at)
        session.flush()
        take_sum_as_amount(session, sale.record, by=by, at=at)
    people: Sequence[Any] = sale.market.people[sale.account.name]
    for contact, role in zip(people, ("decides", "uses"), strict=False):
        stance = dice.choice(("for", "for", "neutral", "unknown", "against"))
        make(
            session, "opportunity_decision_maker", of | {"contact": contact.id, "role": role, "stance": stance}, by, at
        )
    if dice.random() < 0.5:
        is_settled = dice.random() < 0.5
        objection = {
            "objection": dice.choice(words["objections"]), "type": dice.choice(("price", "timing", "trust", "product")),
            "answer": dice.choice(words["answers"]) if is_settled else None,
            "settled_on": at.date() if is_settled else None,
        }  # fmt: skip
        make(session, "opportunity_objection", of | objection, by, at)
    if dice.random() < 0.4:
        make(session, "opportunity_competitor", of | dice.choice(texts()["competitors"]), by, at)


def _is_priced(sale: Sale, code: str) -> bool:
    """Whether a product has a price in the currency of the sale."""
    return sale.record.currency == CURRENCY or f"Exportación {code}" in sale.market.records["price"]


def _moving(sale: Sale, stage: str, **values: str) -> Any:
    def move(session: Session, by: Actor, at: datetime) -> None:
        pipeline = live.present().pipeline(sale.record.pipeline_id)
        assert pipeline is not None  # it stands in one
        move_opportunity(session, sale.record, Move(pipeline.by_key[stage].id, values=values), by=by, at=at)

    return move


def _reopen(sale: Sale, session: Session, by: Actor, at: datetime) -> None:
    reason = "El cliente volvió a llamar: ya tiene fecha."
    reopen_opportunity(session, sale.record, reason=reason, version=None, by=by, at=at)


# --- renewals ---------------------------------------------------------------------------------------------------------


def _plan_renewal(sale: Sale) -> None:
    sale.plan(sale.begun, lambda *deed: _begin_renewal(sale, *deed))
    if sale.begun > 12:
        sale.plan(sale.begun - 5, _moving(sale, "offer_sent"))
    if sale.begun > 18:
        sale.plan(sale.begun - 14, _moving(sale, "won"))


def _begin_renewal(sale: Sale, session: Session, by: Actor, at: datetime) -> None:
    pipeline = live.present().pipeline(RENEWALS)
    assert pipeline is not None  # a rule of the house
    first = pipeline.first
    assert first is not None  # every pipeline begins somewhere
    values = {
        "name": sale.name, "account": sale.market.records["account"][sale.account.name].id, "stage": first.id,
        "contact": sale.market.people[sale.account.name][-1].id, "amount": f"14600000 {CURRENCY}",
        "source": "existing", "close_on": sale.market.play.day(-20), "next_step": "Confirmar visita de mantenimiento",
        "next_step_on": sale.market.play.day(-3),
    }  # fmt: skip
    sale.record = sale.market.add(session, "opportunity", sale.name, values, by, at)
