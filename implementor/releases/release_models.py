"""Tables of releases: what a wave made of the CRM's settings, how it was tried before, and what was let be."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args

APPLIED, ROLLED_BACK = "applied", "rolled_back"
ADOPT, OVERWRITE, DROP = "adopt", "overwrite", "drop"
IN_FORCE = text("withdrawn_at IS NULL")


class ConfigRelease(Record):
    """The settings of a wave as they went live together; `number` counts over the installation.

    `configuration_number` is that of the configuration right after it. The notes are Markdown, frozen as they were
    written. `action_id` is the piece of history that it made; `returned_action_id` that of its being taken back.
    """

    __tablename__ = "config_release"
    __record_kind__: ClassVar[str] = "config_release"
    __table_args__ = table_args(
        UniqueConstraint("number"),
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint("(rolled_back_at IS NULL) = (decision_id IS NULL)", name="rolled_back_by_decision"),
        Index("ix_config_release_list", "project_id", "applied_at", "id"),
        Index("ix_config_release_wave", "project_id", "wave_id", "id"),
        Index("ix_config_release_at", "applied_at", "id"),
    )

    number: Mapped[int]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    wave_id: Mapped[int]
    applied_at: Mapped[datetime]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    configuration_number: Mapped[int]
    operation_count: Mapped[int] = mapped_column(Integer, default=0)
    row_count: Mapped[int] = mapped_column(Integer, default=0)
    notes_en: Mapped[str] = mapped_column(default="")
    notes_es: Mapped[str] = mapped_column(default="")
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    rolled_back_at: Mapped[datetime | None]
    rolled_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None]
    returned_action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.rolled_back_at is None

    @property
    def state(self) -> str:
        return APPLIED if self.stands else ROLLED_BACK


class ReleaseOperation(Model):
    """One setting that a release changed: what it was right before and what it became (None: not in use)."""

    __tablename__ = "release_operation"
    __table_args__ = table_args(
        UniqueConstraint("release_id", "position"),
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "release_id"], ["config_release.project_id", "config_release.id"]),
        ForeignKeyConstraint(["project_id", "item_id"], ["config_item.project_id", "config_item.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        CheckConstraint("way_back IN ('free', 'mapped', 'one_way')", name="way_back_known"),
        Index("ix_release_operation_item", "project_id", "item_id", "id"),
        Index("ix_release_operation_story", "project_id", "story_id"),
        Index("ix_release_operation_uid", "uid", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    release_id: Mapped[int]
    position: Mapped[int] = mapped_column(Integer)
    item_id: Mapped[int]
    story_id: Mapped[int]
    kind: Mapped[str]
    verb: Mapped[str]
    uid: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    answers: Mapped[dict[str, Any]]
    way_back: Mapped[str]
    row_count: Mapped[int] = mapped_column(Integer, default=0)
    returned_at: Mapped[datetime | None]
    returned_count: Mapped[int | None] = mapped_column(Integer)


class ReleaseRow(Model):
    """A record that an operation moved, so that it can go back if nobody touched it since."""

    __tablename__ = "release_row"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "operation_id"], ["release_operation.project_id", "release_operation.id"]),
        Index("ix_release_row_operation", "project_id", "operation_id", "id"),
        Index("ix_release_row_record", "kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    operation_id: Mapped[int]
    kind: Mapped[str]
    record_id: Mapped[int]
    field: Mapped[str]
    held: Mapped[dict[str, Any]]
    """What the field held `before` and `after`."""
    is_kept: Mapped[bool | None]
    """True where somebody gave the field another value on the way back, so that the record keeps what it holds."""


class ReleaseWaiver(Model):
    """A finding that blocks was let be, for a reason and as many records as there were; more of them block again."""

    __tablename__ = "release_waiver"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "item_id"], ["config_item.project_id", "config_item.id"]),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("ix_release_waiver_item", "project_id", "item_id"),
        Index("uq_release_waiver_in_force", "item_id", "code", unique=True, sqlite_where=IN_FORCE,
              postgresql_where=IN_FORCE),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    item_id: Mapped[int]
    code: Mapped[str]
    reason: Mapped[str]
    count: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class DriftChoice(Model):
    """What becomes of an item whose setting was changed since: of the live state it was made for, and of no other."""

    __tablename__ = "drift_choice"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "item_id"], ["config_item.project_id", "config_item.id"]),
        CheckConstraint("choice IN ('adopt', 'overwrite', 'drop')", name="choice_known"),
        Index("ix_drift_choice_item", "project_id", "item_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    item_id: Mapped[int]
    choice: Mapped[str]
    live: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class DryRun(Model):
    """A release tried on the live data and taken back at once: what was found, of which plan and configuration.

    `findings` has one object for each item: item_id, moves, refusal, and its findings as they were counted.
    """

    __tablename__ = "release_dry_run"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        Index("ix_release_dry_run_wave", "project_id", "wave_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    wave_id: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    configuration_number: Mapped[int]
    digest: Mapped[str]
    findings: Mapped[list[Any]]
