"""How the money of a project stands: in sentences, in figures that open their records, and month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, g, request
from sqlalchemy.orm import Session

from implementor.finance import permissions
from implementor.finance.catalogue import CATEGORIES
from implementor.finance.models.budget import ACTUAL
from implementor.finance.queries import contracts as contract_queries
from implementor.finance.queries import lines as queries
from implementor.finance.queries import sums
from implementor.finance.rates import Rates, known_rates
from implementor.finance.series import MonthEnd, Promise, Turn, month_ends
from implementor.finance.standing import MoneyStanding, money_of_projects, variances_over_limit
from implementor.finance.views.pictures import picture_of
from implementor.finance.views.routing import blueprint
from implementor.finance.wording import amount_text, index_text, readings, share_text, short_amount
from implementor.foundation.words import speech
from implementor.stories.statuses import FINISHED, status_choice
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session, today


@blueprint.get("")
@allow(permissions.VIEW)
def money(project_key: str) -> Response:
    """How the money stands today."""
    return draw_money()


@blueprint.get("/stories")
@allow(permissions.VIEW)
def stories(project_key: str) -> Response:
    """The stories the approved budget counts on: what is due and what is earned."""
    standing = _standing()
    rows = session().execute(sums.planned_stories(project_id=g.project.id)).all()
    total = sum((row.points for row in rows), start=0)
    budget = standing.budget or 0
    worth = {row.story_id: int(budget * row.points / total) if total else 0 for row in rows}
    return draw(
        "finance/stories.html", rows=rows, worth=worth, standing=standing, finished=FINISHED, today=today(),
        status_choice=status_choice,
    )  # fmt: skip


def draw_money(errors: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    """The page, in a number of statements that lines and months do not change."""
    of, project_id, standing = session(), g.project.id, _standing()
    ends = _month_ends(of, standing) if not standing.missing else []
    may_approve = actor().may(permissions.APPROVE)
    return draw(
        "finance/money.html",
        status,
        standing=standing,
        readings=readings(standing),
        variances=variances_over_limit(of, project_id, on=today()),
        ends=ends,
        picture=picture_of(ends, standing),
        categories=_by_category(of, standing),
        baselines=of.execute(queries.baselines_of(project_id=project_id)).all(),
        changes=of.scalars(queries.changes_approved_since(project_id=project_id)).all() if may_approve else [],
        contracts=of.scalars(contract_queries.contracts_of(project_id=project_id)).all(),
        amount_text=amount_text,
        short_amount=short_amount,
        index_text=index_text,
        share_text=share_text,
        errors=errors or {},
        typed=request.form,
        may_edit=actor().may(permissions.EDIT),
        may_approve=may_approve,
    )


def _standing() -> MoneyStanding:
    return money_of_projects(session(), [g.project.id], on=today())[g.project.id]


def _month_ends(of: Session, standing: MoneyStanding) -> list[MonthEnd]:
    project_id, rates = g.project.id, known_rates(of, today())
    approved: dict[date, int] = defaultdict(int)
    for row in of.execute(sums.baseline_by_line(project_id=project_id)):
        approved[row.month] += row.converted
    paid: dict[date, int] = defaultdict(int)
    for row in of.execute(sums.cells_known(project_ids=[project_id])):
        if row.kind == ACTUAL:
            paid[row.month] += rates.convert(row.amount, row.currency, standing.currency)
    promises = [
        Promise(row.story_id, row.points, row.due_on, row.status)
        for row in of.execute(sums.planned_stories(project_id=project_id))
    ]
    turns = [
        Turn(row.story_id, row.at, row.before, row.after)
        for row in of.execute(sums.turns_of_planned_stories(project_id=project_id))
    ]
    return month_ends(approved, paid, promises, turns, on=today(), zone=speech().zone)


def _by_category(of: Session, standing: MoneyStanding) -> list[dict[str, Any]]:
    """Budget, costs and forecast of each category, in the project's currency."""
    if standing.missing:
        return []
    project_id, rates = g.project.id, known_rates(of, today())
    lines = {one.id: one for one in of.scalars(queries.lines_of(project_id=project_id))}
    approved: dict[int, int] = defaultdict(int)
    for row in of.execute(sums.baseline_by_line(project_id=project_id)):
        approved[row.line_id] += row.converted
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("budget", "actual", "forecast"), 0))
    for row in of.execute(sums.sums_of_lines(project_id=project_id, on=today())):
        line = lines[row.line_id]
        own = found[line.category]
        own["budget"] += approved[line.id] if standing.is_approved else _in_project(rates, row.planned, line, standing)
        own["actual"] += _in_project(rates, row.actual, line, standing)
        own["forecast"] += _in_project(rates, row.forecast, line, standing)
    return [{"choice": one, **found[one.key]} for one in CATEGORIES if one.key in found]


def _in_project(rates: Rates, amount: Any, line: Any, standing: MoneyStanding) -> int:
    return rates.convert(int(amount), line.currency, standing.currency)
