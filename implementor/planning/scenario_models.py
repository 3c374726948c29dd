"""Tables of scenarios: what-ifs of a project by name, and what each of them changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Record, Scaled, table_args

ADOPTED, DISCARDED = "adopted", "discarded"
CAPACITY, PERSON, PEOPLE, END, STORY, OUT = "capacity", "person", "people", "end", "story", "out"
CHANGES = (CAPACITY, PERSON, PEOPLE, END, STORY, OUT)


class Scenario(Record, Archivable):
    """A what-if. `fills` says that free room is filled with the best stories, otherwise the present plan is kept.

    Once it was decided (`outcome` adopted or discarded, by whom and why) it is kept as it is.
    """

    __tablename__ = "scenario"
    __record_kind__: ClassVar[str] = "scenario"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("outcome IN ('adopted', 'discarded')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_once"),
        Index("ix_scenario_project", "project_id", "archived_at", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    name: Mapped[str]
    note: Mapped[str | None]
    fills: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed."""
        return self.outcome is None and not self.is_archived


class ScenarioChange(Record):
    """One thing that a scenario changes in a wave.

    `capacity`: `amount` per cent of its points and hours. `person`: the person `person_key` gives `amount` per cent of
    what is planned. `people`: `amount` more people of `profile`. `end`: it ends on `on_date`. `story`: `story_id` comes
    into it. `out`: `story_id` is in no wave (`wave_id` is None).
    """

    __tablename__ = "scenario_change"
    __record_kind__: ClassVar[str] = "scenario_change"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "scenario_id"], ["scenario.project_id", "scenario.id"]),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        CheckConstraint(f"kind IN {CHANGES}", name="kind_known"),
        CheckConstraint("amount BETWEEN 0 AND 100000", name="amount_in_range"),
        Index("ix_scenario_change_scenario", "project_id", "scenario_id", "id"),
    )

    project_id: Mapped[int]
    scenario_id: Mapped[int]
    kind: Mapped[str]
    wave_id: Mapped[int | None]
    story_id: Mapped[int | None]
    person_key: Mapped[str | None]
    profile: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(Scaled(2))
    on_date: Mapped[date | None]
