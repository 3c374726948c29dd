"""How near the forecast came: what the pipeline promised at the beginning of a time, against what was won in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from implementor.calendars.services.rates import base_currency, rates_on
from implementor.configuration.models import PipelineStage
from implementor.crm.measures.counting import HUNDRED, narrowed
from implementor.crm.measures.customers import NoRate, added
from implementor.crm.measures.funnels import in_time, moments_of
from implementor.crm.opportunities.models import OPEN, WON, Opportunity
from implementor.crm.opportunities.stage_facts import stage_facts
from implementor.foundation.measures import NamedMeasure, Question, Tally, named_measure
from implementor.foundation.words import say


def declare_accuracy() -> None:
    """Make it known."""
    named_measure(
        NamedMeasure(
            "sales.forecast", say("Forecast accuracy"), "percent", "opportunity",
            say(
                "100 − 100 × |forecast − won| ÷ won. The forecast is what was open when the time began and was to be "
                "closed in it, each amount by the probability of the stage it stood in then; won is what was won in it."
            ),
            accuracy, _foreseen_ids,
            source=say("Mean absolute percentage error of the weighted pipeline, taken from 100"), of_amounts=True,
        )
    )  # fmt: skip


def accuracy(session: Session, question: Question) -> Tally:
    """In per cent, nothing below 0; not measured where nothing was won, or for a time without a beginning."""
    if question.first is None:
        return Tally(None, reason=say("A forecast is of a time that has a beginning."))
    won = narrowed("opportunity", Opportunity, question).where(
        Opportunity.status == WON, in_time(Opportunity.closed_at, question)
    )
    sums = won.with_only_columns(func.sum(Opportunity.amount), Opportunity.currency).group_by(Opportunity.currency)
    base, rates = base_currency(session), rates_on(session, question.on)
    foreseen = session.execute(_foreseen(question)).all()
    try:
        came = added(session.execute(sums).all(), base, rates)
        expected = sum((added([row[:2]], base, rates) * row[2] / HUNDRED for row in foreseen), Decimal(0))
    except NoRate:
        return Tally(None, n=len(foreseen), reason=say("Nobody entered a rate of a currency for that day or before."))
    if not came:
        return Tally(None, expected, came, len(foreseen), say("Nothing was won in the time."))
    return Tally(max(HUNDRED - abs(expected - came) * HUNDRED / came, Decimal(0)), expected, came, len(foreseen))


def _foreseen(question: Question) -> Any:
    """Rows (amount, currency, probability) of what was open when the time began and was to be closed in it."""
    first, _end = moments_of(question)
    last = question.last or question.on
    facts = stage_facts()
    stood = (
        select(facts.to_stage_id)
        .where(facts.opportunity_id == Opportunity.id, facts.at < first)
        .order_by(facts.at.desc(), facts.id.desc())
        .limit(1)
        .correlate(Opportunity)
        .scalar_subquery()
    )
    still_open = or_(Opportunity.status == OPEN, Opportunity.closed_at >= first)
    return (
        narrowed("opportunity", Opportunity, question)
        .join(PipelineStage, PipelineStage.id == stood)
        .where(Opportunity.began_at < first, still_open, Opportunity.close_on.between(question.first, last))
        .with_only_columns(Opportunity.amount, Opportunity.currency, PipelineStage.probability)
    )


def _foreseen_ids(question: Question, _numerator: bool) -> Select[int]:
    chosen: Select[int] = _foreseen(question).with_only_columns(Opportunity.id)
    return chosen
