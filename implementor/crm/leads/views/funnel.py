"""The page of the funnel: cohorts by month, what passed the stages, and how long hand-overs took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from implementor.calendars.durations import write_duration
from implementor.crm.leads import permissions, queries, report_queries
from implementor.crm.leads.columns import moments_of
from implementor.crm.leads.funnel import REACHED, Cohort, Month, cohorts, flow, months_of
from implementor.crm.leads.handovers import BETWEEN, POINTS, HandOver, waited
from implementor.crm.leads.lifecycle import ENDS, MQL
from implementor.crm.leads.report_queries import STAGE_AT
from implementor.crm.leads.views.routing import blueprint
from implementor.crm.leads.words import STAGE_NAMES
from implementor.crm.orders.models import SALE
from implementor.crm.orders.permissions import VIEW as VIEW_ORDERS
from implementor.crm.orders.report_queries import handed_to_service, waiting_for_service
from implementor.foundation.filters import NONE
from implementor.foundation.text import whole_number
from implementor.lists.record_page import present_scope
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.spans import span_asked
from implementor.web.unit_of_work import session, today

USUAL_DAYS, MOST_DAYS, USUAL_TIME = 90, 730, 180


@blueprint.get("/funnel")
@allow(permissions.VIEW)
def show_funnel() -> ResponseReturnValue:
    """Everything about one time, in a number of statements that leads do not change."""
    first, last = span_asked(lambda last: (last - timedelta(days=USUAL_TIME)).replace(day=1))
    days = min(max(whole_number(request.args.get("days", "")) or USUAL_DAYS, 1), MOST_DAYS)
    months = months_of(first, last)
    first = months[0].first
    calendar = session().scalars(queries.usual_calendar()).one_or_none()
    return draw(
        "crm/leads/funnel.html",
        first=first,
        last=last,
        days=days,
        columns=[(stage, STAGE_NAMES[stage]) for stage in (*REACHED, *ENDS)],
        cohorts=[_drawn(one, days) for one in _cohorts(months, days)],
        flow=_flow(first, last),
        calendar=calendar,
        handovers=_hand_overs(first, last, calendar),
    )


def _range(month: Month) -> str:
    return f"{month.first.isoformat()}..{month.last.isoformat()}"


def _cohorts(months: list[Month], days: int) -> list[Cohort]:
    ends = [moments_of(_range(month))[1] for month in months]
    asked: dict[str, Any] = {
        "scope": present_scope(), "ends": ends, "first": moments_of(_range(months[0]))[0], "days": days,
    }  # fmt: skip
    came = session().execute(report_queries.furthest_of_months(**asked))
    ended = session().execute(report_queries.ends_of_months(**asked))
    return cohorts(
        months,
        {(row.month, STAGE_AT[row.place]): row.leads for row in came},
        {(row.month, row.stage): row.leads for row in ended},
        days=days,
        today=today(),
    )


def _drawn(one: Cohort, days: int) -> dict[str, Any]:
    """A row of the table; every figure leads to its leads."""
    return {
        "cohort": one,
        "url": url_for("leads.index", entered=f"{MQL}:{_range(one.month)}"),
        "cells": [
            {
                "stage": stage,
                "label": STAGE_NAMES[stage],
                "count": one.counts[stage],
                "share": one.share(stage),
                "url": url_for("leads.index", reached=f"{_range(one.month)}:{stage}:{days}"),
            }
            for stage in (*REACHED, *ENDS)
        ],
    }


def _flow(first: date, last: date) -> list[dict[str, Any]]:
    days = _range(Month(first, last))
    found = session().execute(report_queries.entered_stages(scope=present_scope(), time=moments_of(days)))
    entered = {row[0]: (row[1], row[2]) for row in found}
    return [
        {
            "name": STAGE_NAMES[stage],
            "count": count,
            "leads": leads,
            "url": url_for("leads.index", entered=f"{stage}:{days}"),
        }
        for stage, count, leads in flow(entered)
    ]


def _hand_overs(first: date, last: date, calendar: Any) -> list[dict[str, Any]]:
    """The three points in the order of a sale; that of orders for those who see orders."""
    of_leads = [_hand_over(point, first, last, calendar) for point in POINTS]
    of_orders = [_order_to_service(first, last, calendar)] if actor().may(VIEW_ORDERS) else []
    return [*of_leads[:1], *of_orders, *of_leads[1:]]


def _hand_over(point: HandOver, first: date, last: date, calendar: Any) -> dict[str, Any]:
    days, scope = _range(Month(first, last)), present_scope()
    pairs = session().execute(
        report_queries.handed_over(
            scope=scope, first=point.first, second=point.second, time=moments_of(days), about_kind=point.about_kind
        )
    )
    waiting = report_queries.waiting_at(scope=scope, stage=point.first, about_kind=point.about_kind)
    steps = f"{point.first}-{point.second}" + (f"@{point.about_kind}" if point.about_kind else "")
    return {
        **_times(pairs, calendar),
        "label": point.label,
        "waiting": session().scalar(waiting),
        "url": url_for("leads.index", handed_over=f"{steps}:{days}"),
        "waiting_url": url_for("leads.index", stage=point.first, about=point.about_kind),
    }


def _order_to_service(first: date, last: date, calendar: Any) -> dict[str, Any]:
    days, scope = _range(Month(first, last)), present_scope()
    placed: dict[str, Any] = {"type": SALE, "placed_at": "1970-01-01.."}
    return {
        **_times(session().execute(handed_to_service(scope=scope, time=moments_of(days))), calendar),
        "label": BETWEEN,
        "waiting": session().scalar(waiting_for_service(scope=scope)),
        "url": url_for("orders.index", **placed, dispatched_at=days),
        "waiting_url": url_for("orders.index", **placed, dispatched_at=NONE, cancelled_at=NONE),
    }


def _times(pairs: Iterable[Any], calendar: Any) -> dict[str, Any]:
    times = waited([(row[0], row[1]) for row in pairs], calendar.hours if calendar is not None else None)
    return {
        "times": times, "middle": _shown(times.middle), "mean": _shown(times.mean), "longest": _shown(times.longest),
    }  # fmt: skip


def _shown(time: timedelta | None) -> str | None:
    return None if time is None else write_duration(round(time.total_seconds() / 60))
