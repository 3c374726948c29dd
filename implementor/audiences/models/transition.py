"""Tables of the way into daily work: what happens when in each area, and who hears what from whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Area, Named, User
from implementor.foundation.model import Archivable, Record, table_args


class TransitionStep(Named, Archivable, Record):
    """One dated step of an area: communication, training, go-live or support.

    Its day is `planned_on`, or `offset_days` after the end of its wave (before it where negative), with which it moves.
    """

    __tablename__ = "transition_step"
    __record_kind__: ClassVar[str] = "transition_step"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("kind IN ('communication', 'training', 'go_live', 'support')", name="kind"),
        CheckConstraint("(planned_on IS NULL) <> (offset_days IS NULL)", name="one_day"),
        CheckConstraint("offset_days IS NULL OR wave_id IS NOT NULL", name="offset_of_a_wave"),
        CheckConstraint("offset_days BETWEEN -365 AND 365", name="offset_days"),
        Index("ix_transition_step_list", "project_id", "name_key", "id"),
        Index("ix_transition_step_area", "project_id", "area_id", "id"),
        Index("ix_transition_step_wave", "project_id", "wave_id", "id"),
        Index("ix_transition_step_area_id", "area_id"),
        Index("ix_transition_step_owner_id", "owner_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    wave_id: Mapped[int | None]
    kind: Mapped[str]
    planned_on: Mapped[date | None]
    offset_days: Mapped[int | None] = mapped_column(Integer)
    done_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    notes: Mapped[str] = mapped_column(default="")

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")


class PlannedMessage(Named, Archivable, Record):
    """What an audience hears from whom, when and over which channel; sent once, by somebody, to so many people."""

    __tablename__ = "planned_message"
    __record_kind__: ClassVar[str] = "planned_message"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("channel IN ('mail', 'meeting', 'talk', 'chat', 'intranet', 'other')", name="channel"),
        CheckConstraint("(sent_at IS NULL) = (sent_count IS NULL)", name="sent"),
        Index("ix_planned_message_due", "project_id", "due_on", "id"),
        Index("ix_planned_message_list", "project_id", "name_key", "id"),
        Index("ix_planned_message_audience", "project_id", "audience_id"),
        Index("ix_planned_message_wave", "project_id", "wave_id"),
        Index("ix_planned_message_sender_id", "sender_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int]
    wave_id: Mapped[int | None]
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    channel: Mapped[str] = mapped_column(default="mail")
    due_on: Mapped[date]
    body: Mapped[str] = mapped_column(default="")
    reminded_at: Mapped[datetime | None] = mapped_column(info={"history": False})
    sent_at: Mapped[datetime | None]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sent_count: Mapped[int | None] = mapped_column(Integer)

    sender: Mapped[User | None] = relationship(foreign_keys=sender_id, lazy="raise_on_sql")

    @property
    def is_sent(self) -> bool:
        """Whether the audience has heard it."""
        return self.sent_at is not None
