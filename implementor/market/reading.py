"""Reading how marketing and sales work together in a time, in a number of statements that records do not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.crm.leads import report_queries as lead_queries
from implementor.crm.leads.funnel import Cohort, Month, cohorts, months_of
from implementor.crm.leads.handovers import POINTS, HandOver, Waited, waited
from implementor.crm.leads.queries import usual_calendar
from implementor.crm.leads.report_queries import STAGE_AT
from implementor.crm.opportunities import report_queries as sale_queries
from implementor.crm.opportunities.stages import DAY
from implementor.foundation.fields import Scope
from implementor.foundation.live import present
from implementor.foundation.permissions import SYSTEM
from implementor.market.rules import Line, Stay, Step, lines_of, together

DIMENSIONS = ("source", "campaign", "industry")
"""Columns of leads by which they are parted."""
EVERYTHING = Scope(None, SYSTEM)
"""Figures are of all records; which of them somebody may open is asked where they lead to."""


@dataclass(frozen=True)
class Asked:
    """The days, both included, how many days a lead has to come further, the dimension, and the clock."""

    first: date
    last: date
    days: int
    dimension: str
    zone: ZoneInfo
    today: date

    @property
    def time(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first after the last."""
        begin, end = (datetime.combine(day, time(), self.zone) for day in (self.first, self.last + timedelta(days=1)))
        return begin, end

    @property
    def range(self) -> str:
        """The days as filters of lists write them."""
        return f"{self.first}..{self.last}"


@dataclass(frozen=True)
class Market:
    """What is told of the time."""

    steps: Sequence[Step]
    lines: Sequence[Line]
    sales: Mapping[str, int]
    reasons: Sequence[Any]
    cohorts: Sequence[Cohort]
    handovers: Sequence[tuple[HandOver, Waited, int]]
    stays: Sequence[Stay]


def market_of(session: Session, asked: Asked) -> Market:
    """Everything about the time."""
    by: dict[str, Any] = {"time": asked.time, "scope": EVERYTHING}
    found = session.execute(lead_queries.furthest_by(column=asked.dimension, days=asked.days, **by))
    lines = lines_of((row.value, STAGE_AT[row.place], row.leads) for row in found)
    sales = {row.status: row.sales for row in session.execute(lead_queries.sales_of_converted(**by))}
    reasons = session.execute(lead_queries.reasons_of_ends(**by)).all()
    return Market(together(lines), lines, sales, reasons, _cohorts(session, asked), _handovers(session, asked),
                  _stays(session, asked))  # fmt: skip


def _cohorts(session: Session, asked: Asked) -> list[Cohort]:
    months = months_of(asked.first, asked.last)
    ends = [datetime.combine(one.last + timedelta(days=1), time(), asked.zone) for one in months]
    given: dict[str, Any] = {
        "scope": EVERYTHING, "ends": ends, "days": asked.days,
        "first": datetime.combine(months[0].first, time(), asked.zone),
    }  # fmt: skip
    came = session.execute(lead_queries.furthest_of_months(**given))
    ended = session.execute(lead_queries.ends_of_months(**given))
    return cohorts(
        months, {(row.month, STAGE_AT[row.place]): row.leads for row in came},
        {(row.month, row.stage): row.leads for row in ended}, days=asked.days, today=asked.today,
    )  # fmt: skip


def _handovers(session: Session, asked: Asked) -> list[tuple[HandOver, Waited, int]]:
    calendar = session.scalars(usual_calendar()).one_or_none()
    hours = calendar.hours if calendar is not None else None
    found = []
    for point in POINTS:
        over: dict[str, Any] = {"scope": EVERYTHING, "about_kind": point.about_kind}
        pairs = session.execute(
            lead_queries.handed_over(first=point.first, second=point.second, time=asked.time, **over)
        )
        waiting = session.scalar(lead_queries.waiting_at(stage=point.first, **over)) or 0
        found.append((point, waited([(row[0], row[1]) for row in pairs], hours), waiting))
    return found


def _stays(session: Session, asked: Asked) -> list[Stay]:
    stages = [stage for pipeline in present().pipelines for stage in pipeline.stages if stage.is_open]
    ids = [stage.id for stage in stages if stage.id is not None]
    if not ids:
        return []
    given: dict[str, Any] = {"scope": EVERYTHING, "stage_ids": ids, "time": asked.time}
    left = {row[0]: (row[1], row[2]) for row in session.execute(sale_queries.left_stages(**given))}
    lost = {row[0]: row[1] for row in session.execute(sale_queries.lost_from(**given))}
    return [
        Stay(str(stage.name), left[stage.id][0], int(left[stage.id][1] or 0) / left[stage.id][0] / DAY,
             lost.get(stage.id, 0))
        for stage in stages if stage.id in left
    ]  # fmt: skip


def range_of(month: Month) -> str:
    """The days of a month as filters of lists write them."""
    return f"{month.first}..{month.last}"
