"""How leads come through from marketing to sales: of those of a time by what became of them, and what passed in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import Session, aliased

from implementor.crm.leads.columns import is_counted
from implementor.crm.leads.lifecycle import MQL, SAL, SQL
from implementor.crm.leads.models import Lead, LeadEvent
from implementor.crm.measures.counting import HUNDRED, in_parts, narrowed, share_of
from implementor.crm.opportunities.models import WON, Opportunity
from implementor.foundation.measures import NamedMeasure, Question, Tally, named_measure
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.words import Phrase, say

SOURCE = say("Field practice of lead funnels: MQL, SAL, SQL and won, by cohort and by period, never a snapshot")


@dataclass(frozen=True)
class Step:
    """One step of the way; `second` None stands for a sale that was won."""

    key: str
    first: str
    second: str | None
    label: Phrase
    flow: Phrase


STEPS = (
    Step("mql_sal", MQL, SAL, say("MQL accepted by sales (SAL)"), say("MQL to SAL in the period")),
    Step("sal_sql", SAL, SQL, say("SAL qualified by sales (SQL)"), say("SAL to SQL in the period")),
    Step("sql_won", SQL, None, say("SQL won"), say("SQL to won in the period")),
    Step("mql_won", MQL, None, say("MQL won"), say("MQL to won in the period")),
)
Began, Later = aliased(LeadEvent, name="began_of_step"), aliased(LeadEvent, name="later_of_step")


def declare_funnels() -> None:
    """Make both ways of looking at each step known."""
    for step in STEPS:
        named_measure(
            NamedMeasure(
                f"cohort.{step.key}", step.label, "percent", "lead",
                say("Of the leads that came into the first stage in the time, those that reached the second by now."),
                _cohort_tally(step), _cohort_records(step), source=SOURCE, parted=_cohort_parts(step),
            )
        )  # fmt: skip
        named_measure(
            NamedMeasure(
                f"flow.{step.key}", step.flow, "percent", "lead",
                say("How many leads came into the second stage in the time ÷ how many came into the first in it."),
                _flow_tally(step), _flow_records(step), source=SOURCE,
            )
        )  # fmt: skip


def moments_of(question: Question) -> tuple[datetime | None, datetime]:
    """The first moment of the time asked for (None: no bound), and the one at which it is over."""
    zone = question.zone

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)

    first = midnight(question.first) if question.first is not None else None
    end = midnight(question.last + timedelta(days=1)) if question.last is not None else question.at
    return first, min(end, question.at)


def in_time(column: Any, question: Question) -> ColumnElement[bool]:
    """Whether a moment lies in the time asked for."""
    first, end = moments_of(question)
    return column < end if first is None else and_(column >= first, column < end)


def _began(step: Step, question: Question) -> Rows:
    """The facts with which leads that count came into the first stage in the time, each once in a cycle."""
    leads = narrowed("lead", Lead, question).with_only_columns(Lead.id)
    found = select(Began.lead_id.label("id"), _reached(step, question).label("reached"))
    return found.where(
        Began.to_stage == step.first, is_counted(Began), in_time(Began.at, question), Began.lead_id.in_(leads)
    )


def _reached(step: Step, question: Question) -> ColumnElement[bool]:
    if step.second is None:
        return exists().where(
            Opportunity.id == Lead.opportunity_id, Lead.id == Began.lead_id,
            Opportunity.status == WON, Opportunity.closed_at >= Began.at, Opportunity.closed_at < question.at,
            Opportunity.archived_at.is_(None),
        )  # fmt: skip
    return exists().where(
        Later.lead_id == Began.lead_id, Later.cycle == Began.cycle, Later.to_stage == step.second, is_counted(Later),
        Later.at < question.at,
    )  # fmt: skip


def _cohort_tally(step: Step) -> Callable[[Session, Question], Tally]:
    def tally(session: Session, question: Question) -> Tally:
        began = _began(step, question).subquery()
        counted = select(func.count(), func.count(case((began.c.reached, 1)))).select_from(began)
        n, reached = session.execute(counted).one()
        return share_of(reached, n)

    return tally


def _cohort_parts(step: Step) -> Callable[[Session, Question, Split], dict[Any, Tally]]:
    def parted(session: Session, question: Question, by: Split) -> dict[Any, Tally]:
        began = _began(step, question).subquery()
        found = select(Lead).join(began, began.c.id == Lead.id)
        rows = in_parts(found, by, func.count(), func.count(case((began.c.reached, 1))))
        return {part: share_of(reached, n) for part, n, reached in session.execute(rows)}

    return parted


def _cohort_records(step: Step) -> Callable[[Question, bool], Select[int]]:
    def records(question: Question, numerator: bool) -> Select[int]:
        began = _began(step, question).subquery()
        found = select(began.c.id)
        return found.where(began.c.reached) if numerator else found

    return records


def _entered(stage: str | None, question: Question) -> Select[Any]:
    """Leads that came into a stage in the time, one row for each cycle; for None those whose sale was won in it."""
    leads = narrowed("lead", Lead, question)
    if stage is None:
        sold = leads.join(Opportunity, Opportunity.id == Lead.opportunity_id).with_only_columns(Lead.id.label("id"))
        return sold.where(
            Opportunity.status == WON, Opportunity.archived_at.is_(None), in_time(Opportunity.closed_at, question)
        )
    return select(Later.lead_id.label("id")).where(
        Later.to_stage == stage, is_counted(Later), in_time(Later.at, question),
        Later.lead_id.in_(leads.with_only_columns(Lead.id)),
    )  # fmt: skip


def _flow_tally(step: Step) -> Callable[[Session, Question], Tally]:
    def tally(session: Session, question: Question) -> Tally:
        first, second = (
            session.scalar(select(func.count()).select_from(_entered(stage, question).subquery())) or 0
            for stage in (step.first, step.second)
        )
        if not first:
            return Tally(None, Decimal(second), Decimal(0), 0, say("No lead came into the first stage in the time."))
        return Tally(second * HUNDRED / first, Decimal(second), Decimal(first), first)

    return tally


def _flow_records(step: Step) -> Callable[[Question, bool], Select[int]]:
    def records(question: Question, numerator: bool) -> Select[int]:
        entered = _entered(step.second if numerator else step.first, question).subquery()
        return select(entered.c.id)

    return records
