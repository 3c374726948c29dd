"""Tables of committees, of the people on them, and of what each role may decide between meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args

CHAIR, MEMBER, GUEST = "chair", "member", "guest"
VOTING = (CHAIR, MEMBER)
"""Parts that count for the quorum and decide; guests are heard."""
_SITS = text("removed_at IS NULL")
_CHAIRS = text("removed_at IS NULL AND part = 'chair'")


class Committee(Archivable, Record):
    """People who meet in a rhythm to decide for a project, or for all of a programme.

    `quorum` is a number of voting members, or with `quorum_kind` share so many per cent of them. The rhythm is every so
    many weeks on a weekday, counted from `first_on`, or every so many months on the `week`th weekday (5: the last one),
    at `clock` (HH:MM) in `time_zone`; weekdays, as text, count from 0, Monday.
    """

    __tablename__ = "committee"
    __record_kind__: ClassVar[str] = "committee"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("(project_id IS NULL) <> (programme_id IS NULL)", name="belongs"),
        CheckConstraint("quorum_kind IN ('count', 'share')", name="quorum_kind"),
        CheckConstraint("quorum >= 1 AND (quorum_kind = 'count' OR quorum <= 100)", name="quorum"),
        CheckConstraint("rhythm IN ('none', 'weekly', 'monthly')", name="rhythm"),
        CheckConstraint("every BETWEEN 1 AND 12", name="every"),
        CheckConstraint("weekday IN ('0', '1', '2', '3', '4', '5', '6')", name="weekday"),
        CheckConstraint("week IN ('1', '2', '3', '4', '5')", name="week"),
        CheckConstraint("length_minutes BETWEEN 5 AND 600", name="length"),
        Index("ix_committee_list", "project_id", "name", "id"),
        Index("ix_committee_programme", "programme_id", "name", "id"),
    )

    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    quorum_kind: Mapped[str] = mapped_column(default="share")
    quorum: Mapped[int] = mapped_column(Integer, default=50)
    rhythm: Mapped[str] = mapped_column(default="none")
    every: Mapped[int] = mapped_column(Integer, default=1)
    weekday: Mapped[str] = mapped_column(default="0")
    week: Mapped[str] = mapped_column(default="1")
    clock: Mapped[str] = mapped_column(default="09:00")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    first_on: Mapped[date | None]
    length_minutes: Mapped[int] = mapped_column(Integer, default=60)
    place: Mapped[str | None]
    link: Mapped[str | None]


class CommitteeMember(Record):
    """Somebody on a committee as chair, member or guest, in a term; who was removed stays here as history."""

    __tablename__ = "committee_member"
    __record_kind__: ClassVar[str] = "committee_member"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "committee_id"], ["committee.project_id", "committee.id"]),
        ForeignKeyConstraint(["committee_id"], ["committee.id"]),
        CheckConstraint("part IN ('chair', 'member', 'guest')", name="part"),
        CheckConstraint("ends_on >= starts_on", name="term"),
        Index("uq_committee_member_sits", "committee_id", "user_id", unique=True, sqlite_where=_SITS,
              postgresql_where=_SITS),
        Index("uq_committee_member_chairs", "committee_id", unique=True, sqlite_where=_CHAIRS,
              postgresql_where=_CHAIRS),
        Index("ix_committee_member_user_id", "user_id", "committee_id"),
    )  # fmt: skip

    project_id: Mapped[int | None]
    committee_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    part: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="raise_on_sql")

    @property
    def votes(self) -> bool:
        """Whether the person counts for the quorum and decides."""
        return self.part in VOTING

    def sits_on(self, day: date) -> bool:
        """Whether the person is on the committee that day; both ends of a term belong to it."""
        begun = self.starts_on is None or self.starts_on <= day
        return self.removed_at is None and begun and (self.ends_on is None or day <= self.ends_on)


class CommitteeLimit(Record):
    """Up to which money and delay a role decides between meetings; what is empty is nothing the role decides alone.

    `amount` is in minor units of `currency`, `days` are calendar days of delay; both ends are included.
    """

    __tablename__ = "committee_limit"
    __record_kind__: ClassVar[str] = "committee_limit"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("committee_id", "role"),
        ForeignKeyConstraint(["project_id", "committee_id"], ["committee.project_id", "committee.id"]),
        ForeignKeyConstraint(["committee_id"], ["committee.id"]),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount"),
        CheckConstraint("amount >= 0 AND days >= 0", name="limits"),
        Index("ix_committee_limit_project_id", "project_id"),
    )

    project_id: Mapped[int | None]
    committee_id: Mapped[int]
    role: Mapped[str]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    days: Mapped[int | None] = mapped_column(Integer)
