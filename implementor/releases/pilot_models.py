"""Tables of pilots: settings of a wave that some teams work with before they are live for all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args

RELEASED, ENDED = "released", "ended"


class ConfigPilot(Model):
    """Settings as they were tried from a day on; over when they were released to all, or ended for a reason.

    `operations` are {kind, verb, uid, before, after} in their order; `until_on` is planned, nothing ends by itself.
    """

    __tablename__ = "config_pilot"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_somehow"),
        CheckConstraint("outcome IS NULL OR outcome IN ('released', 'ended')", name="outcome_known"),
        Index("ix_config_pilot_wave", "project_id", "wave_id", "id"),
        Index("ix_config_pilot_ended", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    wave_id: Mapped[int]
    operations: Mapped[list[Any]]
    started_at: Mapped[datetime]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    until_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    outcome: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")

    @property
    def stands(self) -> bool:
        """Whether people work with it now."""
        return self.ended_at is None


class PilotTeam(Model):
    """A team whose people try it."""

    __tablename__ = "config_pilot_team"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("config_pilot.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)
