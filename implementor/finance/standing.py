"""How the money of projects stands on a day: budget, costs, forecast and earned value, and what is over its limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.finance.earned_value import EarnedValue, Points, earned_value, ratio
from implementor.finance.models.budget import ACTUAL, COMMITTED, FORECAST, PLANNED
from implementor.finance.queries import lines, sums
from implementor.finance.rates import Rates, known_rates, no_rate
from implementor.foundation.words import Phrase, say

USUAL_LIMIT = Decimal("0.1")
"""A forecast that is more than 10 % over the budget has to show."""


@dataclass(frozen=True)
class Limit:
    """How far the forecast may be over the budget: a share of it, and an amount in the project's currency."""

    ratio: Decimal = USUAL_LIMIT
    amount: int | None = None

    def is_passed(self, budget: int, forecast: int) -> bool:
        """Whether a forecast is over what this limit lets through."""
        over = forecast - budget
        if over <= 0:
            return False
        return over > budget * self.ratio or (self.amount is not None and over > self.amount)


@dataclass(frozen=True)
class MoneyStanding:
    """Money of one project in minor units of `currency`.

    `budget` is what was approved (BAC) or, before an approval, what is planned. `actual` is what was paid until the
    day, `forecast` what everything will cost by what is written down month by month. Where a currency has no rate
    `missing` names it and the amounts are None.
    """

    project_id: int
    currency: str
    baseline_number: int | None = None
    budget: int | None = 0
    planned: int | None = 0
    committed: int | None = 0
    actual: int | None = 0
    forecast: int | None = 0
    value: EarnedValue | None = None
    points: Points | None = None
    limit: Limit = field(default_factory=Limit)
    missing: tuple[str, ...] = ()

    @property
    def is_approved(self) -> bool:
        """Whether a decision approved the budget."""
        return self.baseline_number is not None

    @property
    def is_empty(self) -> bool:
        """Whether nobody wrote any amount down."""
        return not (self.missing or self.budget or self.actual or self.forecast or self.committed)

    @property
    def planned_value(self) -> int | None:
        """PV: what was due by the day is worth; None where it is not measurable."""
        return self.value.planned if self.value else None

    @property
    def earned(self) -> int | None:
        """EV: what is validated is worth."""
        return self.value.earned if self.value else None

    @property
    def cost_index(self) -> Decimal | None:
        """CPI; None where it is not measurable."""
        return self.value.cost_index if self.value else None

    @property
    def schedule_index(self) -> Decimal | None:
        """SPI; None where it is not measurable."""
        return self.value.schedule_index if self.value else None

    @property
    def at_completion(self) -> int | None:
        """EAC = BAC / CPI: what everything will cost if the rest goes as it went so far."""
        return self.value.at_completion if self.value else None

    @property
    def variance(self) -> int | None:
        """How much the forecast is over the budget; below zero, under it."""
        return None if self.forecast is None or self.budget is None else self.forecast - self.budget

    @property
    def variance_ratio(self) -> Decimal | None:
        """The same as a share of the budget; None without one."""
        if self.variance is None or not self.budget:
            return None
        over = ratio(abs(self.variance), self.budget)
        return over if over is None or self.variance >= 0 else -over

    @property
    def is_over_limit(self) -> bool:
        """Whether the committee has to hear of it."""
        if self.budget is None or self.forecast is None or self.is_empty:
            return False
        return self.limit.is_passed(self.budget, self.forecast)

    @property
    def why_missing(self) -> Phrase | None:
        """Why there are no amounts, and what to do; None where there are."""
        if not self.missing:
            return None
        return no_rate(self.missing, self.currency)


@dataclass(frozen=True)
class Variance:
    """A forecast that is over the budget by more than its limit: of the whole project (`line_id` None) or of a line."""

    project_id: int
    line_id: int | None
    title: str
    currency: str
    budget: int
    forecast: int
    limit: Limit

    @property
    def over(self) -> int:
        """By how much, in minor units."""
        return self.forecast - self.budget

    @property
    def ratio(self) -> Decimal | None:
        """The same as a share of the budget; None for a line without one."""
        return ratio(self.over, self.budget)


