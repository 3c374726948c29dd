"""The table of obstacles: what keeps a project from moving until somebody resolves it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, Scaled, table_args


class Obstacle(Archivable, Record):
    """Something that keeps a project from moving, by policy, process or people; open until it is resolved.

    `rung` says whose matter it is since `rung_at`; at `escalates_at` it becomes that of whoever is next.
    """

    __tablename__ = "obstacle"
    __record_kind__: ClassVar[str] = "obstacle"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        CheckConstraint("kind IN ('policy', 'process', 'people')", name="kind"),
        CheckConstraint("severity IN ('low', 'medium', 'high', 'critical')", name="severity"),
        CheckConstraint("rung IN ('owner', 'lead', 'sponsor', 'committee')", name="rung"),
        CheckConstraint("hours_lost >= 0", name="hours_lost"),
        Index("ix_obstacle_escalates_at", "escalates_at"),
        Index("ix_obstacle_owner_id", "owner_id", "resolved_at"),
        Index("ix_obstacle_list", "project_id", "resolved_at", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    technical_cause: Mapped[str | None]
    severity: Mapped[str]
    hours_lost: Mapped[Decimal | None] = mapped_column(Scaled(2))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    resolution: Mapped[str | None]
    rung: Mapped[str]
    rung_at: Mapped[datetime]
    escalates_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise_on_sql")
    resolved_by: Mapped[User | None] = relationship(foreign_keys=resolved_by_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether it still stands in the way."""
        return self.resolved_at is None
