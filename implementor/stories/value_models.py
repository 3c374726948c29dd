"""Tables of what stories promised in value: targets that the sponsor let be, and the judgements with their figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args

IN_FORCE = text("withdrawn_at IS NULL")


class TargetWaiver(Record):
    """The sponsor lets a value criterion's target be, for a reason and until a day; its story counts as missed."""

    __tablename__ = "target_waiver"
    __record_kind__: ClassVar[str] = "target_waiver"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "criterion_id"], ["criterion.project_id", "criterion.id"]),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("uq_target_waiver_in_force", "criterion_id", unique=True, sqlite_where=IN_FORCE,
              postgresql_where=IN_FORCE),
    )  # fmt: skip

    project_id: Mapped[int]
    criterion_id: Mapped[int]
    reason: Mapped[str]
    expires_on: Mapped[date]
    waived_at: Mapped[datetime]
    waived_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None]

    def is_in_force(self, on: date) -> bool:
        """Whether it counts that day; the day of its expiry still does."""
        return self.withdrawn_at is None and on <= self.expires_on


class ReferenceStory(Record):
    """A finished story that a project compares others of its size with."""

    __tablename__ = "reference_story"
    __record_kind__: ClassVar[str] = "reference_story"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("story_id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
    )

    project_id: Mapped[int]
    story_id: Mapped[int]


class StoryVerdict(Model):
    """A story's value was judged otherwise than before: the status it got and the figures that decided; never changed.

    `figures` holds one object for each value metric: metric, name, value, measured_on, target, due_on, reached and
    waived, numbers as text. `by_id` is None where the daily look judged.
    """

    __tablename__ = "story_verdict"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        CheckConstraint("outcome IN ('live', 'achieved', 'missed')", name="outcome"),
        Index("ix_story_verdict_story", "project_id", "story_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    story_id: Mapped[int]
    outcome: Mapped[str]
    figures: Mapped[list[Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
