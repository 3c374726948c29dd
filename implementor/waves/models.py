"""A wave, the stories it carries, what it promised when it started, and where its limits were passed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, RankKey, Record, Scaled, table_args
from implementor.waves.capacity_models import CapacityRate, CapacityShare, DayOff
from implementor.waves.scope_models import ScopeNote

__all__ = [
    "ADOPTION", "FINISHED", "IMPLEMENTATION", "PLANNING", "CapacityRate", "CapacityShare", "Commitment", "DayOff",
    "LimitBreach", "ScopeNote", "Wave", "WaveMilestone", "WaveStory",
]  # fmt: skip

PLANNING, IMPLEMENTATION, ADOPTION, FINISHED = "planning", "implementation", "adoption", "finished"


class Wave(Record, Archivable):
    """A wave of one project.

    `stage` is planning, implementation, adoption or finished. Thresholds are whole per cents. `wip_limits` maps a
    status to the number of stories that should not be passed. `capacity_points` is stated until it can be computed.
    `rank` is the place in the order of waves.
    """

    __tablename__ = "wave"
    __record_kind__: ClassVar[str] = "wave"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("project_id", "external_source", "external_key"),
        CheckConstraint("starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on", name="starts_before_end"),
        CheckConstraint("stage IN ('planning', 'implementation', 'adoption', 'finished')", name="stage_known"),
        Index("ix_wave_order", "project_id", "rank", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    name: Mapped[str]
    rank: Mapped[str] = mapped_column(RankKey)
    goal: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    stage: Mapped[str] = mapped_column(default=PLANNING)
    training_threshold: Mapped[int] = mapped_column(default=80)
    adoption_threshold: Mapped[int] = mapped_column(default=60)
    wip_limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    capacity_points: Mapped[Decimal | None] = mapped_column(Scaled(2))
    started_at: Mapped[datetime | None]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    external_source: Mapped[str | None]
    external_key: Mapped[str | None]

    @property
    def is_started(self) -> bool:
        return self.started_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class WaveStory(Record):
    """A story's place in a wave; a story is in at most one."""

    __tablename__ = "wave_story"
    __record_kind__: ClassVar[str] = "wave_story"
    __table_args__ = table_args(
        UniqueConstraint("story_id"),
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        Index("ix_wave_story_wave", "project_id", "wave_id", "story_id"),
    )

    project_id: Mapped[int]
    wave_id: Mapped[int]
    story_id: Mapped[int]


class Commitment(Model):
    """A story the wave promised when it started, with the points it had then; never changed afterwards."""

    __tablename__ = "commitment"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
    )

    wave_id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    points: Mapped[Decimal | None] = mapped_column(Scaled(2))
    at: Mapped[datetime]


class LimitBreach(Model):
    """A column held more stories than its limit: how many, from when to when, and by whose doing it began.

    `ended_at` is None while it lasts; a column of a wave has at most one such row.
    """

    __tablename__ = "limit_breach"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        Index("ix_limit_breach_wave", "project_id", "wave_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    wave_id: Mapped[int]
    status: Mapped[str]
    count: Mapped[int]
    limit: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]


class WaveMilestone(Record):
    """A wave that waits for a milestone."""

    __tablename__ = "wave_milestone"
    __record_kind__: ClassVar[str] = "wave_milestone"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("wave_id", "milestone_id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        ForeignKeyConstraint(["project_id", "milestone_id"], ["milestone.project_id", "milestone.id"]),
    )

    project_id: Mapped[int]
    wave_id: Mapped[int]
    milestone_id: Mapped[int]
