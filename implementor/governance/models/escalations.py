"""Tables of how obstacles climb: how long each kind and severity has on a rung, and each step that one took."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args


class ObstacleClock(Record):
    """Working days on a rung for obstacles of a kind and severity, where a project wants it otherwise than usual."""

    __tablename__ = "obstacle_clock"
    __record_kind__: ClassVar[str] = "obstacle_clock"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "kind", "severity"),
        CheckConstraint("days BETWEEN 1 AND 90", name="days"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str]
    severity: Mapped[str]
    days: Mapped[int] = mapped_column(Integer)


class ObstacleEscalation(Model):
    """That an obstacle became the matter of somebody else; by a person with a reason, or by its clock."""

    __tablename__ = "obstacle_escalation"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "obstacle_id"], ["obstacle.project_id", "obstacle.id"]),
        Index("ix_obstacle_escalation_obstacle", "project_id", "obstacle_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    obstacle_id: Mapped[int]
    rung: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]
