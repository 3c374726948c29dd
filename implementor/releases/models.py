"""A migration run: the figures that another system names, those found here, and the signatures under both."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, Record, table_args
from implementor.releases.item_models import ConfigItem
from implementor.releases.move_models import ReleaseMove
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.release_models import ConfigRelease

__all__ = [
    "ConfigItem",
    "ConfigPilot",
    "ConfigRelease",
    "MigrationFigure",
    "MigrationRun",
    "MigrationSignature",
    "ReleaseMove",
]

STANDS = text("reopened_at IS NULL")
IN_USE = text("archived_at IS NULL")


class MigrationRun(Archivable, Record):
    """Data of another system that came into the CRM, to be reconciled; signed while `signed_at` says when.

    `system` is what its imports keep their keys under unless a figure says otherwise. `counted_at` is the last count.
    """

    __tablename__ = "migration_run"
    __record_kind__: ClassVar[str] = "migration_run"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_somebody"),
        Index("ix_migration_run_list", "project_id", "signed_at", "id"),
        Index("ix_migration_run_wave", "project_id", "wave_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    wave_id: Mapped[int | None]
    name: Mapped[str]
    system: Mapped[str]
    migrated_on: Mapped[date | None]
    note: Mapped[str | None]
    counted_at: Mapped[datetime | None]
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_signed(self) -> bool:
        """Whether its figures are vouched for."""
        return self.signed_at is not None


class MigrationFigure(Archivable, Record):
    """One figure of a run: how many records of a kind came from a system, or what a field of theirs adds up to.

    `measure` is empty for the number of records, else a field; `currency` is empty but for amounts. `expected` and
    `found` are whole numbers as the field is stored: minor units, or the smallest part of a decimal. `beside` holds
    what explains differences: records put away, merged, and with another currency, at the last count.
    """

    __tablename__ = "migration_figure"
    __record_kind__: ClassVar[str] = "migration_figure"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "run_id"], ["migration_run.project_id", "migration_run.id"]),
        Index(
            "ix_migration_figure_once", "run_id", "kind", "system", "measure", "currency", unique=True,
            sqlite_where=IN_USE, postgresql_where=IN_USE,
        ),
    )  # fmt: skip

    project_id: Mapped[int]
    run_id: Mapped[int]
    kind: Mapped[str]
    system: Mapped[str]
    measure: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="")
    expected: Mapped[int | None]
    found: Mapped[int | None]
    beside: Mapped[dict[str, Any]] = mapped_column(default=dict)
    explanation: Mapped[str | None]
    explained_at: Mapped[datetime | None]
    explained_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class MigrationSignature(Model):
    """That somebody vouched for the figures of a run as they were then; it stands until it is withdrawn."""

    __tablename__ = "migration_signature"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "run_id"], ["migration_run.project_id", "migration_run.id"]),
        CheckConstraint("(reopened_at IS NULL) = (reason IS NULL)", name="reopened_for_a_reason"),
        Index("ix_migration_signature_run", "run_id", "id"),
        Index("ix_migration_signature_stands", "run_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    run_id: Mapped[int]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    figures: Mapped[list[Any]]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]
