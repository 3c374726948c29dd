"""A story and the facts of its life; parts of its page are in `part_models`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.text import folded
from implementor.stories.part_models import (
    AreaReview,
    Criterion,
    Milestone,
    OpenMatter,
    StoryEffort,
    StoryMilestone,
    Task,
    UserTest,
    UserTestRun,
)
from implementor.stories.scoring import weighted_score
from implementor.stories.statuses import order_of
from implementor.stories.value_models import ReferenceStory, StoryVerdict, TargetWaiver

__all__ = [
    "AreaReview",
    "Criterion",
    "Milestone",
    "OpenMatter",
    "ReferenceStory",
    "Story",
    "StoryDependency",
    "StoryEffort",
    "StoryFact",
    "StoryMilestone",
    "StoryObstacle",
    "StoryRules",
    "StoryTag",
    "StoryVerdict",
    "TargetWaiver",
    "Task",
    "UserTest",
    "UserTestRun",
]

ABOUT_HISTORY: dict[str, Any] = {"history": False}
PRIORITIES = ("must", "should", "could", "wont")
IN_USE = text("archived_at IS NULL")


def list_index(*columns: str) -> Index:
    """An index for one order of the backlog, over the stories in use."""
    name = f"ix_story_list_{'_'.join(columns)}"
    return Index(name, "project_id", *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


class Story(Record, Archivable):
    """One thing the business will be able to do.

    `points` and `score` are decimals; `score` is derived from value, urgency, risk reduction and points.
    `external_key` with its `external_source` is how an import recognises the story again.
    """

    __tablename__ = "story"
    __record_kind__: ClassVar[str] = "story"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("project_id", "external_source", "external_key"),
        ForeignKeyConstraint(["project_id", "parent_id"], ["story.project_id", "story.id"]),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("value BETWEEN 1 AND 100", name="value_in_range"),
        CheckConstraint("urgency BETWEEN 1 AND 10", name="urgency_in_range"),
        CheckConstraint("risk_reduction BETWEEN 1 AND 10", name="risk_reduction_in_range"),
        list_index("rank"),
        list_index("status_order", "rank"),
        list_index("owner_id", "rank"),
        list_index("area_id", "rank"),
        list_index("type", "rank"),
        list_index("moscow_order", "rank"),
        list_index("title_key"),
        list_index("value"),
        list_index("urgency"),
        list_index("risk_reduction"),
        list_index("points"),
        list_index("score"),
        list_index("updated_at"),
        list_index("created_at"),
        Index("ix_story_parent", "project_id", "parent_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    as_a: Mapped[str | None]
    i_want: Mapped[str | None]
    so_that: Mapped[str | None]
    description: Mapped[str | None]
    type: Mapped[str] = mapped_column(default="function")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    module: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="idea")
    status_order: Mapped[int] = mapped_column(SmallInteger, default=0, info=ABOUT_HISTORY)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    owner_text: Mapped[str | None]
    rank: Mapped[str] = mapped_column(RankKey)
    moscow: Mapped[str | None]
    moscow_order: Mapped[int | None] = mapped_column(SmallInteger, info=ABOUT_HISTORY)
    value: Mapped[int | None] = mapped_column(SmallInteger)
    urgency: Mapped[int | None] = mapped_column(SmallInteger)
    risk_reduction: Mapped[int | None] = mapped_column(SmallInteger)
    points: Mapped[Decimal | None] = mapped_column(Scaled(2))
    score: Mapped[Decimal | None] = mapped_column(Scaled(4), info=ABOUT_HISTORY)
    value_argument: Mapped[str | None]
    tags: Mapped[list[Any]] = mapped_column(default=list)
    parent_id: Mapped[int | None]
    source: Mapped[str | None]
    external_source: Mapped[str | None]
    external_key: Mapped[str | None]


class StoryTag(Model):
    """One tag of one story, kept beside the list on the story so that a filter has an index."""

    __tablename__ = "story_tag"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        Index("ix_story_tag_key", "project_id", "tag_key", "story_id"),
    )

    project_id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(primary_key=True)
    tag_key: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str]


class StoryFact(Model):
    """A story's status, wave, points or rank became another at a moment; charts read these rows, not the story.

    `kind` is one of status, wave, points, rank; `before` and `after` are text, None for "not there".
    `sourced` facts come from another system's records and are not held to our definitions.
    """

    __tablename__ = "story_fact"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        Index("ix_story_fact_time", "project_id", "kind", "at"),
        Index("ix_story_fact_after", "project_id", "kind", "after"),
        Index("ix_story_fact_story", "story_id", "kind", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    story_id: Mapped[int]
    kind: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sourced: Mapped[bool] = mapped_column(default=False)


class StoryDependency(Record):
    """One story waits for another (`blocks`), belongs beside it (`relates`) or was split off it (`split`)."""

    __tablename__ = "story_dependency"
    __record_kind__: ClassVar[str] = "story_dependency"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("blocker_id", "blocked_id", "kind"),
        ForeignKeyConstraint(["project_id", "blocker_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "blocked_id"], ["story.project_id", "story.id"]),
        CheckConstraint("blocker_id <> blocked_id", name="not_itself"),
        Index("ix_story_dependency_blocked", "project_id", "blocked_id"),
        Index("ix_story_dependency_blocker", "project_id", "blocker_id"),
    )

    project_id: Mapped[int]
    blocker_id: Mapped[int]
    blocked_id: Mapped[int]
    kind: Mapped[str] = mapped_column(default="blocks")


class StoryObstacle(Record):
    """A story that an obstacle holds up."""

    __tablename__ = "story_obstacle"
    __record_kind__: ClassVar[str] = "story_obstacle"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("obstacle_id", "story_id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        ForeignKeyConstraint(["project_id", "obstacle_id"], ["obstacle.project_id", "obstacle.id"]),
        Index("ix_story_obstacle_story", "project_id", "story_id"),
    )

    project_id: Mapped[int]
    obstacle_id: Mapped[int]
    story_id: Mapped[int]


class StoryRules(Record):
    """A project's own definitions of ready and done; without a row the usual ones hold.

    `ready` and `done` list the requirements by key (see `definitions`).
    """

    __tablename__ = "story_rules"
    __record_kind__: ClassVar[str] = "story_rules"
    __table_args__ = table_args(UniqueConstraint("project_id"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    ready: Mapped[list[Any]]
    done: Mapped[list[Any]]


@event.listens_for(Story, "before_insert")
@event.listens_for(Story, "before_update")
def derive(_mapper: Any, _connection: Any, story: Story) -> None:
    """Keep the derived columns true whoever changed the story: undo and import among them."""
    story.title_key = folded(story.title)
    story.status_order = order_of(story.status or "idea")
    story.moscow_order = PRIORITIES.index(story.moscow) if story.moscow in PRIORITIES else None
    story.score = weighted_score(story.value, story.urgency, story.risk_reduction, story.points)
