"""Tables of what a rollout changes for an audience, of days on which nobody bears more, and of how load is counted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.audiences.models.audiences import Audience
from implementor.auth.models import Named
from implementor.foundation.model import Archivable, Record, table_args

ASPECTS = (
    "processes", "systems", "tools", "job_roles", "critical_behaviours", "mindset", "reporting_structure",
    "performance_reviews", "compensation", "location",
)  # fmt: skip
"""The ten aspects of a job by Prosci, each changed from 0 (not at all) to 5 (entirely)."""


class ChangeImpact(Named, Archivable, Record):
    """What a story or a wave changes for an audience: in words, in ten aspects of the job, and what is done about it.

    Its degree is the sum of the ten aspects divided by ten, from 0 to 5. The impact of a story counts in the wave that
    carries the story.
    """

    __tablename__ = "change_impact"
    __record_kind__: ClassVar[str] = "change_impact"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        CheckConstraint("(wave_id IS NULL) <> (story_id IS NULL)", name="of_wave_or_story"),
        *(CheckConstraint(f"{aspect} BETWEEN 0 AND 5", name=aspect) for aspect in ASPECTS),
        Index("ix_change_impact_list", "project_id", "name_key", "id"),
        Index("ix_change_impact_audience", "project_id", "audience_id", "id"),
        Index("ix_change_impact_wave", "project_id", "wave_id", "id"),
        Index("ix_change_impact_story", "project_id", "story_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int]
    wave_id: Mapped[int | None]
    story_id: Mapped[int | None]
    was: Mapped[str] = mapped_column(default="")
    becomes: Mapped[str] = mapped_column(default="")
    processes: Mapped[int] = mapped_column(Integer, default=0)
    systems: Mapped[int] = mapped_column(Integer, default=0)
    tools: Mapped[int] = mapped_column(Integer, default=0)
    job_roles: Mapped[int] = mapped_column(Integer, default=0)
    critical_behaviours: Mapped[int] = mapped_column(Integer, default=0)
    mindset: Mapped[int] = mapped_column(Integer, default=0)
    reporting_structure: Mapped[int] = mapped_column(Integer, default=0)
    performance_reviews: Mapped[int] = mapped_column(Integer, default=0)
    compensation: Mapped[int] = mapped_column(Integer, default=0)
    location: Mapped[int] = mapped_column(Integer, default=0)
    is_policy: Mapped[bool] = mapped_column(Boolean, default=False)
    is_process: Mapped[bool] = mapped_column(Boolean, default=False)
    is_people: Mapped[bool] = mapped_column(Boolean, default=False)
    is_technology: Mapped[bool] = mapped_column(Boolean, default=False)
    response: Mapped[str] = mapped_column(default="")

    audience: Mapped[Audience] = relationship(
        primaryjoin="foreign(ChangeImpact.audience_id) == Audience.id", lazy="raise_on_sql"
    )

    @property
    def points(self) -> int:
        """The sum of the ten aspects, 0 to 50: ten times the degree."""
        return sum(getattr(self, aspect) for aspect in ASPECTS)


class BlackoutPeriod(Named, Archivable, Record):
    """Days, both included, on which an audience (None: everybody) bears no change: closing of the year, a campaign."""

    __tablename__ = "blackout_period"
    __record_kind__: ClassVar[str] = "blackout_period"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        CheckConstraint("ends_on >= starts_on", name="days"),
        Index("ix_blackout_period_list", "project_id", "starts_on", "id"),
        Index("ix_blackout_period_audience", "project_id", "audience_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class LoadRule(Record):
    """How the load of a project is counted where it is not as usual: weeks around a release, and what is too much.

    `limit_points` are tenths of a degree: 30 stands for a load of 3.
    """

    __tablename__ = "load_rule"
    __record_kind__: ClassVar[str] = "load_rule"
    __table_args__ = table_args(
        UniqueConstraint("project_id"),
        CheckConstraint("weeks_before BETWEEN 0 AND 26", name="weeks_before"),
        CheckConstraint("weeks_after BETWEEN 0 AND 26", name="weeks_after"),
        CheckConstraint("limit_points BETWEEN 1 AND 500", name="limit_points"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    weeks_before: Mapped[int] = mapped_column(Integer)
    weeks_after: Mapped[int] = mapped_column(Integer)
    limit_points: Mapped[int] = mapped_column(Integer)
