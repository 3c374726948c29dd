"""Sums over budgets of many projects, each question one statement however many projects are asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Label, Subquery, and_, case, cast, func, select

from implementor.finance.models import (
    BaselineAmount,
    BaselineStory,
    BudgetAmount,
    BudgetBaseline,
    BudgetFact,
    BudgetLine,
    VarianceLimit,
)
from implementor.finance.models.budget import KINDS
from implementor.foundation.model import Rows
from implementor.projects.models import Programme, Project
from implementor.stories.models import Story, StoryFact
from implementor.stories.statuses import FINISHED

Ids = Collection[int]


def currencies_of_projects(*, project_ids: Ids) -> Rows:
    """Rows (project_id, currency): the currency of each project's programme."""
    found = select(Project.id.label("project_id"), Programme.currency)
    return found.join(Programme, Programme.id == Project.programme_id).where(Project.id.in_(project_ids))


def cells_known(*, project_ids: Ids, at: datetime | None = None) -> Rows:
    """Rows (project_id, line_id, currency, kind, month, amount): what stands in the lines in use.

    With `at` what stood at that moment; a line that was put away later counted then.
    """
    if at is None:
        cell: type[BudgetAmount] | type[BudgetFact] = BudgetAmount
        counts: ColumnElement[bool] = BudgetLine.archived_at.is_(None)
    else:
        cell = BudgetFact
        counts = and_(
            BudgetFact.id.in_(_last_facts(project_ids, at)),
            BudgetLine.archived_at.is_(None) | (BudgetLine.archived_at > at),
        )
    return (
        select(cell.project_id, cell.line_id, BudgetLine.currency, cell.kind, cell.month, cell.amount)
        .join(BudgetLine, BudgetLine.id == cell.line_id)
        .where(cell.project_id.in_(project_ids), cell.amount.is_not(None), counts)
    )


def _last_facts(project_ids: Ids, at: datetime) -> Rows:
    """Ids of the facts that stood at a moment: the last of each month of a line."""
    place = func.row_number().over(
        partition_by=(BudgetFact.line_id, BudgetFact.kind, BudgetFact.month),
        order_by=(BudgetFact.at.desc(), BudgetFact.id.desc()),
    )
    known = and_(BudgetFact.project_id.in_(project_ids), BudgetFact.at <= at)
    numbered = select(BudgetFact.id, place.label("place")).where(known).subquery()
    return select(numbered.c.id).where(numbered.c.place == 1)


def sums_of_projects(*, project_ids: Ids, on: date, at: datetime | None = None) -> Rows:
    """Rows (project_id, currency, planned, committed, actual, forecast): whole budgets by the currency of their lines.

    `actual` is of the months that began by the day; `forecast` is `forecast.month_cost` of every month of every line.
    """
    months, totals = _totals(project_ids, on, at)
    keys = (months.c.project_id, months.c.currency)
    return select(*keys, *totals).group_by(*keys)


def sums_of_lines(*, project_id: int, on: date, at: datetime | None = None) -> Rows:
    """Rows (line_id, planned, committed, actual, forecast) of one project, each in the currency of its line."""
    return sums_of_lines_in(project_ids=[project_id], on=on, at=at)


def sums_of_lines_in(*, project_ids: Ids, on: date, at: datetime | None = None) -> Rows:
    """The same of several projects."""
    months, totals = _totals(project_ids, on, at)
    return select(months.c.line_id, *totals).group_by(months.c.line_id)


def _totals(project_ids: Ids, on: date, at: datetime | None) -> tuple[Subquery, list[Label[Any]]]:
    """The months of lines, and what is added up over them."""
    cells = cells_known(project_ids=project_ids, at=at).subquery()
    of = {kind: func.max(case((cells.c.kind == kind, cells.c.amount))).label(kind) for kind in KINDS}
    keys = (cells.c.project_id, cells.c.currency, cells.c.line_id, cells.c.month)
    months = select(*keys, *of.values()).group_by(*keys).subquery()
    actual = func.coalesce(months.c.actual, 0)
    totals = [
        _sum(months.c.planned).label("planned"),
        _sum(months.c.committed).label("committed"),
        _sum(case((months.c.month <= on, actual))).label("actual"),
        _sum(_month_cost(months, on)).label("forecast"),
    ]
    return months, totals


def _sum(amounts: Any) -> ColumnElement[int]:
    """Minor units added up. PostgreSQL adds whole numbers up to decimals, which money never is here."""
    return cast(func.coalesce(func.sum(amounts), 0), BigInteger)


def _month_cost(months: Subquery, on: date) -> ColumnElement[Any]:
    """`forecast.month_cost`, said to the database."""
    actual, committed = func.coalesce(months.c.actual, 0), func.coalesce(months.c.committed, 0)
    said = func.coalesce(months.c.forecast, months.c.planned, 0)
    expected = case((said > committed, said), else_=committed)
    present = on.replace(day=1)
    return case(
        (months.c.month < present, actual),
        (months.c.month > present, expected),
        (actual > expected, actual),
        else_=expected,
    )


