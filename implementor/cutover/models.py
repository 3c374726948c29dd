"""Tables of the plan of going live: its steps in their order, and the rehearsals that measured them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Named, User
from implementor.foundation.model import Archivable, Record, table_args

OPEN, RUNNING, DONE, FAILED, SKIPPED = "open", "running", "done", "failed", "skipped"
STATES = (OPEN, RUNNING, DONE, FAILED, SKIPPED)
PASSED = (DONE, SKIPPED)
"""What lets the steps go on that wait for it."""
MOST_MINUTES = 10_000
MOST_NUMBER = 999


class CutoverStep(Named, Archivable, Record):
    """A step on the way to going live with a wave. `number` names it within the plan.

    `after` holds the numbers of the steps that it waits for, in order and parted by ", ". `starts_at` is the moment
    before which it does not begin, `minutes` how long it is planned to take. After a `point_of_no_return` nothing is
    taken back; `way_back` says how this step is. `begun_at` and `ended_at` are what came of it, `reason` why it failed
    or was left out.
    """

    __tablename__ = "cutover_step"
    __record_kind__: ClassVar[str] = "cutover_step"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint(f"state IN ({', '.join(repr(one) for one in STATES)})", name="state"),
        CheckConstraint(f"number BETWEEN 1 AND {MOST_NUMBER}", name="number"),
        CheckConstraint(f"minutes BETWEEN 0 AND {MOST_MINUTES}", name="minutes"),
        CheckConstraint("ended_at IS NULL OR begun_at <= ended_at", name="moments"),
        Index("ix_cutover_step_list", "project_id", "wave_id", "number", "id"),
        Index("ix_cutover_step_owner", "owner_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    wave_id: Mapped[int]
    number: Mapped[int] = mapped_column(Integer)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    after: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime | None]
    minutes: Mapped[int] = mapped_column(Integer, default=15)
    point_of_no_return: Mapped[bool] = mapped_column(Boolean, default=False)
    way_back: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=OPEN)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")


class CutoverRehearsal(Named, Archivable, Record):
    """A dry run of the plan of a wave: its day, what it found, and whether the way back was gone too.

    `times` holds the minutes measured, a line "number: minutes" for each step; `evidence` says where it can be seen
    that the way back was rehearsed.
    """

    __tablename__ = "cutover_rehearsal"
    __record_kind__: ClassVar[str] = "cutover_rehearsal"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        Index("ix_cutover_rehearsal_list", "project_id", "wave_id", "held_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    wave_id: Mapped[int]
    held_on: Mapped[date]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    findings: Mapped[str] = mapped_column(default="")
    went_back: Mapped[bool] = mapped_column(Boolean, default=False)
    evidence: Mapped[str] = mapped_column(default="")
    times: Mapped[str] = mapped_column(default="")

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
