"""Tables of pilots: settings of a wave that some teams and people work with before they are live for all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args

RELEASED, ENDED = "released", "ended"
FIT, UNFIT = "fit", "unfit"


class ConfigPilot(Model):
    """Settings as they were tried from a day on; over when they were released to all, or ended for a reason.

    `operations` are {kind, verb, uid, before, after} in their order; `until_on` is planned, nothing ends by itself.
    `judgement` is what those who tried it found: fit to become everybody's, or not; None until somebody says.
    """

    __tablename__ = "config_pilot"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name="ended_somehow"),
        CheckConstraint("outcome IS NULL OR outcome IN ('released', 'ended')", name="outcome_known"),
        CheckConstraint("(judged_at IS NULL) = (judgement IS NULL)", name="judged_somehow"),
        CheckConstraint("judgement IS NULL OR judgement IN ('fit', 'unfit')", name="judgement_known"),
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
    judgement: Mapped[str | None]
    judged_at: Mapped[datetime | None]
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    judged_for: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def stands(self) -> bool:
        """Whether people work with it now."""
        return self.ended_at is None

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to judge: it was found fit, or ended."""
        return self.judgement == FIT or not self.stands


class PilotTeam(Model):
    """A team whose people try it."""

    __tablename__ = "config_pilot_team"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("config_pilot.id"), primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True)


class PilotPerson(Model):
    """Somebody who tries it whatever team they are in."""

    __tablename__ = "config_pilot_person"

    pilot_id: Mapped[int] = mapped_column(ForeignKey("config_pilot.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
