"""What happens between the demo world's company and its customers: talks, appointments, and what was promised."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.crm.commitments.services import mark_broken, mark_kept
from implementor.crm.interactions.services.appointments import call_off, hold
from implementor.crm.interactions.services.interactions import finish_follow_up
from implementor.demo.crm_texts import AccountText, accounts, luck_of, texts
from implementor.demo.market import Market, make
from implementor.foundation.permissions import Actor

CHANNELS = ("phone", "phone", "email", "email", "visit", "chat", "web", "social")
TO_US = frozenset({"web", "social"})
OUTCOMES = ("reached", "interested", "information_sent", "meeting_agreed", "answered", "not_reached", "message_left")
EVERY = 60
"""Days between two talks with one account."""
PLANNED = (("Norte", 0, 14), ("Norte", 0, 19), ("Sur", 0, 15), ("Norte", -1, 16), ("Sur", -3, 20), ("Norte", -6, 15))
"""Appointments to come by zone, days before today and hour (UTC)."""


def plan_dealings(market: Market) -> None:
    """Plan a year of talks and meetings with every account, and today's."""
    for text in accounts():
        dice = luck_of("dealings", text.name)
        left = float(text.days) - 2
        while left > 1:
            _plan_talk(market, text, left, dice)
            left -= EVERY * dice.uniform(0.4, 1.4)
        if text.type == "customer":
            _plan_promises(market, text, dice)
            for _ in range(2):
                _plan_past_meeting(market, text, dice.uniform(4, min(340.0, float(text.days) - 3)), dice)
    _plan_diary(market)


# --- talks ------------------------------------------------------------------------------------------------------------


def _plan_talk(market: Market, text: AccountText, days_ago: float, dice: random.Random) -> None:
    made: list[Any] = []
    follows = dice.random() < (0.65 if days_ago < 30 else 0.2)
    due = dice.choice((0, 0, -1, 2, -3, -6)) if days_ago < 30 else days_ago - 4
    market.play.plan(
        days_ago, text.owner, lambda *deed: made.append(_talk(market, text, dice, due if follows else None, *deed))
    )
    if follows and days_ago >= 30:
        market.play.plan(
            days_ago - 3, text.owner, lambda session, by, at: finish_follow_up(session, made[0], by=by, at=at)
        )


def _talk(
    market: Market, text: AccountText, dice: random.Random, due: float | None, session: Session, by: Actor, at: datetime
) -> Any:
    words, channel = texts()["dealings"], dice.choice(CHANNELS)
    contact = dice.choice(market.people[text.name])
    values = {
        "channel": channel, "direction": "in" if channel in TO_US or dice.random() < 0.3 else "out",
        "subject": dice.choice(words[channel]), "at": at, "account": market.records["account"][text.name].id,
        "contact": contact.id, "outcome": dice.choice(OUTCOMES),
        "body": dice.choice(words["bodies"]).format(contact=contact.name, account=text.name),
        "duration_minutes": str(dice.choice((5, 10, 20, 45))) if channel in ("phone", "visit") else None,
        "follow_up": dice.choice(words["next"]) if due is not None else None,
        "follow_up_on": market.play.day(due) if due is not None else None,
    }  # fmt: skip
    return make(session, "interaction", values, by, at)


# --- meetings ---------------------------------------------------------------------------------------------------------


def _plan_past_meeting(market: Market, text: AccountText, days_ago: float, dice: random.Random) -> None:
    made: list[Any] = []
    is_held, note = dice.random() < 0.85, dice.choice(texts()["appointments"]["notes"])

    def agree(session: Session, by: Actor, at: datetime) -> None:
        starts = at + timedelta(days=2)
        made.append(_meeting(market, text, dice, starts.replace(minute=30, second=0, microsecond=0), session, by, at))

    def settle(session: Session, by: Actor, at: datetime) -> None:
        if is_held:
            hold(session, made[0], note=note, by=by, at=at)
        else:
            call_off(session, made[0], note="El cliente pidió aplazar.", by=by, at=at)

    market.play.plan(days_ago, text.owner, agree)
    market.play.plan(days_ago - 2.9, text.owner, settle)


def _meeting(
    market: Market, text: AccountText, dice: random.Random, starts: datetime, session: Session, by: Actor, at: datetime
) -> Any:
    values = {
        "title": dice.choice(texts()["appointments"]["titles"]), "kind": dice.choice(("meeting", "visit", "call")),
        "starts_at": starts, "ends_at": starts + timedelta(minutes=dice.choice((45, 60, 90))),
        "place": f"{text.name}, {text.city}", "account": market.records["account"][text.name].id,
        "contact": market.people[text.name][0].id,
    }  # fmt: skip
    return make(session, "appointment", values, by, at)


def _plan_diary(market: Market) -> None:
    """What is agreed for today and the days to come; the manager comes along to the first."""
    customers = [text for text in accounts() if text.type == "customer"]
    for place, (zone, days, hour) in enumerate(PLANNED):
        text = [one for one in customers if one.zone == zone][place]
        dice, starts = luck_of("diary", place), market.clock(days, hour)
        market.play.plan(1.5 + place / 10, text.owner, _agreeing(market, text, dice, starts, guest=place == 0))


def _agreeing(market: Market, text: AccountText, dice: random.Random, starts: datetime, *, guest: bool) -> Any:
    def agree(session: Session, by: Actor, at: datetime) -> None:
        made = _meeting(market, text, dice, starts, session, by, at)
        if guest:
            session.flush()
            make(session, "attendee", {"appointment": made.id, "person": market.user_id("functional")}, by, at)

    return agree


# --- promises ---------------------------------------------------------------------------------------------------------


def _plan_promises(market: Market, text: AccountText, dice: random.Random) -> None:
    """An old promise that was kept or broken, and for every other account one that still binds us."""
    broken = dice.choice(texts()["commitments"]["broken"]) if dice.random() < 0.25 else None
    _plan_promise(market, text, dice, dice.uniform(25, min(300.0, float(text.days) - 5)), None, broken)
    if dice.random() < 0.5:
        _plan_promise(market, text, dice, dice.uniform(5, 9), dice.choice((0, 2, -2, -5, -12)), None)


def _plan_promise(
    market: Market, text: AccountText, dice: random.Random, days_ago: float, due: float | None, broken: str | None
) -> None:
    made: list[Any] = []
    wanted = {"promise": dice.choice(texts()["commitments"]["promises"])}

    def promise(session: Session, by: Actor, at: datetime) -> None:
        due_on = market.play.day(days_ago - 10 if due is None else due)
        whom = {"account": market.records["account"][text.name].id, "contact": market.people[text.name][0].id}
        made.append(make(session, "commitment", wanted | whom | {"due_on": due_on}, by, at))

    def settle(session: Session, by: Actor, at: datetime) -> None:
        if broken is None:
            mark_kept(session, made[0], reason="", by=by, at=at)
        else:
            mark_broken(session, made[0], reason=broken, by=by, at=at)

    market.play.plan(days_ago, text.owner, promise)
    if due is None:
        market.play.plan(days_ago - 9, text.owner, settle)
