"""Tables of what goes on after a project ended: which committee watches over it, and who answers for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.committees.models.committees import Committee
from implementor.foundation.model import Record, table_args

_STANDS = text("ended_at IS NULL")


class Handover(Record):
    """A project that was handed on to a committee and a keeper, until `ended_at`, when it was taken back.

    `handed_on` is the day it counts from, `review_on` the day on which the committee looks at it again.
    """

    __tablename__ = "handover"
    __record_kind__: ClassVar[str] = "handover"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "committee_id"], ["committee.project_id", "committee.id"]),
        CheckConstraint("(ended_at IS NULL) = (ended_because IS NULL)", name="ended"),
        Index("uq_handover_stands", "project_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
        Index("ix_handover_keeper_id", "keeper_id", "ended_at"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    committee_id: Mapped[int]
    keeper_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    handed_on: Mapped[date]
    review_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_because: Mapped[str | None]

    keeper: Mapped[User] = relationship(foreign_keys=keeper_id, lazy="raise_on_sql")
    committee: Mapped[Committee] = relationship(
        primaryjoin="foreign(Handover.committee_id) == Committee.id", viewonly=True, lazy="raise_on_sql"
    )
