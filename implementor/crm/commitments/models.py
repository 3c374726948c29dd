"""Commitments: promises to customers with the day they are due, and the fact that they were kept or broken."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.crm.records.models import Concerning, CrmRecord, concern_rules, list_index
from implementor.foundation.model import table_args

OPEN, OVERDUE, KEPT, BROKEN = "open", "overdue", "kept", "broken"
_OPEN = text("archived_at IS NULL AND kept_at IS NULL AND broken_at IS NULL")


class Commitment(Concerning, CrmRecord):
    """A promise to a customer. It is open until somebody says that it was kept or broken, and why."""

    __tablename__ = "customer_commitment"
    __record_kind__: ClassVar[str] = "commitment"
    __table_args__ = table_args(
        CheckConstraint("kept_at IS NULL OR broken_at IS NULL", name="one_end"),
        CheckConstraint("broken_at IS NULL OR reason IS NOT NULL", name="broken_for_a_reason"),
        *concern_rules("customer_commitment", "due_on"),
        list_index("customer_commitment", "due_on"),
        list_index("customer_commitment", "owner_id", "due_on"),
        Index("ix_customer_commitment_open", "due_on", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    promise: Mapped[str]
    details: Mapped[str | None]
    due_on: Mapped[date]
    kept_at: Mapped[datetime | None]
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    broken_at: Mapped[datetime | None]
    broken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]

    @property
    def is_open(self) -> bool:
        """Whether it still binds us."""
        return self.kept_at is None and self.broken_at is None

    def state(self, today: date) -> str:
        """Open, overdue, kept or broken, on a day."""
        if not self.is_open:
            return KEPT if self.kept_at is not None else BROKEN
        return OVERDUE if self.due_on < today else OPEN
