"""Tables of the assignment matrix: what is to be done, and what each role has to do with it."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Record, table_args
from implementor.foundation.permissions import PROJECT_ROLES
from implementor.foundation.records import RecordRef

_ACCOUNTABLE = text("mark IN ('A', 'AR')")


class MatrixItem(Archivable, Record):
    """One row of the matrix: a stage, a deliverable, a decision or anything else that roles have to do with.

    It says in words what it is, and may point at the record behind them: `target_kind` and `target_id`.
    """

    __tablename__ = "matrix_item"
    __record_kind__: ClassVar[str] = "matrix_item"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("kind IN ('stage', 'deliverable', 'decision', 'other')", name="kind"),
        CheckConstraint("(target_kind IS NULL) = (target_id IS NULL)", name="target"),
        Index("ix_matrix_item_list", "project_id", "place", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    kind: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    target_kind: Mapped[str | None]
    target_id: Mapped[int | None]

    @property
    def target(self) -> RecordRef | None:
        """What it points at; None for a row of words alone."""
        return RecordRef(self.target_kind, self.target_id) if self.target_kind and self.target_id else None


class MatrixMark(Record):
    """What one role has to do with one row; the database itself keeps a second accountable one out."""

    __tablename__ = "matrix_mark"
    __record_kind__: ClassVar[str] = "matrix_mark"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("item_id", "role"),
        ForeignKeyConstraint(["project_id", "item_id"], ["matrix_item.project_id", "matrix_item.id"]),
        CheckConstraint("mark IN ('R', 'A', 'AR', 'C', 'I')", name="mark"),
        CheckConstraint(f"role IN ({', '.join(repr(str(role)) for role in PROJECT_ROLES)})", name="role"),
        Index(
            "uq_matrix_mark_accountable", "item_id", unique=True, sqlite_where=_ACCOUNTABLE,
            postgresql_where=_ACCOUNTABLE,
        ),
    )  # fmt: skip

    project_id: Mapped[int]
    item_id: Mapped[int]
    role: Mapped[str]
    mark: Mapped[str]
