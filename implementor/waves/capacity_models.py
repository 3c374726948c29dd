"""Tables of who has time in a wave: shares of people and placeholders, days off, and the rate a project states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Record, Scaled, table_args

MOST_PEOPLE, MOST_HOURS = 50, 24


class CapacityShare(Record):
    """How much of a person's time, or of several people nobody knows by name yet, a wave has.

    `share` is a whole per cent of each working day; a placeholder has a `label` and a number of `people`, a person
    neither. `profile` is a name of effort per profile, whatever its capitals.
    """

    __tablename__ = "capacity_share"
    __record_kind__: ClassVar[str] = "capacity_share"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("wave_id", "user_id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("share BETWEEN 0 AND 100", name="share"),
        CheckConstraint(f"people BETWEEN 1 AND {MOST_PEOPLE}", name="people"),
        CheckConstraint(f"hours_per_day BETWEEN 0 AND {MOST_HOURS * 100}", name="hours"),
        CheckConstraint("(user_id IS NULL) <> (label IS NULL)", name="person_or_placeholder"),
        Index("ix_capacity_share_user_id", "user_id", "wave_id"),
    )

    project_id: Mapped[int]
    wave_id: Mapped[int]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    label: Mapped[str | None]
    people: Mapped[int] = mapped_column(Integer, default=1)
    profile: Mapped[str] = mapped_column(default="")
    share: Mapped[int] = mapped_column(Integer)
    hours_per_day: Mapped[Decimal] = mapped_column(Scaled(2), default=Decimal(8))


class DayOff(Record):
    """Days from first to last on which a person does not work; they count in every wave, why is for its leads."""

    __tablename__ = "day_off"
    __record_kind__: ClassVar[str] = "day_off"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("starts_on <= ends_on", name="starts_before_end"),
        Index("ix_day_off_user_id", "user_id", "ends_on", "starts_on"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # nobody but those who plan the wave reads why, so it is in no history
    reason: Mapped[str] = mapped_column(default="", info={"history": False})


class CapacityRate(Record):
    """The points that a project states for one available day, until its finished waves show it."""

    __tablename__ = "capacity_rate"
    __record_kind__: ClassVar[str] = "capacity_rate"
    __table_args__ = table_args(
        UniqueConstraint("project_id"), CheckConstraint("points_per_day >= 0", name="never_negative")
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    points_per_day: Mapped[Decimal | None] = mapped_column(Scaled(4))