def money_of_projects(
    session: Session, project_ids: Collection[int], *, on: date, known_at: datetime | None = None
) -> dict[int, MoneyStanding]:
    """How the money of these projects stands on a day, in as many statements for one as for two hundred.

    `known_at` asks for what was known at a moment (amounts, approvals and validated stories as they were then);
    without it, for what is known now. Who may see money is for the caller to ask (`finance.permissions.VIEW`).
    """
    ids = sorted(set(project_ids))
    if not ids:
        return {}
    own = {row.project_id: row.currency for row in session.execute(sums.currencies_of_projects(project_ids=ids))}
    amounts: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(sums.sums_of_projects(project_ids=ids, on=on, at=known_at)):
        amounts[row.project_id].append(row)
    approved = sums.baselines_of_projects(project_ids=ids, at=known_at)
    baselines = {row.project_id: row for row in session.execute(approved)}
    points = {
        row.project_id: Points(row.total or Decimal(0), row.due or Decimal(0), row.validated or Decimal(0))
        for row in session.execute(sums.points_of_projects(project_ids=ids, on=on, at=known_at))
    }
    limits = limits_of(session, ids)
    rates = known_rates(session, on)
    return {
        one: _standing(one, currency, amounts[one], baselines.get(one), points.get(one), limits[one], rates)
        for one, currency in own.items()
    }


def limits_of(session: Session, project_ids: Collection[int]) -> dict[int, Limit]:
    """The limits of each project: its own, else the usual one."""
    own = {
        row.project_id: Limit(row.ratio, row.amount)
        for row in session.execute(sums.limits_of_projects(project_ids=project_ids))
    }
    return {one: own.get(one, Limit()) for one in project_ids}


def _standing(
    project_id: int, currency: str, amounts: Sequence[Any], approved: Any | None, points: Points | None, limit: Limit,
    rates: Rates,
) -> MoneyStanding:  # fmt: skip
    number = approved.number if approved is not None else None
    needed = {row.currency for row in amounts} | ({approved.currency} if approved is not None else set())
    missing = rates.missing(needed, currency)
    if missing:
        return MoneyStanding(
            project_id, currency, number, None, None, None, None, None, points=points, limit=limit, missing=missing
        )
    planned, committed, actual, forecast = (
        sum(rates.convert(int(getattr(row, kind)), row.currency, currency) for row in amounts)
        for kind in (PLANNED, COMMITTED, ACTUAL, FORECAST)
    )
    budget = rates.convert(approved.amount, approved.currency, currency) if approved is not None else planned
    return MoneyStanding(
        project_id, currency, number, budget, planned, committed, actual, forecast,
        earned_value(budget=budget, actual=actual, points=points if approved is not None else None),
        points, limit,
    )  # fmt: skip


def variances_over_limit(session: Session, project_id: int, *, on: date) -> list[Variance]:
    """`variances_of_projects` of one project."""
    return variances_of_projects(session, [project_id], on=on).get(project_id, [])


def variances_of_projects(session: Session, project_ids: Collection[int], *, on: date) -> dict[int, list[Variance]]:
    """Forecasts that are over their limits on a day by project: the whole first, then lines, the largest first.

    A line is held to its own approved amount, or to its plan before an approval, in its own currency; the limit's
    amount is in the project's, so lines of other currencies are held to the share alone. Nothing where rates are
    missing for the whole: `money_of_projects` names them. As many statements for one project as for many.
    """
    money = money_of_projects(session, project_ids, on=on)
    over = _lines_over_limit(session, money, on)
    return {one: _whole_over_limit(standing) + over[one] for one, standing in money.items()}


def _whole_over_limit(found: MoneyStanding) -> list[Variance]:
    if not found.is_over_limit or found.budget is None or found.forecast is None:
        return []
    whole = str(say("Whole budget"))
    return [Variance(found.project_id, None, whole, found.currency, found.budget, found.forecast, found.limit)]


def _lines_over_limit(session: Session, money: Mapping[int, MoneyStanding], on: date) -> dict[int, list[Variance]]:
    found: dict[int, list[Variance]] = {one: [] for one in money}
    known = {line.id: line for line in session.scalars(lines.lines_in_projects(project_ids=list(found)))}
    approved: dict[int, int] = defaultdict(int)
    for row in session.execute(sums.baselines_by_line(project_ids=list(found))):
        approved[row.line_id] += row.amount
    for row in session.execute(sums.sums_of_lines_in(project_ids=list(found), on=on)):
        line = known[row.line_id]
        standing = money[line.project_id]
        budget = approved[line.id] if standing.is_approved else int(row.planned)
        held = standing.limit if line.currency == standing.currency else Limit(standing.limit.ratio)
        if held.is_passed(budget, int(row.forecast)):
            found[line.project_id].append(
                Variance(line.project_id, line.id, line.title, line.currency, budget, int(row.forecast), held)
            )
    return {one: sorted(over, key=lambda one: (-(one.ratio or 0), one.title)) for one, over in found.items()}
