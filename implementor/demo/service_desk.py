"""The cases of the demo world: what customers ask for and complain of, from the first call to their verdict."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.cases.services import answer_case, change_case, hand_over_case, move_case
from implementor.demo.crm_texts import AccountText, accounts, luck_of, texts
from implementor.demo.market import Market, make
from implementor.foundation.permissions import Actor

CASES = 42
"""Over the year, the more the nearer to today."""
PRIORITIES = ("normal", "normal", "high", "low", "urgent")
PRODUCTS = ("COC-H10", "FRI-C12", "COC-F2", "LAV-C60", "EXT-3", "COC-E6")
STANDING = ("new", "answered", "waiting_customer", "handed_over", "new", "answered", "resolved", "new")
"""How far the cases of the last days are, in turn."""
LATELY = 8
"""The oldest of those that are still open, in days."""
TECHNICIANS = ("technician", "service_lead")


@dataclass
class Trouble:
    """One case while it is played."""

    market: Market
    account: AccountText
    begun: float
    by: str
    dice: random.Random
    record: Any = None

    def plan(self, days_ago: float, deed: Any) -> None:
        """Let the technician who has it do something."""
        self.market.play.plan(days_ago, self.by, deed)


def plan_service(market: Market) -> None:
    """Plan every case; those of the last days are in every state."""
    customers = [text for text in accounts() if text.type == "customer"]
    for place in range(CASES):
        dice = luck_of("case", place)
        begun = 0.6 + 340 * (place / CASES) ** 2
        account = dice.choice([text for text in customers if float(text.days) > begun + 8])
        trouble = Trouble(market, account, begun, TECHNICIANS[place % 2], dice)
        trouble.plan(begun, lambda *deed, it=trouble: _open(it, *deed))
        _plan_course(trouble, STANDING[place % len(STANDING)] if begun < LATELY else "closed")


def _plan_course(trouble: Trouble, until: str) -> None:
    left, dice = trouble.begun, trouble.dice
    if until == "new":
        return
    left -= min(left * 0.3, dice.uniform(0.02, 0.5))
    trouble.plan(left, lambda *deed: answer_case(deed[0], trouble.record, by=deed[1], at=deed[2]))
    if until == "handed_over" or (until == "closed" and dice.random() < 0.2):
        left -= min(left * 0.3, 0.4)
        trouble.plan(left, lambda *deed: _hand_over(trouble, *deed))
        if until == "handed_over":
            return
    elif until == "waiting_customer" or dice.random() < 0.4:
        left -= min(left * 0.3, 0.3)
        trouble.plan(left, _moving(trouble, "waiting_customer"))
        if until == "waiting_customer":
            return
        left -= min(left * 0.3, dice.uniform(0.2, 2))
        trouble.plan(left, _moving(trouble, "in_progress"))
    if until == "answered":
        return
    left -= min(left * 0.3, dice.uniform(0.2, 4))
    trouble.plan(left, _moving(trouble, "resolved", resolution=dice.choice(texts()["cases"]["resolutions"])))
    if until == "closed":
        trouble.plan(left - min(left * 0.3, 2), lambda *deed: _close(trouble, *deed))


def _open(trouble: Trouble, session: Session, by: Actor, at: datetime) -> None:
    words, dice, market = texts()["cases"], trouble.dice, trouble.market
    place = dice.randrange(len(words["subjects"]))
    channel = dice.choice(("phone", "phone", "email", "chat", "web"))
    values = {
        "subject": words["subjects"][place], "category": words["categories"][place], "channel": channel,
        "description": dice.choice(words["descriptions"]), "priority": dice.choice(PRIORITIES),
        "account": market.records["account"][trouble.account.name].id,
        "contact": dice.choice(market.people[trouble.account.name]).id,
        "product": market.records["product"][dice.choice(PRODUCTS)].id, "area": market.play.areas["Servicio"],
    }  # fmt: skip
    trouble.record = make(session, "case", values, by, at)


def _hand_over(trouble: Trouble, session: Session, by: Actor, at: datetime) -> None:
    """Somebody else goes on with it, and brings it to its end where it has one."""
    area = trouble.market.play.areas[trouble.dice.choice(("Ventas", "Finanzas"))]
    note = trouble.dice.choice(texts()["cases"]["handovers"])
    hand_over_case(session, trouble.record, area=area, owner=None, note=note, version=None, by=by, at=at)


def _moving(trouble: Trouble, status: str, **values: Any) -> Any:
    def move(session: Session, by: Actor, at: datetime) -> None:
        move_case(session, trouble.record, {"status": status, **values}, note="", version=None, by=by, at=at)

    return move


def _close(trouble: Trouble, session: Session, by: Actor, at: datetime) -> None:
    says = trouble.dice.choice((3, 4, 5, 5, 2))
    verdict = {"satisfaction": str(says), "satisfaction_comment": trouble.dice.choice(texts()["cases"]["comments"])}
    change_case(session, trouble.record, {"status": "closed", **verdict}, by, at)
