"""Tables of methods that this installation changed, and of gates with what was ticked, waived, signed and measured."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, Record, Scaled, table_args

PLANNED, PREPARED, IN_REVIEW, MITIGATION, SIGNED = "planned", "prepared", "in_review", "mitigation", "signed"
GATE_STATES = (PLANNED, PREPARED, IN_REVIEW, MITIGATION, SIGNED)
STANDS = text("voided_at IS NULL")
IN_FORCE = text("withdrawn_at IS NULL")
DRAFT = text("published_at IS NULL")


class MethodVersion(Record):
    """A version of a method that this installation made from an earlier one; a draft until it is published.

    `content` is what `methods.data_of` says. A published version never changes: projects hold on to it.
    """

    __tablename__ = "method_version"
    __record_kind__: ClassVar[str] = "method_version"
    __table_args__ = table_args(
        UniqueConstraint("key", "number"),
        CheckConstraint("(published_at IS NULL) = (published_by_id IS NULL)", name="published_by_somebody"),
        Index("uq_method_version_draft", "key", unique=True, sqlite_where=DRAFT, postgresql_where=DRAFT),
    )

    key: Mapped[str]
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class Gate(Record):
    """The passage out of a stage, for the project or for one of its waves.

    `name` is what addresses and commands call it; `wave_id` points upwards and has no foreign key. Who put it into
    review is `proposed_by_id`, who let the stage be left `opened_by_id`.
    """

    __tablename__ = "gate"
    __record_kind__: ClassVar[str] = "gate"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "name"),
        ForeignKeyConstraint(["project_id", "stage_id"], ["stage.project_id", "stage.id"]),
        CheckConstraint("state IN ('planned', 'prepared', 'in_review', 'mitigation', 'signed')", name="state"),
        CheckConstraint("(state = 'signed') = (opened_at IS NOT NULL)", name="opened"),
        Index("ix_gate_state", "state", "project_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    stage_id: Mapped[int]
    wave_id: Mapped[int | None]
    name: Mapped[str]
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=PLANNED)
    review_on: Mapped[date | None]
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime | None]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None] = mapped_column(index=True)
    remark: Mapped[str] = mapped_column(default="")

    @property
    def is_open(self) -> bool:
        """Whether it was signed and lets everybody pass."""
        return self.state == SIGNED


class GateItem(Record):
    """What is known of one line of a gate: who sees to it, and that it was ticked, when, by whom, on what evidence."""

    __tablename__ = "gate_item"
    __record_kind__: ClassVar[str] = "gate_item"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("gate_id", "item_key"),
        ForeignKeyConstraint(["project_id", "gate_id"], ["gate.project_id", "gate.id"]),
        CheckConstraint("done_at IS NULL OR evidence <> ''", name="done_with_evidence"),
    )

    project_id: Mapped[int]
    gate_id: Mapped[int]
    item_key: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    evidence: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class GateWaiver(Record):
    """The sponsor lets one failing line be, for a reason and until a day; after that day it counts as failing again."""

    __tablename__ = "gate_waiver"
    __record_kind__: ClassVar[str] = "gate_waiver"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "gate_id"], ["gate.project_id", "gate.id"]),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("uq_gate_waiver_in_force", "gate_id", "item_key", unique=True, sqlite_where=IN_FORCE,
              postgresql_where=IN_FORCE),
    )  # fmt: skip

    project_id: Mapped[int]
    gate_id: Mapped[int]
    item_key: Mapped[str]
    reason: Mapped[str]
    expires_on: Mapped[date]
    waived_at: Mapped[datetime]
    waived_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None] = mapped_column(index=True)
    risk_id: Mapped[int | None]

    def is_in_force(self, on: date) -> bool:
        """Whether it counts that day; the day of its expiry still does."""
        return self.withdrawn_at is None and on <= self.expires_on


class GateSignature(Record):
    """Somebody signed a gate in one of the roles that it asks for; void once the gate goes back."""

    __tablename__ = "gate_signature"
    __record_kind__: ClassVar[str] = "gate_signature"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "gate_id"], ["gate.project_id", "gate.id"]),
        Index("uq_gate_signature_stands", "gate_id", "role", unique=True, sqlite_where=STANDS,
              postgresql_where=STANDS),
    )  # fmt: skip

    project_id: Mapped[int]
    gate_id: Mapped[int]
    role: Mapped[str]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    voided_at: Mapped[datetime | None]
    decision_id: Mapped[int | None] = mapped_column(index=True)


class GateReading(Model):
    """What a line of a gate measured on a day: the last reading of each day is kept, for the trend."""

    __tablename__ = "gate_reading"
    __table_args__ = table_args(
        UniqueConstraint("gate_id", "item_key", "on"),
        ForeignKeyConstraint(["project_id", "gate_id"], ["gate.project_id", "gate.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    gate_id: Mapped[int]
    item_key: Mapped[str]
    on: Mapped[date]
    value: Mapped[Decimal] = mapped_column(Scaled(2))
    target: Mapped[Decimal] = mapped_column(Scaled(2))
    passed: Mapped[bool]
