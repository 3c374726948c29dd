"""Tables of approved budgets: editions with amounts and the stories they count on; and how far they may be missed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, Scaled, table_args


class BudgetBaseline(Model):
    """A budget as it was approved by a decision; its amounts and stories never change.

    The newest one that was not withdrawn counts; it is withdrawn when its decision is reversed. `currency` is the
    project's on that day.
    """

    __tablename__ = "budget_baseline"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        ForeignKeyConstraint(["project_id", "change_request_id"], ["change_request.project_id", "change_request.id"]),
        CheckConstraint("number = 1 OR reason IS NOT NULL", name="again_for_a_reason"),
        Index("ix_budget_baseline_decision", "project_id", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    currency: Mapped[str]
    decision_id: Mapped[int]
    change_request_id: Mapped[int | None]
    reason: Mapped[str | None]
    approved_at: Mapped[datetime]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]


class BaselineAmount(Model):
    """What was approved for a month of a line: in the line's currency, and in the project's at the rate of that day."""

    __tablename__ = "baseline_amount"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "baseline_id"], ["budget_baseline.project_id", "budget_baseline.id"]),
        ForeignKeyConstraint(["project_id", "line_id"], ["budget_line.project_id", "budget_line.id"]),
    )

    baseline_id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    amount: Mapped[int]
    converted: Mapped[int]


class BaselineStory(Model):
    """A story the approved budget counts on: its points and the day it should be validated, as they were then."""

    __tablename__ = "baseline_story"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "baseline_id"], ["budget_baseline.project_id", "budget_baseline.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
    )

    baseline_id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    points: Mapped[Decimal] = mapped_column(Scaled(2))
    due_on: Mapped[date | None]


class VarianceLimit(Record):
    """How far the forecast may be over the budget before the committee hears of it; without a row the usual 10 %.

    `ratio` is a share of the budget, `amount` minor units of the project's currency; the smaller one counts.
    """

    __tablename__ = "variance_limit"
    __record_kind__: ClassVar[str] = "variance_limit"
    __table_args__ = table_args(
        UniqueConstraint("project_id"),
        CheckConstraint("ratio BETWEEN 0 AND 100000", name="ratio"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_has_a_currency"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    ratio: Mapped[Decimal] = mapped_column(Scaled(4))
    amount: Mapped[int | None]
    currency: Mapped[str | None]
