"""Tables of risks and of what they were rated at, so that the register of an earlier day can be drawn again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Model, Record, table_args

PAIRS = (
    ("inherent_probability", "inherent_impact"),
    ("probability", "impact"),
    ("residual_probability", "residual_impact"),
)
"""Before anything was done, now, and as it should be once the response has worked."""


def _from_one_to_five(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN 1 AND 5", name=column)


def _together(one: str, other: str, name: str) -> CheckConstraint:
    return CheckConstraint(f"({one} IS NULL) = ({other} IS NULL)", name=name)


class Risk(Archivable, Record):
    """Something that may go wrong: how probable and how bad it is, what is done about it, and until when.

    Probability and impact run from 1 to 5; `score` is their product as they are now. `exposure_amount` is what would be
    lost, in minor units of `exposure_currency`. Open until it is closed for a reason.
    """

    __tablename__ = "risk"
    __record_kind__: ClassVar[str] = "risk"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        *(_from_one_to_five(name) for pair in PAIRS for name in pair),
        _together("inherent_probability", "inherent_impact", "inherent_pair"),
        _together("residual_probability", "residual_impact", "residual_pair"),
        _together("exposure_amount", "exposure_currency", "exposure"),
        _together("closed_at", "closing_reason", "closed_for_a_reason"),
        CheckConstraint("score = probability * impact", name="score"),
        CheckConstraint("response IN ('avoid', 'reduce', 'transfer', 'accept')", name="response"),
        Index("ix_risk_owner_id", "owner_id", "closed_at"),
        Index("ix_risk_list", "project_id", "closed_at", "score", "id"),
        Index("ix_risk_review", "project_id", "review_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    category: Mapped[str]
    inherent_probability: Mapped[int | None] = mapped_column(Integer)
    inherent_impact: Mapped[int | None] = mapped_column(Integer)
    probability: Mapped[int] = mapped_column(Integer)
    impact: Mapped[int] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(Integer)
    residual_probability: Mapped[int | None] = mapped_column(Integer)
    residual_impact: Mapped[int | None] = mapped_column(Integer)
    response: Mapped[str | None]
    response_plan: Mapped[str | None]
    trigger: Mapped[str | None]
    review_on: Mapped[date | None]
    exposure_amount: Mapped[int | None]
    exposure_currency: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closing_reason: Mapped[str | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    opened_by: Mapped[User | None] = relationship(foreign_keys=opened_by_id, lazy="raise_on_sql")
    closed_by: Mapped[User | None] = relationship(foreign_keys=closed_by_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether it may still happen."""
        return self.closed_at is None

    @property
    def rating(self) -> dict[str, Any]:
        """What it is rated at, as the rows of its history keep it."""
        return {name: getattr(self, name) for pair in PAIRS for name in pair} | {"is_open": self.is_open}


class RiskScore(Model):
    """What a risk was rated at from a moment on, and whether it was open; never changed."""

    __tablename__ = "risk_score"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "risk_id"], ["risk.project_id", "risk.id"]),
        *(_from_one_to_five(name) for pair in PAIRS for name in pair),
        Index("ix_risk_score_risk", "risk_id", "at", "id"),
        Index("ix_risk_score_project", "project_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    risk_id: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    inherent_probability: Mapped[int | None] = mapped_column(Integer)
    inherent_impact: Mapped[int | None] = mapped_column(Integer)
    probability: Mapped[int] = mapped_column(Integer)
    impact: Mapped[int] = mapped_column(Integer)
    residual_probability: Mapped[int | None] = mapped_column(Integer)
    residual_impact: Mapped[int | None] = mapped_column(Integer)
    is_open: Mapped[bool] = mapped_column(Boolean)