def _counting_baselines(project_ids: Ids, at: datetime | None) -> Rows:
    """Ids of the approved budgets that count: of each project the newest that stands, or stood at a moment."""
    stood: ColumnElement[bool] = BudgetBaseline.withdrawn_at.is_(None)
    if at is not None:
        stood = and_(BudgetBaseline.approved_at <= at, stood | (BudgetBaseline.withdrawn_at > at))
    return (
        select(func.max(BudgetBaseline.id))
        .where(BudgetBaseline.project_id.in_(project_ids), stood)
        .group_by(BudgetBaseline.project_id)
    )


def baselines_of_projects(*, project_ids: Ids, at: datetime | None = None) -> Rows:
    """Rows (project_id, baseline_id, number, currency, amount, approved_at): what was approved, whole."""
    return (
        select(
            BudgetBaseline.project_id,
            BudgetBaseline.id.label("baseline_id"),
            BudgetBaseline.number,
            BudgetBaseline.currency,
            BudgetBaseline.approved_at,
            _sum(BaselineAmount.converted).label("amount"),
        )
        .outerjoin(BaselineAmount, BaselineAmount.baseline_id == BudgetBaseline.id)
        .where(BudgetBaseline.id.in_(_counting_baselines(project_ids, at)))
        .group_by(BudgetBaseline.id)
    )


def baseline_by_line(*, project_id: int, at: datetime | None = None) -> Rows:
    """Rows (line_id, month, amount, converted) of the approved budget that counts."""
    return baselines_by_line(project_ids=[project_id], at=at)


def baselines_by_line(*, project_ids: Ids, at: datetime | None = None) -> Rows:
    """The same of several projects."""
    return select(BaselineAmount.line_id, BaselineAmount.month, BaselineAmount.amount, BaselineAmount.converted).where(
        BaselineAmount.baseline_id.in_(_counting_baselines(project_ids, at))
    )


def points_of_projects(*, project_ids: Ids, on: date, at: datetime | None = None) -> Rows:
    """Rows (project_id, total, due, validated): points the approved budgets count on, in hundredths.

    Validated as the stories are now, or as their facts tell until a moment.
    """
    status: ColumnElement[Any] = Story.status.expression if at is None else status_known_at(at)
    points = BaselineStory.points
    return (
        select(
            BaselineStory.project_id,
            func.sum(points).label("total"),
            func.sum(case((BaselineStory.due_on <= on, points))).label("due"),
            func.sum(case((status.in_(FINISHED), points))).label("validated"),
        )
        .join(Story, Story.id == BaselineStory.story_id)
        .where(BaselineStory.baseline_id.in_(_counting_baselines(project_ids, at)))
        .group_by(BaselineStory.project_id)
    )


def planned_stories(*, project_id: int, at: datetime | None = None) -> Rows:
    """Rows (story_id, number, title, points, due_on, status) of the stories the approved budget counts on."""
    status: ColumnElement[Any] = Story.status.expression if at is None else status_known_at(at)
    return (
        select(
            BaselineStory.story_id, Story.number, Story.title, BaselineStory.points, BaselineStory.due_on,
            status.label("status"),
        )
        .join(Story, Story.id == BaselineStory.story_id)
        .where(BaselineStory.baseline_id.in_(_counting_baselines([project_id], at)))
        .order_by(Story.number)
    )  # fmt: skip


def status_known_at(at: datetime) -> ColumnElement[Any]:
    """The status of the story of a row at a moment, by its facts; what no fact tells is as it is now."""
    facts = (StoryFact.story_id == Story.id) & (StoryFact.kind == "status")
    last = select(StoryFact.after).where(facts, StoryFact.at <= at)
    next_one = select(StoryFact.before).where(facts, StoryFact.at > at)
    return func.coalesce(
        last.order_by(StoryFact.at.desc(), StoryFact.id.desc()).limit(1).correlate(Story).scalar_subquery(),
        next_one.order_by(StoryFact.at, StoryFact.id).limit(1).correlate(Story).scalar_subquery(),
        Story.status,
    )


def limits_of_projects(*, project_ids: Ids) -> Rows:
    """Rows (project_id, ratio, amount, currency) of the projects that have limits of their own."""
    found = select(VarianceLimit.project_id, VarianceLimit.ratio, VarianceLimit.amount, VarianceLimit.currency)
    return found.where(VarianceLimit.project_id.in_(project_ids))


def turns_of_planned_stories(*, project_id: int) -> Rows:
    """Rows (story_id, at, before, after): how the status of those stories turned, in the order of time."""
    return (
        select(StoryFact.story_id, StoryFact.at, StoryFact.before, StoryFact.after)
        .join(BaselineStory, BaselineStory.story_id == StoryFact.story_id)
        .where(
            BaselineStory.baseline_id.in_(_counting_baselines([project_id], None)),
            StoryFact.project_id == project_id,
            StoryFact.kind == "status",
        )
        .order_by(StoryFact.at, StoryFact.id)
    )
