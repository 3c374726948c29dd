"""The table of what turns risks into obstacles by itself: a metric, a comparison and a value."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, Scaled, table_args


class RiskTrigger(Record):
    """A risk becomes an obstacle once what a metric measured last is `above` or `below` a value, that value included.

    `crossed_at`, the measurement and the obstacle say that it happened; it happens once.
    """

    __tablename__ = "risk_trigger"
    __record_kind__: ClassVar[str] = "risk_trigger"
    __table_args__ = table_args(
        UniqueConstraint("risk_id"),
        ForeignKeyConstraint(["project_id", "risk_id"], ["risk.project_id", "risk.id"]),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        ForeignKeyConstraint(["project_id", "measurement_id"], ["measurement.project_id", "measurement.id"]),
        ForeignKeyConstraint(["project_id", "obstacle_id"], ["obstacle.project_id", "obstacle.id"]),
        CheckConstraint("comparison IN ('above', 'below')", name="comparison"),
        CheckConstraint("(crossed_at IS NULL) = (measurement_id IS NULL)", name="crossed_by_a_measurement"),
        CheckConstraint("(crossed_at IS NULL) = (obstacle_id IS NULL)", name="crossed_into_an_obstacle"),
        Index("ix_risk_trigger_metric", "metric_id", "crossed_at"),
        Index("ix_risk_trigger_obstacle", "obstacle_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    risk_id: Mapped[int]
    metric_id: Mapped[int]
    comparison: Mapped[str]
    value: Mapped[Decimal] = mapped_column(Scaled(4))
    crossed_at: Mapped[datetime | None]
    measurement_id: Mapped[int | None]
    obstacle_id: Mapped[int | None]

    def is_crossed_by(self, value: Decimal | None) -> bool:
        """Whether a value lies on the wrong side, the limit itself included; no value lies nowhere."""
        return is_past(self.comparison, self.value, value)


def is_past(comparison: str, limit: Decimal, value: Decimal | None) -> bool:
    """Whether a value is at the limit or on its wrong side, which `comparison` (above, below) names."""
    if value is None:
        return False
    return value >= limit if comparison == "above" else value <= limit
