"""The table of stakeholders: who has a say in the rollout, and how they are expected to meet it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Named, User
from implementor.foundation.model import Archivable, Record, table_args


class Stakeholder(Named, Archivable, Record):
    """A person or body that the change touches (`impact`, 1-5) and that can help or stop it (`influence`, 1-5)."""

    __tablename__ = "stakeholder"
    __record_kind__: ClassVar[str] = "stakeholder"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
        CheckConstraint("influence BETWEEN 1 AND 5", name="influence"),
        CheckConstraint("reaction IN ('supports', 'leans_to', 'neutral', 'doubts', 'resists')", name="reaction"),
        Index("ix_stakeholder_list", "project_id", "name_key", "id"),
        Index("ix_stakeholder_audience", "project_id", "audience_id"),
        Index("ix_stakeholder_owner_id", "owner_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[str | None]
    audience_id: Mapped[int | None]
    impact: Mapped[int] = mapped_column(Integer)
    influence: Mapped[int] = mapped_column(Integer)
    reaction: Mapped[str] = mapped_column(default="neutral")
    tactics: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
