"""What a story's page holds besides the story: criteria, tasks, tests, open matters, reviews, effort, milestones."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from implementor.foundation.model import Archivable, Model, Record, Scaled, table_args


class StoryPart(Record, Archivable):
    """A row of a story's page; of the same project by the database's own rule."""

    __abstract__ = True

    project_id: Mapped[int]
    story_id: Mapped[int]

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return table_args(
            UniqueConstraint("project_id", "id"),
            ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
            Index(f"ix_{cls.__tablename__}_story", "project_id", "story_id"),
            *cls.more_table_args(),
        )

    @classmethod
    def more_table_args(cls) -> tuple[Any, ...]:
        """What the table of one kind of part has besides."""
        return ()


class Criterion(StoryPart):
    """What must hold for the story to count: `release` before it goes live, `value` judged in Adoption.

    One that is bound to a metric (`metric_id`) holds once the metric has reached its target; nobody marks it as met.
    """

    __tablename__ = "criterion"
    __record_kind__: ClassVar[str] = "criterion"

    text: Mapped[str | None]
    given: Mapped[str | None]
    when: Mapped[str | None]
    then: Mapped[str | None]
    phase: Mapped[str] = mapped_column(default="release")
    evidence: Mapped[str | None]
    metric_id: Mapped[int | None]
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @classmethod
    def more_table_args(cls) -> tuple[Any, ...]:
        return (
            ForeignKeyConstraint(["project_id", "metric_id"], ["metric.project_id", "metric.id"]),
            Index("ix_criterion_metric", "project_id", "metric_id"),
        )

    @property
    def is_met(self) -> bool:
        """Whether somebody marked it as met."""
        return self.met_at is not None


class Task(StoryPart):
    """A piece of work on a story; hours are decimals."""

    __tablename__ = "task"
    __record_kind__: ClassVar[str] = "task"

    title: Mapped[str]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    estimate_hours: Mapped[Decimal | None] = mapped_column(Scaled(2))
    remaining_hours: Mapped[Decimal | None] = mapped_column(Scaled(2))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class UserTest(StoryPart):
    """A script that people of an area follow; the area signs when it is content."""

    __tablename__ = "user_test"
    __record_kind__: ClassVar[str] = "user_test"

    title: Mapped[str]
    script: Mapped[str | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class UserTestRun(Model):
    """One run of a test: passed or failed, by whom, and the story that a failure became."""

    __tablename__ = "user_test_run"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "user_test_id"], ["user_test.project_id", "user_test.id"]),
        ForeignKeyConstraint(["project_id", "defect_id"], ["story.project_id", "story.id"]),
        CheckConstraint("result IN ('passed', 'failed')", name="result_known"),
        Index("ix_user_test_run_test", "project_id", "user_test_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    user_test_id: Mapped[int]
    result: Mapped[str]
    note: Mapped[str | None]
    defect_id: Mapped[int | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class OpenMatter(StoryPart):
    """A question somebody must answer before the story can go on."""

    __tablename__ = "open_matter"
    __record_kind__: ClassVar[str] = "open_matter"

    question: Mapped[str]
    answerer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class AreaReview(StoryPart):
    """An area was asked to review the story; `verdict` is approved, changes or None while it waits."""

    __tablename__ = "area_review"
    __record_kind__: ClassVar[str] = "area_review"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[str | None]
    comment: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class StoryEffort(StoryPart):
    """Hours that one profile (analyst, developer, trainer) puts into a story."""

    __tablename__ = "story_effort"
    __record_kind__: ClassVar[str] = "story_effort"

    profile: Mapped[str]
    hours: Mapped[Decimal] = mapped_column(Scaled(2))


class Milestone(Record, Archivable):
    """A deliverable that stories and waves may wait for: our own, or promised by somebody outside."""

    __tablename__ = "milestone"
    __record_kind__: ClassVar[str] = "milestone"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"), Index("ix_milestone_project", "project_id", "promised_on")
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    origin: Mapped[str] = mapped_column(default="own")
    supplier: Mapped[str | None]
    promised_on: Mapped[date | None]
    forecast_on: Mapped[date | None]
    reached_on: Mapped[date | None]
    note: Mapped[str | None]


class StoryMilestone(Record):
    """A story that waits for a milestone."""

    __tablename__ = "story_milestone"
    __record_kind__: ClassVar[str] = "story_milestone"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("story_id", "milestone_id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "milestone_id"], ["milestone.project_id", "milestone.id"]),
    )

    project_id: Mapped[int]
    story_id: Mapped[int]
    milestone_id: Mapped[int]
