"""The table of requests for change: what would become of scope, money or dates, until a decision says yes or no."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args


class ChangeRequest(Archivable, Record):
    """A wish to change what was agreed: scope, money or a date; what it costs and moves; and what was decided.

    `answer` and `decision_id` are there together, and gone together when that decision is reversed. `amount` is what it
    costs more, in minor units of `currency`; `days` is by how many calendar days it moves things, below 0 for sooner.
    """

    __tablename__ = "change_request"
    __record_kind__: ClassVar[str] = "change_request"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint("subject IN ('scope', 'money', 'date')", name="subject"),
        CheckConstraint("answer IN ('approved', 'refused', 'postponed')", name="answer"),
        CheckConstraint("(answer IS NULL) = (decision_id IS NULL)", name="decided"),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount"),
        Index("ix_change_request_owner_id", "owner_id", "answer"),
        Index("ix_change_request_list", "project_id", "answer", "id"),
        Index("ix_change_request_due", "project_id", "due_on", "id"),
        Index("ix_change_request_decision", "project_id", "decision_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    subject: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    why: Mapped[str | None]
    effects: Mapped[str | None]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    days: Mapped[int | None] = mapped_column(Integer)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str | None]
    decision_id: Mapped[int | None]
    answered_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision; one that was put off waits again."""
        return self.answer in (None, "postponed")
