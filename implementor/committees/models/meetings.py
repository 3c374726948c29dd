"""Tables of meetings with their agenda and attendance; once a meeting is closed its rows never change again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.committees.models.committees import Committee
from implementor.foundation.errors import Refusal
from implementor.foundation.model import Archivable, Record, table_args
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say

APPROVED, REFUSED, POSTPONED, NOTED = "approved", "refused", "postponed", "noted"
_STANDS = text("archived_at IS NULL")


class MinutesFrozen(Refusal):
    """The meeting is closed; what its minutes say stays."""


class Meeting(Archivable, Record):
    """One sitting of a committee: planned, begun, closed. Called off is archived.

    `number` counts within the committee. `minutes` is Markdown. What the quorum asked for and how many voting members
    were there is kept when it closes.
    """

    __tablename__ = "meeting"
    __record_kind__: ClassVar[str] = "meeting"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("committee_id", "number"),
        ForeignKeyConstraint(["project_id", "committee_id"], ["committee.project_id", "committee.id"]),
        ForeignKeyConstraint(["committee_id"], ["committee.id"]),
        CheckConstraint("length_minutes BETWEEN 5 AND 600", name="length"),
        CheckConstraint("closed_at IS NULL OR begun_at IS NOT NULL", name="begun_before_closed"),
        CheckConstraint("closed_at IS NULL OR minutes <> ''", name="closed_with_minutes"),
        CheckConstraint("closed_at IS NULL OR archived_at IS NULL", name="closed_stays"),
        Index("uq_meeting_moment", "committee_id", "starts_at", unique=True, sqlite_where=_STANDS,
              postgresql_where=_STANDS),
        Index("ix_meeting_list", "project_id", "starts_at", "id"),
    )  # fmt: skip

    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    committee_id: Mapped[int]
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    starts_at: Mapped[datetime]
    length_minutes: Mapped[int] = mapped_column(Integer)
    place: Mapped[str | None]
    link: Mapped[str | None]
    invited_at: Mapped[datetime | None]
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    begun_at: Mapped[datetime | None]
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    quorum_needed: Mapped[int | None] = mapped_column(Integer)
    voting_present: Mapped[int | None] = mapped_column(Integer)
    minutes: Mapped[str] = mapped_column(default="")

    @property
    def is_of_programme(self) -> bool:
        """Whether its committee decides for all of a programme."""
        return self.project_id is None

    committee: Mapped[Committee] = relationship(
        primaryjoin="foreign(Meeting.committee_id) == Committee.id", lazy="raise_on_sql", viewonly=True
    )

    @property
    def ends_at(self) -> datetime:
        """When it is over as planned."""
        return self.starts_at + timedelta(minutes=self.length_minutes)

    @property
    def is_begun(self) -> bool:
        return self.begun_at is not None

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_running(self) -> bool:
        """Whether it was begun and is not closed."""
        return self.is_begun and not self.is_closed


class AgendaItem(Record):
    """One point of an agenda.

    `about_project_id` is the project that it is about and that its answer acts in: that of the meeting, or one of the
    meeting's programme; None for a point of a programme as a whole.
    `key` names what it is about and stays the same over meetings; points of the people who prepare have one of their
    own. `answer` is what was decided, with `decision_id` where a Decision was made of it; without a quorum it
    `is_proposal` alone. `effect` keeps what the answer changed, to take it back. `carried_from` is the number of the
    meeting that left it open.
    """

    __tablename__ = "agenda_item"
    __record_kind__: ClassVar[str] = "agenda_item"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("meeting_id", "key"),
        ForeignKeyConstraint(["project_id", "meeting_id"], ["meeting.project_id", "meeting.id"]),
        ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        ForeignKeyConstraint(["about_project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint(
            "project_id IS NULL OR (about_project_id IS NOT NULL AND about_project_id = project_id)", name="about"
        ),
        CheckConstraint("answer IN ('approved', 'refused', 'postponed', 'noted')", name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(record_kind IS NULL) = (record_id IS NULL)", name="record"),
        CheckConstraint("length_minutes BETWEEN 0 AND 600", name="length"),
        Index("ix_agenda_item_decision_id", "about_project_id", "decision_id"),
    )

    project_id: Mapped[int | None]
    about_project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    meeting_id: Mapped[int]
    key: Mapped[str]
    subject: Mapped[str]
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    record_kind: Mapped[str | None]
    record_id: Mapped[int | None]
    length_minutes: Mapped[int] = mapped_column(Integer, default=5)
    left_out_at: Mapped[datetime | None]
    carried_from: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(default="")
    answer: Mapped[str | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    is_proposal: Mapped[bool] = mapped_column(default=False)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_id: Mapped[int | None]
    effect: Mapped[dict[str, Any]] = mapped_column(default=dict)
    frozen_at: Mapped[datetime | None]

    answered_by: Mapped[User | None] = relationship(foreign_keys=answered_by_id, lazy="raise_on_sql")

    @property
    def record(self) -> RecordRef | None:
        """What it is about; None for a point of its own."""
        return RecordRef(self.record_kind, self.record_id) if self.record_kind and self.record_id else None

    @property
    def history_project_id(self) -> int | None:
        """Whose history tells of it: that of the project it is about."""
        return self.about_project_id

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left for the next meeting."""
        return self.answer in (APPROVED, REFUSED, NOTED) and not self.is_proposal


class Attendance(Record):
    """Whether somebody of the committee was at a meeting, and in which part."""

    __tablename__ = "attendance"
    __record_kind__: ClassVar[str] = "attendance"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("meeting_id", "user_id"),
        ForeignKeyConstraint(["project_id", "meeting_id"], ["meeting.project_id", "meeting.id"]),
        ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        CheckConstraint("part IN ('chair', 'member', 'guest')", name="part"),
        CheckConstraint("state IN ('present', 'excused', 'absent')", name="state"),
    )

    project_id: Mapped[int | None]
    meeting_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    part: Mapped[str]
    state: Mapped[str] = mapped_column(default="absent")
    frozen_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="raise_on_sql")


def _refuse_frozen(_mapper: Any, _connection: Any, row: Any) -> None:
    """Whoever tries to write to a closed meeting, by whatever way, is told no before the database hears of it."""
    column = "closed_at" if isinstance(row, Meeting) else "frozen_at"
    change = inspect(row).attrs[column].history
    was = change.deleted[0] if change.deleted else (change.unchanged[0] if change.unchanged else None)
    if was is not None:
        raise MinutesFrozen(say("The meeting is closed, and its minutes stay as they are."))


for _model in (Meeting, AgendaItem, Attendance):
    event.listen(_model, "before_update", _refuse_frozen)
    event.listen(_model, "before_delete", _refuse_frozen)
