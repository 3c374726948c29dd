"""Tables of governance roles: for how long somebody is appointed, who is deputy, and roles handed over for days."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Record, table_args


class RoleTerm(Record):
    """The term of a membership and the deputy who is meant to stand in; one for each membership at most."""

    __tablename__ = "role_term"
    __record_kind__: ClassVar[str] = "role_term"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("membership_id"),
        ForeignKeyConstraint(["project_id", "membership_id"], ["membership.project_id", "membership.id"]),
        CheckConstraint("ends_on >= starts_on", name="term"),
    )

    project_id: Mapped[int]
    membership_id: Mapped[int]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    mandate: Mapped[str | None]

    deputy: Mapped[User | None] = relationship(foreign_keys=deputy_id, lazy="raise_on_sql")


class RoleDelegation(Record):
    """A role that somebody holds, carried by another person of the project from one day to another, both included.

    It counts while the one it comes from holds the role; `ended_at` ends it before its day.
    """

    __tablename__ = "role_delegation"
    __record_kind__: ClassVar[str] = "role_delegation"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("from_id <> to_id", name="another"),
        Index("ix_role_delegation_to", "to_id", "project_id", "ends_on"),
        Index("ix_role_delegation_project", "project_id", "ends_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    role: Mapped[str]
    from_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    giver: Mapped[User] = relationship(foreign_keys=from_id, lazy="raise_on_sql")
    bearer: Mapped[User] = relationship(foreign_keys=to_id, lazy="raise_on_sql")
