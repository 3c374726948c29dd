"""Tables of decisions and of the votes that were asked for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args

_REVERSES = text("reverses_id IS NOT NULL AND archived_at IS NULL")


class Decision(Archivable, Record):
    """A question with its options and, once it is decided, the outcome and the reason, which then stay as they are.

    `options` has one option a line. The decision that `reverses_id` names was taken back by this one, at `reversed_at`.
    """

    __tablename__ = "decision"
    __record_kind__: ClassVar[str] = "decision"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        ForeignKeyConstraint(["project_id", "reverses_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name="decided"),
        CheckConstraint("(decided_at IS NULL) = (reason IS NULL)", name="decided_for_a_reason"),
        CheckConstraint("reversed_at IS NULL OR decided_at IS NOT NULL", name="reversed"),
        Index("ix_decision_owner_id", "owner_id", "decided_at"),
        Index("ix_decision_list", "project_id", "decided_at", "id"),
        Index("ix_decision_due", "project_id", "due_on", "id"),
        Index(
            "uq_decision_reverses", "project_id", "reverses_id", unique=True, sqlite_where=_REVERSES,
            postgresql_where=_REVERSES,
        ),
    )  # fmt: skip

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    question: Mapped[str]
    background: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    votes_asked_at: Mapped[datetime | None]
    votes_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reverses_id: Mapped[int | None]
    reversed_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise_on_sql")
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id, lazy="raise_on_sql")

    @property
    def is_decided(self) -> bool:
        """Whether there is an outcome."""
        return self.decided_at is not None

    @property
    def stands(self) -> bool:
        """Whether it was decided and nothing reversed it."""
        return self.is_decided and self.reversed_at is None

    @property
    def option_list(self) -> list[str]:
        """The options one by one."""
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class DecisionVote(Record):
    """What one person voted for: one of the options, for or against where there are none, or to abstain."""

    __tablename__ = "decision_vote"
    __record_kind__: ClassVar[str] = "decision_vote"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("decision_id", "user_id"),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
    )

    project_id: Mapped[int]
    decision_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    choice: Mapped[str]
    remark: Mapped[str | None]

    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="raise_on_sql")
