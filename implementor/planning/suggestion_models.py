"""Tables of suggestions: exact plans as they were found, with what they were found from."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, table_args

UNTOLD: dict[str, Any] = {"history": False}


class Suggestion(Record):
    """What was found best for a wave and those after it; never changed but for being adopted.

    `inputs` are the frozen question and `fingerprint` its sum: a question that differs makes the answer stale. `plan`
    maps story ids (as text) to wave ids. `scenario_id` is that of the what-if that it fills, with `wave_id` the first
    of its waves. `worth` and `bound` are tenths of value; equal where that is proved. `too_large` and `conflict` are
    ids of stories that are wanted and do not fit, alone and together.
    """

    __tablename__ = "suggestion"
    __record_kind__: ClassVar[str] = "suggestion"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        ForeignKeyConstraint(["project_id", "scenario_id"], ["scenario.project_id", "scenario.id"]),
        Index("ix_suggestion_wave", "project_id", "wave_id", "id"),
        Index("ix_suggestion_scenario", "project_id", "scenario_id", "id"),
    )

    project_id: Mapped[int]
    wave_id: Mapped[int]
    scenario_id: Mapped[int | None]
    fingerprint: Mapped[str]
    inputs: Mapped[dict[str, Any]] = mapped_column(deferred=True, info=UNTOLD)
    plan: Mapped[dict[str, Any]] = mapped_column(info=UNTOLD)
    worth: Mapped[int]
    bound: Mapped[int]
    is_proved: Mapped[bool]
    too_large: Mapped[list[Any]] = mapped_column(default=list, info=UNTOLD)
    conflict: Mapped[list[Any]] = mapped_column(default=list, info=UNTOLD)
    found_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    adopted_at: Mapped[datetime | None]
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
