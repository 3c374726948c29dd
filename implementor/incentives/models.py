"""Tables of incentives with rules and periods, of what people earned in a period, and of awards and corrections.

What people earned is kept in rows without history, because the history of a project is read by more people than may
know it. Rows of a period that is closed are never written again; what was wrong is put right by another row.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Named
from implementor.foundation.model import Archivable, Json, Model, Record, table_args
from implementor.incentives.rules import FIGURES, WAYS

PEOPLE, TEAMS = "people", "teams"
TO_WHOM = (PEOPLE, TEAMS)
MOST_POINTS = 10_000


def _among(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


class Incentive(Named, Archivable, Record):
    """What may be won, and by whom: people of an audience, or everybody affected who uses the CRM.

    `award` goes to people or teams: to all with at least `award_from` points, or to the first `award_from` of them.
    """

    __tablename__ = "incentive"
    __record_kind__: ClassVar[str] = "incentive"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        _among("award_to", TO_WHOM),
        _among("award_by", WAYS),
        CheckConstraint(f"award_from BETWEEN 1 AND {MOST_POINTS}", name="award_from"),
        Index("ix_incentive_list", "project_id", "name_key", "id"),
        Index("ix_incentive_audience", "project_id", "audience_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int | None]
    body: Mapped[str] = mapped_column(default="")
    award: Mapped[str]
    award_to: Mapped[str] = mapped_column(default=PEOPLE)
    award_by: Mapped[str] = mapped_column(default="points")
    award_from: Mapped[int] = mapped_column(Integer, default=100)


class IncentiveRule(Named, Archivable, Record):
    """What one figure earns; see `rules.Rule` for what the numbers mean."""

    __tablename__ = "incentive_rule"
    __record_kind__: ClassVar[str] = "incentive_rule"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "incentive_id"], ["incentive.project_id", "incentive.id"]),
        _among("figure", FIGURES),
        CheckConstraint("target BETWEEN 1 AND 100", name="target"),
        CheckConstraint(f"points BETWEEN 1 AND {MOST_POINTS}", name="points"),
        CheckConstraint(f"cap BETWEEN 1 AND {MOST_POINTS}", name="cap"),
        CheckConstraint("complete BETWEEN 1 AND 100", name="complete"),
        CheckConstraint("valid BETWEEN 1 AND 100", name="valid"),
        Index("ix_incentive_rule_list", "project_id", "name_key", "id"),
        Index("ix_incentive_rule_incentive", "project_id", "incentive_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    incentive_id: Mapped[int]
    figure: Mapped[str] = mapped_column(default="complete")
    points: Mapped[int] = mapped_column(Integer, default=10)
    target: Mapped[int | None] = mapped_column(Integer)
    cap: Mapped[int | None] = mapped_column(Integer)
    complete: Mapped[int | None] = mapped_column(Integer)
    valid: Mapped[int | None] = mapped_column(Integer)


class IncentivePeriod(Named, Archivable, Record):
    """Days of the company over which points are counted, both ends included.

    Closing it keeps the rules in `terms`, and what people earned for good. `counted_at` says when that was counted.
    """

    __tablename__ = "incentive_period"
    __record_kind__: ClassVar[str] = "incentive_period"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "incentive_id"], ["incentive.project_id", "incentive.id"]),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("announced_at IS NULL OR closed_at IS NOT NULL", name="announced"),
        Index("ix_incentive_period_list", "project_id", "starts_on", "id"),
        Index("ix_incentive_period_incentive", "project_id", "incentive_id", "starts_on"),
        Index("ix_incentive_period_closed", "project_id", "closed_at", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    incentive_id: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    terms: Mapped[dict[str, Any] | None] = mapped_column(Json)

    incentive: Mapped[Incentive] = relationship(
        primaryjoin="foreign(IncentivePeriod.incentive_id) == Incentive.id", lazy="raise_on_sql"
    )

    @property
    def is_closed(self) -> bool:
        """Whether points and awards are settled."""
        return self.closed_at is not None


class IncentiveStanding(Model):
    """What somebody earned in a period: by rules in `earned`, and in `left_out` how much was left out for which reason.

    `earned` is a list of {rule, name, figure, amount, whole, points, why}, `points` their sum without corrections.
    """

    __tablename__ = "incentive_standing"
    __table_args__ = table_args(Index("ix_incentive_standing_user", "user_id", "period_id"))

    period_id: Mapped[int] = mapped_column(ForeignKey("incentive_period.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    points: Mapped[int] = mapped_column(Integer)
    counted: Mapped[int] = mapped_column(Integer)
    """New records that count."""
    earned: Mapped[list[Any]] = mapped_column(Json)
    left_out: Mapped[dict[str, Any]] = mapped_column(Json)
    counted_at: Mapped[datetime]


class IncentiveCorrection(Model):
    """Points that somebody gets or loses after a period was closed, and why."""

    __tablename__ = "incentive_correction"
    __table_args__ = table_args(
        ForeignKeyConstraint(
            ["period_id", "user_id"], ["incentive_standing.period_id", "incentive_standing.user_id"]
        ),
        CheckConstraint(f"points BETWEEN -{MOST_POINTS} AND {MOST_POINTS} AND points <> 0", name="points"),
        Index("ix_incentive_correction_period", "period_id", "user_id", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int]
    user_id: Mapped[int]
    points: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class IncentiveAward(Model):
    """An award of a period, to a person or a team; where a correction changed it, another row says what holds now."""

    __tablename__ = "incentive_award"
    __table_args__ = table_args(
        CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name="to_whom"),
        Index("ix_incentive_award_period", "period_id", "id"),
        Index("ix_incentive_award_user", "user_id", "period_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("incentive_period.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    points: Mapped[int] = mapped_column(Integer)
    is_given: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str | None]
    at: Mapped[datetime]


class IncentiveNaming(Model):
    """That somebody agreed to be named to others where an award of theirs is announced; no row: they did not."""

    __tablename__ = "incentive_naming"
    __table_args__ = table_args(Index("ix_incentive_naming_user", "user_id"))

    incentive_id: Mapped[int] = mapped_column(ForeignKey("incentive.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    agreed_at: Mapped[datetime]
