"""A moment of a project's plan that got a name, so that later plans can be held against it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args


class PlanSnapshot(Model):
    """What everything was at `at` is read from the recorded facts, so nothing but the name is kept.

    `name_key` is the name folded: a project names a moment once.
    """

    __tablename__ = "plan_snapshot"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "name_key"), Index("ix_plan_snapshot_time", "project_id", "at", "id")
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
