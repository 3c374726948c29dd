"""Tables of what is too quiet: how long records of a kind may rest in a project, and who was told of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args


class SilenceLimit(Record):
    """After how many days without news a record of a kind is told of, where a project wants it otherwise than usual."""

    __tablename__ = "silence_limit"
    __record_kind__: ClassVar[str] = "silence_limit"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "kind"),
        CheckConstraint("days BETWEEN 1 AND 365", name="days"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str]
    days: Mapped[int] = mapped_column(Integer)


class SilenceNotice(Model):
    """That a person was told of a record which rested since `moved_at`: as its owner (1), lead (2) or sponsor (3)."""

    __tablename__ = "silence_notice"
    __table_args__ = table_args(
        UniqueConstraint("record_kind", "record_id", "moved_at", "step"),
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    record_kind: Mapped[str]
    record_id: Mapped[int]
    moved_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(Integer)
    told_at: Mapped[datetime]
    told_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
