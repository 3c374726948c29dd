"""What the company agreed on before it worked with the CRM: currency, ways of a sale, promised times, words."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.auth.queries import teams_to_choose
from implementor.calendars.exchange_rates import Quotation
from implementor.calendars.services.opening import CalendarWanted, add_calendar
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.calendars.services.rates import choose_base_currency, enter_rates
from implementor.configuration.first_use import speeches
from implementor.configuration.services.assignments import AssignmentWish, add_assignment
from implementor.configuration.services.needs import NeedWish, add_need
from implementor.configuration.services.pipelines import add_pipeline
from implementor.configuration.services.stages import StageWish, add_stage
from implementor.crm.consents.services import write_wording
from implementor.demo.company import COUNTRY, TIME_ZONE
from implementor.demo.crm_texts import texts
from implementor.demo.play import Play
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.permissions import Actor
from implementor.foundation.shapes import Way

CURRENCY = "COP"
RATES = {"USD": 4000, "EUR": 4450}
"""What one unit is worth in pesos, before it moves a little from month to month."""
RENEWALS = "renewals"
LARGE_SALE = 50_000_000_00
"""In the smallest part of the currency."""
WEEK = (*(((480, 1080),),) * 5, ((480, 720),), ())
"""Eight to six, Saturdays until noon; minutes after midnight."""
HOUR = 60
TARGETS = {
    "urgent": {"first_response": HOUR, "resolution": 8 * HOUR},
    "high": {"first_response": 2 * HOUR, "resolution": 16 * HOUR},
    "normal": {"first_response": 8 * HOUR, "resolution": 40 * HOUR},
    "low": {"first_response": 16 * HOUR, "resolution": 80 * HOUR},
}
HELP = {
    "urgent": {"first_answer": HOUR, "settled": 8 * HOUR},
    "normal": {"first_answer": 8 * HOUR, "settled": 40 * HOUR},
}


def plan_house_rules(play: Play, days_ago: float) -> None:
    """Plan what must be there before the first customer."""
    for place, deed in enumerate((_choose_money, _add_renewals, _promise_times, _write_words, _lay_down_rules)):
        play.plan(days_ago - place / 10, "data", deed)


def _choose_money(session: Session, by: Actor, at: datetime) -> None:
    choose_base_currency(session, CURRENCY, by=by, at=at)
    days = [at.date() + timedelta(days=days) for days in range(0, 366, 30)]
    rates = [
        Quotation(currency, day, Decimal(worth + (place * 37) % 110 - 55))
        for currency, worth in RATES.items()
        for place, day in enumerate(days)
    ]
    enter_rates(session, rates, by=by, at=at)


def _add_renewals(session: Session, by: Actor, at: datetime) -> None:
    """A shorter way for contracts that are renewed; `sales` is there from the beginning."""
    names = {"label_en": "Renewals", "label_es": "Renovaciones"}
    added = add_pipeline(session, labels=names, currency=CURRENCY, speeches=speeches(), by=by, at=at)
    wish = StageWish("Offer sent", "Oferta enviada", "open", 60, "best_case", 20)
    add_stage(session, added, wish, by=by, at=at)


def _promise_times(session: Session, by: Actor, at: datetime) -> None:
    calendar = add_calendar(session, CalendarWanted("Servicio técnico", TIME_ZONE, WEEK, COUNTRY), by=by, at=at)
    wanted = PolicyWanted("Standard service", calendar.id, TARGETS, name_es="Servicio estándar")
    add_policy(session, "case", wanted, by=by, at=at)
    wanted = PolicyWanted("Help with the CRM", calendar.id, HELP, name_es="Ayuda con el CRM")
    add_policy(session, "support_request", wanted, by=by, at=at)


def _lay_down_rules(session: Session, by: Actor, at: datetime) -> None:
    """Large sales say what comes next, and calls for tenders go to whoever of a team has the least to do."""
    large = Condition("amount", Comparison.AT_LEAST, (f"{LARGE_SALE} {CURRENCY}",))
    named = ("Large sales say what comes next", "Las ventas grandes dicen qué sigue")
    add_need(session, "opportunity", NeedWish(*named, "next_step", (large,)), by=by, at=at)
    team_id = session.execute(teams_to_choose()).first()
    if team_id is not None:
        tenders = Condition("source", Comparison.EQUALS, ("tender",))
        wish = AssignmentWish("Tenders", "Licitaciones", Way.LEAST_BUSY, (tenders,), team_id=team_id[0])
        add_assignment(session, "lead", wish, by=by, at=at)


def _write_words(session: Session, by: Actor, at: datetime) -> None:
    for purpose, wordings in texts()["wordings"].items():
        for language, text in wordings.items():
            write_wording(session, purpose=purpose, language=language, text=text, by=by, at=at)
