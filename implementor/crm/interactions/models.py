"""Interactions over every channel in one table with what follows from them, and appointments with who comes."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from implementor.auth.models import User
from implementor.crm.records.models import Concerning, CrmRecord, concern_rules, list_index
from implementor.foundation.model import Archivable, Record, table_args

CHANNELS = ("email", "phone", "chat", "web", "visit", "social")
IN, OUT = "in", "out"
APPOINTMENT_KINDS = ("meeting", "visit", "call")
PLANNED, DONE, CANCELLED = "planned", "done", "cancelled"
_TO_FOLLOW = text("archived_at IS NULL AND follow_up_done_at IS NULL AND follow_up_on IS NOT NULL")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=f"{column}_known")


_TOLD = {
    "external_id": text("archived_at IS NULL AND external_id IS NOT NULL"),
    "follow_up_on": text("archived_at IS NULL AND follow_up_on IS NOT NULL"),
    "follow_up_done_at": text("archived_at IS NULL AND follow_up_done_at IS NOT NULL"),
}
"""Column -> the few records that have a value there, for the filter by it."""


def _where_told(column: str) -> Index:
    told = _TOLD[column]
    return Index(f"ix_interaction_{column}", column, "id", sqlite_where=told, postgresql_where=told)


class Interaction(Concerning, CrmRecord):
    """Something that passed between us and a customer at a moment, whatever the channel.

    `direction` is seen from us. `external_id` is what the system behind the channel calls it. What follows is due on
    a day; who did it and when is a fact.
    """

    __tablename__ = "interaction"
    __record_kind__: ClassVar[str] = "interaction"
    __table_args__ = table_args(
        _one_of("channel", CHANNELS),
        _one_of("direction", (IN, OUT)),
        CheckConstraint("duration_minutes >= 0", name="duration_not_negative"),
        CheckConstraint("follow_up_done_at IS NULL OR follow_up_on IS NOT NULL", name="only_due_is_done"),
        UniqueConstraint("channel", "external_id"),
        *concern_rules("interaction", "at"),
        list_index("interaction", "at"),
        list_index("interaction", "owner_id", "at"),
        list_index("interaction", "channel", "at"),
        list_index("interaction", "outcome", "at"),
        *(_where_told(column) for column in _TOLD),
        Index(
            "ix_interaction_to_follow", "follow_up_owner_id", "follow_up_on", "id",
            sqlite_where=_TO_FOLLOW, postgresql_where=_TO_FOLLOW,
        ),
    )  # fmt: skip

    channel: Mapped[str]
    direction: Mapped[str]
    at: Mapped[datetime]
    duration_minutes: Mapped[int | None] = mapped_column(Integer)
    subject: Mapped[str]
    body: Mapped[str | None]
    outcome: Mapped[str | None]
    external_id: Mapped[str | None]
    follow_up_on: Mapped[date | None]
    follow_up: Mapped[str | None]
    follow_up_owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    follow_up_done_at: Mapped[datetime | None]
    follow_up_done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_to_follow(self) -> bool:
        """Whether something is still to be done after it."""
        return self.follow_up_on is not None and self.follow_up_done_at is None


class Appointment(Concerning, CrmRecord):
    """A time agreed with a customer. `zone` is where its maker was, so that its wall-clock time can be told again."""

    __tablename__ = "appointment"
    __record_kind__: ClassVar[str] = "appointment"
    __table_args__ = table_args(
        _one_of("kind", APPOINTMENT_KINDS),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("done_at IS NULL OR cancelled_at IS NULL", name="one_end"),
        *concern_rules("appointment", "starts_at"),
        list_index("appointment", "starts_at"),
        list_index("appointment", "owner_id", "starts_at"),
        list_index("appointment", "kind", "starts_at"),
    )

    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default="meeting")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str]
    place: Mapped[str | None]
    notes: Mapped[str | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    end_note: Mapped[str | None]

    @property
    def state(self) -> str:
        """Planned until somebody says that it was held or called off."""
        if self.cancelled_at is not None:
            return CANCELLED
        return DONE if self.done_at is not None else PLANNED


class Attendee(Archivable, Record):
    """The fact that one of us comes to an appointment besides its owner."""

    __tablename__ = "appointment_attendee"
    __record_kind__: ClassVar[str] = "attendee"
    __table_args__ = table_args(
        Index(
            "uq_appointment_attendee_person", "appointment_id", "user_id", unique=True,
            sqlite_where=text("archived_at IS NULL"), postgresql_where=text("archived_at IS NULL"),
        ),
        Index("ix_appointment_attendee_user", "user_id", "appointment_id"),
    )  # fmt: skip

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    person_name: Mapped[str] = column_property(
        select(User.name).where(User.id == user_id).correlate_except(User).scalar_subquery()
    )
