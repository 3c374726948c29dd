"""The table of reminders: whom somebody reminded of what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args


class Reminder(Model):
    """That a person was reminded of a matter: `chased` is its kind, `matter_id` its row; never changed afterwards."""

    __tablename__ = "reminder"
    __table_args__ = table_args(Index("ix_reminder_matter", "project_id", "chased", "matter_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    chased: Mapped[str]
    matter_id: Mapped[int]
    told_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
