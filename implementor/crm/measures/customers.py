"""What customers are worth and whether they stay: retention, cost of acquisition, income and lifetime value of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency, rates_on
from implementor.crm.campaigns.models import Campaign
from implementor.crm.measures.counting import HUNDRED, narrowed, share_of
from implementor.crm.measures.funnels import in_time, moments_of
from implementor.crm.opportunities.models import WON, Opportunity
from implementor.foundation.measures import NamedMeasure, Question, Tally, named_measure
from implementor.foundation.money import plain_amount
from implementor.foundation.words import Phrase, say

YEAR = Decimal("365")


class NoRate(Exception):
    """Amounts are in a currency that nobody entered a rate of."""


def declare_customers() -> None:
    """Make them known."""
    declared = (
        ("customers.retention", say("Retention"), "percent", retention, _stayed,
         say("Customers that bought in the time before and in the time ÷ those that bought in the time before."),
         say("Retention as marketing counts it: repeat buyers of a period ÷ buyers of the one before"), "up"),
        ("customers.acquisition", say("Cost of acquisition"), "money", acquisition, _new,
         say("Cost of the campaigns that began in the time ÷ accounts whose first won sale is in it."),
         say("Customer acquisition cost: cost of winning customers ÷ customers won"), "down"),
        ("customers.income", say("Income of a customer"), "money", income, _buyers,
         say("Amount of the sales won in the time ÷ accounts that they are of."),
         say("Average revenue per customer"), "up"),
        ("customers.lifetime", say("Lifetime value of a customer"), "money", lifetime, _buyers,
         say("Income of a customer in a year ÷ (1 − retention)."),
         say("Simple lifetime value: yearly revenue per customer × expected years, 1 ÷ (1 − retention)"), "up"),
    )  # fmt: skip
    for key, label, unit, tally, records, formula, source, direction in declared:
        named_measure(
            NamedMeasure(
                key,
                label,
                unit,
                "opportunity",
                formula,
                tally,
                records,
                source=source,
                direction=direction,
                of_amounts=unit == "money",
            )
        )


def retention(session: Session, question: Question) -> Tally:
    """Who bought before and again, of who bought before; the time before is as long as the one asked for."""
    return question.remembered("retention", lambda: _retention(session, question))


def _retention(session: Session, question: Question) -> Tally:
    before, now = _accounts(session, _won_before(question)), _buyers_now(session, question)
    return share_of(len(before & now), len(before))


def acquisition(session: Session, question: Question) -> Tally:
    """What campaigns cost, of each customer that is new."""
    first, _end = moments_of(question)
    earlier = _sold(question).where(Opportunity.closed_at < first) if first is not None else None
    known = _accounts(session, earlier) if earlier is not None else set()
    fresh = _buyers_now(session, question) - known
    days: list[Any] = [Campaign.archived_at.is_(None)]
    days += [Campaign.starts_on >= question.first] if question.first is not None else []
    days += [Campaign.starts_on <= min(question.last or question.on, question.on)]
    spent = select(func.sum(Campaign.cost_amount), Campaign.cost_currency).where(*days).group_by(Campaign.cost_currency)
    return _divided(session, question, session.execute(spent).all(), len(fresh), say("No customer is new in the time."))


def income(session: Session, question: Question) -> Tally:
    """What was won in the time, of each account."""
    return question.remembered("income", lambda: _income(session, question))


def _income(session: Session, question: Question) -> Tally:
    won = _won(question)
    sums = won.with_only_columns(func.sum(Opportunity.amount), Opportunity.currency).group_by(Opportunity.currency)
    accounts = len(_buyers_now(session, question))
    return _divided(session, question, session.execute(sums).all(), accounts, say("Nothing was won in the time."))


def lifetime(session: Session, question: Question) -> Tally:
    """Income of a customer in a year by how much of it is expected to stay."""
    each, stays = income(session, question), retention(session, question)
    for one in (each, stays):
        if one.value is None:
            return Tally(None, each.value, None, each.n, one.reason)
    assert each.value is not None
    assert stays.value is not None
    if stays.value >= HUNDRED:
        return Tally(
            None, each.value, Decimal(0), each.n, say("Every customer stayed, so no end can be reckoned with.")
        )
    days = (question.last - question.first).days + 1 if question.first and question.last else YEAR
    yearly, leaves = each.value * YEAR / Decimal(days), 1 - stays.value / HUNDRED
    return Tally(yearly / leaves, yearly, leaves, each.n)


def _sold(question: Question) -> Any:
    return narrowed("opportunity", Opportunity, question).where(
        Opportunity.status == WON, Opportunity.closed_at < question.at
    )


def _won(question: Question) -> Any:
    return _sold(question).where(in_time(Opportunity.closed_at, question))


def _won_before(question: Question) -> Any:
    first, end = moments_of(question)
    if first is None:
        return _sold(question).where(Opportunity.id.is_(None))
    span = max(end - first, timedelta(days=1))
    return _sold(question).where(Opportunity.closed_at >= first - span, Opportunity.closed_at < first)


def _buyers_now(session: Session, question: Question) -> set[int]:
    """The accounts that something was won of in the time; several measures ask for them."""
    return question.remembered("buyers", lambda: _accounts(session, _won(question)))


def _accounts(session: Session, found: Any) -> set[int]:
    wanted = found.where(Opportunity.account_id.is_not(None)).with_only_columns(Opportunity.account_id).distinct()
    return set(session.scalars(wanted))


def _divided(session: Session, question: Question, sums: Any, by: int, otherwise: Phrase) -> Tally:
    try:
        total = added(sums, base_currency(session), rates_on(session, question.on))
    except NoRate:
        return Tally(None, n=by, reason=say("Nobody entered a rate of a currency for that day or before."))
    if not by:
        return Tally(None, total, Decimal(0), 0, otherwise)
    return Tally(total / by, total, Decimal(by), by)


def added(sums: Any, base: str, rates: Mapping[str, Decimal]) -> Decimal:
    """Rows (minor units, currency) as one amount in main units of the base currency. Raises NoRate."""
    total = Decimal(0)
    for minor, currency in sums:
        if minor is None:
            continue
        if currency not in rates:
            raise NoRate
        total += Decimal(minor) * plain_amount(1, currency) * rates[currency] / rates[base]
    return total


def _buyers(question: Question, _numerator: bool) -> Select[int]:
    chosen: Select[int] = _won(question).with_only_columns(Opportunity.id)
    return chosen


def _new(question: Question, numerator: bool) -> Select[int]:
    return _buyers(question, numerator)


def _stayed(question: Question, numerator: bool) -> Select[int]:
    before = _won_before(question)
    if numerator:
        again = _won(question).with_only_columns(Opportunity.account_id)
        before = before.where(Opportunity.account_id.in_(again))
    chosen: Select[int] = before.with_only_columns(Opportunity.id)
    return chosen
