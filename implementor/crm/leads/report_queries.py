"""How the figures of funnel and hand-overs are found: grouped by the database, within what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import aliased

from implementor.crm.leads.columns import DAY, is_counted
from implementor.crm.leads.funnel import REACHED
from implementor.crm.leads.lifecycle import CONVERTED, ENDS, MQL, SAL, SQL
from implementor.crm.leads.models import Lead, LeadEvent
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.records.queries import records_in_use
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows

PLACES = {MQL: 0, SAL: 1, SQL: 2, CONVERTED: 3}
STAGE_AT = {place: stage for stage, place in PLACES.items()}
MOST_PAIRS = 20_000
Began, Later = aliased(LeadEvent, name="began"), aliased(LeadEvent, name="later")
Parted = aliased(Lead, name="parted")


def furthest_of_months(*, scope: Scope, ends: Sequence[datetime], first: datetime, days: int) -> Rows:
    """Rows (number of the month, place, count): how far those that became MQL in a month came within the days.

    `ends` are the moments at which the months are over, in order.
    """
    place = func.max(case(*((Later.to_stage == stage, at) for stage, at in PLACES.items()), else_=0))
    each = (
        _cohort(scope, ends, first, days)
        .where(Later.to_stage.in_([MQL, *REACHED]))
        .with_only_columns(Began.id, _month(ends).label("month"), place.label("place"))
        .group_by(Began.id, _month(ends))
        .subquery("furthest")
    )
    return select(each.c.month, each.c.place, func.count().label("leads")).group_by(each.c.month, each.c.place)


def ends_of_months(*, scope: Scope, ends: Sequence[datetime], first: datetime, days: int) -> Rows:
    """Rows (number of the month, stage, count): how many of a month's MQL were recycled or lost within the days."""
    found = _cohort(scope, ends, first, days).where(Later.to_stage.in_(ENDS))
    inner = found.with_only_columns(_month(ends).label("month"), Later.to_stage.label("stage")).subquery("ended")
    return select(inner.c.month, inner.c.stage, func.count().label("leads")).group_by(inner.c.month, inner.c.stage)


def _cohort(scope: Scope, ends: Sequence[datetime], first: datetime, days: int) -> Rows:
    """The facts that came within the days after a lead was marketing qualified in the time."""
    return (
        select(Began.id)
        .join(Later, (Later.lead_id == Began.lead_id) & (Later.cycle == Began.cycle))
        .where(
            Began.to_stage == MQL, Began.at >= first, Began.at < ends[-1], is_counted(Began), is_counted(Later),
            Later.mql_seconds <= days * DAY, _is_seen(scope, Began),
        )
    )  # fmt: skip


def _month(ends: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the month that a lead was qualified in; a month ends where the reader's clock says."""
    earlier = [(Began.at < end, number) for number, end in enumerate(ends[:-1])]
    return case(*earlier, else_=len(ends) - 1) if earlier else literal(0)


def entered_stages(*, scope: Scope, time: tuple[datetime, datetime]) -> Rows:
    """Rows (stage, how often somebody came into it in a time, how many leads those are); once in each cycle."""
    return (
        select(LeadEvent.to_stage, func.count(), func.count(LeadEvent.lead_id.distinct()))
        .where(LeadEvent.at >= time[0], LeadEvent.at < time[1], is_counted(LeadEvent), _is_seen(scope, LeadEvent))
        .group_by(LeadEvent.to_stage)
    )


def handed_over(
    *, scope: Scope, first: str, second: str, time: tuple[datetime, datetime], about_kind: str | None
) -> Rows:
    """Rows (from, to): the moments of two stages of one cycle of which the second was reached in a time, latest first.

    `about_kind` narrows them to leads that came out of records of a kind.
    """
    seen = _is_seen(scope, Later, about_kind)
    return (
        select(Began.at, Later.at)
        .join(Later, (Later.lead_id == Began.lead_id) & (Later.cycle == Began.cycle))
        .where(
            Began.to_stage == first, Later.to_stage == second, Later.at >= time[0], Later.at < time[1],
            is_counted(Began), is_counted(Later), seen,
        )
        .order_by(Later.at.desc())
        .limit(MOST_PAIRS)
    )  # fmt: skip


def _is_seen(scope: Scope, event: type[LeadEvent], about_kind: str | None = None) -> ColumnElement[bool]:
    seen = records_in_use(Lead, scope).where(Lead.id == event.lead_id)
    if about_kind is not None:
        seen = seen.where(Lead.about_kind == about_kind)
    return seen.with_only_columns(Lead.id).exists()


def waiting_at(*, scope: Scope, stage: str, about_kind: str | None) -> Rows:
    """One row: how many leads stand before a hand-over now."""
    found = records_in_use(Lead, scope).where(Lead.stage == stage)
    if about_kind is not None:
        found = found.where(Lead.about_kind == about_kind)
    return found.with_only_columns(func.count())


def furthest_by(*, column: str, time: tuple[datetime, datetime], days: int, scope: Scope) -> Rows:
    """Rows (value, place, count) of leads that became MQL in a time, by a column of leads: how far they came.

    Within the days after they were qualified, as `furthest_of_months` counts them.
    """
    value = getattr(Parted, column)
    place = func.max(case(*((Later.to_stage == stage, at) for stage, at in PLACES.items()), else_=0))
    each = (
        _cohort(scope, [time[1]], time[0], days)
        .join(Parted, Parted.id == Began.lead_id)
        .where(Later.to_stage.in_([MQL, *REACHED]))
        .with_only_columns(Began.id, value.label("value"), place.label("place"))
        .group_by(Began.id, value)
        .subquery("furthest_by")
    )
    found = select(each.c.value, each.c.place, func.count().label("leads"))
    return found.group_by(each.c.value, each.c.place)


def sales_of_converted(*, time: tuple[datetime, datetime], scope: Scope) -> Rows:
    """Rows (status, count) of the opportunities that leads converted in a time became."""
    found = (
        records_in_use(Lead, scope)
        .join(LeadEvent, LeadEvent.lead_id == Lead.id)
        .join(Opportunity, Opportunity.id == Lead.opportunity_id)
        .where(
            LeadEvent.to_stage == CONVERTED, LeadEvent.at >= time[0], LeadEvent.at < time[1], is_counted(LeadEvent),
            Opportunity.archived_at.is_(None),
        )
    )  # fmt: skip
    count = func.count(Opportunity.id.distinct()).label("sales")
    return found.with_only_columns(Opportunity.status, count).group_by(Opportunity.status)


def reasons_of_ends(*, time: tuple[datetime, datetime], scope: Scope) -> Rows:
    """Rows (stage, reason, count) of leads that were recycled or lost in a time, the most first."""
    count = func.count(LeadEvent.lead_id.distinct())
    found = select(LeadEvent.to_stage, LeadEvent.reason, count.label("leads")).where(
        LeadEvent.to_stage.in_(ENDS), LeadEvent.at >= time[0], LeadEvent.at < time[1], is_counted(LeadEvent),
        _is_seen(scope, LeadEvent),
    )  # fmt: skip
    return found.group_by(LeadEvent.to_stage, LeadEvent.reason).order_by(count.desc(), LeadEvent.reason).limit(12)
