"""Tables of a project's stages and of the moves between them; gates are in `gate_models`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, table_args
from implementor.foundation.words import speech
from implementor.stages.gate_models import (
    Gate,
    GateItem,
    GateReading,
    GateSignature,
    GateWaiver,
    MethodVersion,
)

__all__ = [
    "Gate",
    "GateItem",
    "GateReading",
    "GateSignature",
    "GateWaiver",
    "MethodVersion",
    "Stage",
    "StageMove",
]

NOT_STARTED, CURRENT, DONE = "not_started", "current", "done"
STATES = (NOT_STARTED, CURRENT, DONE)
PROJECT_SCOPE, WAVE_SCOPE = "project", "wave"


class Stage(Record):
    """A stage of one project, copied from its method at the start, so that a newer method changes no old plan.

    `names` and `purposes` hold one text per language code. Stages of scope `wave` are passed once by every wave;
    their state here is that of the project as a whole: current while any wave stands in them. `passes` is the deed of
    a wave (start, close, finish) that the gate of such a stage allows.
    """

    __tablename__ = "stage"
    __record_kind__: ClassVar[str] = "stage"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "key"),
        UniqueConstraint("project_id", "position"),
        CheckConstraint("scope IN ('project', 'wave')", name="scope"),
        CheckConstraint("state IN ('not_started', 'current', 'done')", name="state"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    key: Mapped[str]
    position: Mapped[int] = mapped_column(Integer)
    scope: Mapped[str]
    names: Mapped[dict[str, Any]]
    purposes: Mapped[dict[str, Any]]
    goes_live: Mapped[bool] = mapped_column(default=False)
    passes: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=NOT_STARTED)
    entered_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return str(self.names.get(speech().language) or self.names["en"])

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language."""
        return str(self.purposes.get(speech().language) or self.purposes["en"])


class StageMove(Model):
    """The fact that a stage's state changed: who, when, from what to what, and why."""

    __tablename__ = "stage_move"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "stage_id"], ["stage.project_id", "stage.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    stage_id: Mapped[int] = mapped_column(index=True)
    from_state: Mapped[str]
    to_state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
