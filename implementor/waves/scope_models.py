"""The table of reasons: why the scope of a wave changed after its start, said of the fact that it did."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, table_args


class ScopeNote(Record):
    """Why a story came into a started wave, left it, or was estimated anew; one for each such fact."""

    __tablename__ = "scope_note"
    __record_kind__: ClassVar[str] = "scope_note"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("fact_id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("reason <> ''", name="said"),
    )

    project_id: Mapped[int]
    wave_id: Mapped[int]
    fact_id: Mapped[int] = mapped_column(ForeignKey("story_fact.id"))
    reason: Mapped[str]
