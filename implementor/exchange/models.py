"""An import from upload to report: the run, what it did to which record and refused, and mappings worth keeping."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args
from implementor.foundation.words import Phrase, phrase_from_json

UPLOADED, MAPPED, PREVIEWING, PREVIEWED = "uploaded", "mapped", "previewing", "previewed"
RUNNING, DONE, FAILED, CANCELLED, UNDOING, UNDONE = "running", "done", "failed", "cancelled", "undoing", "undone"
STATES = (UPLOADED, MAPPED, PREVIEWING, PREVIEWED, RUNNING, DONE, FAILED, CANCELLED, UNDOING, UNDONE)
BUSY = (PREVIEWING, RUNNING, UNDOING)
WROTE = (RUNNING, DONE, FAILED, CANCELLED, UNDOING, UNDONE)
"""States in which records may have been written."""


class ImportRun(Record):
    """One file on its way into the records of one kind.

    `storage_key` names the stored upload (None: a file of the command line, read where it lies), `position` is the
    number of rows whose outcome is committed, so that an interrupted run goes on there. `mapping` is column -> field
    by the column's place, `hints` what a person corrected about the file, `learned` what a pass over it showed.
    """

    __tablename__ = "import_run"
    __table_args__ = table_args(
        CheckConstraint(f"state in {STATES}", name="state_known"),
        Index("ix_import_run_project", "project_id", "id"),
    )

    # projects stand above this package, so the number carries no foreign key
    project_id: Mapped[int | None]
    kind: Mapped[str]
    file_name: Mapped[str]
    file_size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=UPLOADED)
    detected: Mapped[str | None]
    header_signature: Mapped[str | None]
    hints: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    learned: Mapped[dict[str, Any]] = mapped_column(default=dict)
    columns: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    read_count: Mapped[int] = mapped_column(default=0)
    created_count: Mapped[int] = mapped_column(default=0)
    updated_count: Mapped[int] = mapped_column(default=0)
    unchanged_count: Mapped[int] = mapped_column(default=0)
    refused_count: Mapped[int] = mapped_column(default=0)
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    message: Mapped[dict[str, Any] | None]
    job_id: Mapped[int | None]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undo_report: Mapped[dict[str, Any] | None]

    @property
    def columns_to_fields(self) -> dict[int, str]:
        """The mapping with its keys as numbers again; JSON knows only text."""
        return {int(column): field for column, field in self.mapping.items()}

    @property
    def remark_phrases(self) -> list[Phrase]:
        """What is worth telling besides the counts."""
        return [phrase_from_json(one) for one in self.remarks]

    @property
    def message_phrase(self) -> Phrase | None:
        """Why it failed."""
        return phrase_from_json(self.message) if self.message else None


class ImportedRow(Model):
    """What a run did to one record: made it, or gave it other values.

    `before` holds what an undo puts back (stored form), `version` the record's version right after, `source_values`
    marks of what the other system said, by which a later import knows what really changed there.
    """

    __tablename__ = "imported_row"
    __table_args__ = table_args(
        CheckConstraint("verb in ('created', 'updated')", name="verb_known"),
        Index("ix_imported_row_record", "kind", "record_id", "id"),
        Index("ix_imported_row_run", "run_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    kind: Mapped[str]
    record_id: Mapped[int]
    verb: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    before: Mapped[dict[str, Any] | None]
    source_values: Mapped[dict[str, Any] | None]


class RefusedRow(Model):
    """A row that was not taken: its place in the file, its cells, and each reason as column, value and message."""

    __tablename__ = "refused_row"
    __table_args__ = table_args(Index("ix_refused_row_run", "run_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    row: Mapped[int]
    reasons: Mapped[list[Any]]
    cells: Mapped[list[Any]]


class EmptiedRow(Model):
    """A row that was taken without some of its cells: its place in the file, and why each of them was left out."""

    __tablename__ = "emptied_row"
    __table_args__ = table_args(Index("ix_emptied_row_run", "run_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    row: Mapped[int]
    reasons: Mapped[list[Any]]


class RememberedMapping(Model):
    """How columns of these headers were mapped last in a project, so that nobody maps the next export again."""

    __tablename__ = "remembered_mapping"
    __table_args__ = table_args(UniqueConstraint("kind", "project_id", "signature"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    project_id: Mapped[int]
    """0 for kinds outside projects, because a unique constraint takes no two nulls for the same."""
    signature: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    mapping: Mapped[dict[str, Any]]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]


class ExternalId(Model):
    """What another system calls a record; one name there means one record here."""

    __tablename__ = "external_id"
    __record_kind__: ClassVar[str] = "external_id"
    __table_args__ = table_args(
        UniqueConstraint("record_kind", "system", "value"),
        Index("ix_external_id_record", "record_kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_kind: Mapped[str]
    record_id: Mapped[int]
    system: Mapped[str]
    value: Mapped[str]
