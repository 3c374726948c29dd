"""The table of what the records of governance have to do with others: what they affect, came from and became."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, table_args
from implementor.foundation.records import RecordRef


class RecordLink(Record):
    """A record of governance affects, came from or became another record, of whatever kind."""

    __tablename__ = "record_link"
    __record_kind__: ClassVar[str] = "record_link"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("record_kind", "record_id", "relation", "other_kind", "other_id"),
        CheckConstraint("relation IN ('affects', 'came_from', 'became')", name="relation"),
        Index("ix_record_link_other", "other_kind", "other_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    record_kind: Mapped[str]
    record_id: Mapped[int]
    relation: Mapped[str]
    other_kind: Mapped[str]
    other_id: Mapped[int]

    @property
    def record(self) -> RecordRef:
        """The record of governance."""
        return RecordRef(self.record_kind, self.record_id)

    @property
    def other(self) -> RecordRef:
        """What it affects, came from or became."""
        return RecordRef(self.other_kind, self.other_id)
