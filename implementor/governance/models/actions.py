"""The table of action items: what somebody promised to do, until it is done."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args


class ActionItem(Archivable, Record):
    """Something that one person does by a day; open until it is done, with a word on what came of it."""

    __tablename__ = "action_item"
    __record_kind__: ClassVar[str] = "action_item"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        CheckConstraint("(done_at IS NULL) = (result IS NULL)", name="done_with_a_result"),
        Index("ix_action_item_owner_id", "owner_id", "done_at"),
        Index("ix_action_item_list", "project_id", "done_at", "id"),
        Index("ix_action_item_due", "project_id", "due_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    result: Mapped[str | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise_on_sql")
    done_by: Mapped[User | None] = relationship(foreign_keys=done_by_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None
