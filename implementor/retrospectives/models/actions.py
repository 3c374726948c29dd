"""The table of what a retrospective leads to, with the effect it should have on a metric."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, Scaled, table_args


class RetroAction(Archivable, Record):
    """Something to be done by somebody; it becomes a story or an action item, whose state is its own.

    `target` is what the metric should reach, `direction` up or down, until `judged_on`.
    """

    __tablename__ = "retro_action"
    __record_kind__: ClassVar[str] = "retro_action"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "retrospective_id"], ["retrospective.project_id", "retrospective.id"]),
        ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
        CheckConstraint("direction IN ('up', 'down')", name="direction"),
        CheckConstraint("(metric_id IS NULL) = (target IS NULL)", name="effect_has_a_target"),
        CheckConstraint("(metric_id IS NULL) = (judged_on IS NULL)", name="effect_has_a_day"),
        CheckConstraint("became_kind IN ('story', 'action_item')", name="became"),
        CheckConstraint("(became_kind IS NULL) = (became_id IS NULL)", name="became_something"),
        Index("ix_retro_action_retrospective", "retrospective_id", "id"),
        Index("ix_retro_action_owner", "owner_id"),
        Index("ix_retro_action_metric", "metric_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    retrospective_id: Mapped[int]
    title: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    metric_id: Mapped[int | None]
    direction: Mapped[str] = mapped_column(default="up")
    target: Mapped[Decimal | None] = mapped_column(Scaled(4))
    judged_on: Mapped[date | None]
    became_kind: Mapped[str | None]
    became_id: Mapped[int | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
