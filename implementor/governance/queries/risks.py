"""How ratings of risks are found, at any moment, and what the open ones put at stake."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select

from implementor.auth.models import User
from implementor.foundation.model import Rows
from implementor.governance.models import Risk, RiskScore

MOST_SCORES = 50


def ratings_at(*, project_id: int, at: datetime) -> Rows:
    """Risks of a project that were open at a moment as rows (id, number, title, probability, impact), as rated then."""
    latest = (
        select(
            RiskScore.risk_id,
            RiskScore.probability,
            RiskScore.impact,
            RiskScore.is_open,
            func.row_number()
            .over(partition_by=RiskScore.risk_id, order_by=(RiskScore.at.desc(), RiskScore.id.desc()))
            .label("place"),
        )
        .where(RiskScore.project_id == project_id, RiskScore.at <= at)
        .subquery()
    )
    return (
        select(Risk.id, Risk.number, Risk.title, latest.c.probability, latest.c.impact)
        .join(latest, latest.c.risk_id == Risk.id)
        .where(latest.c.place == 1, latest.c.is_open, or_(Risk.archived_at.is_(None), Risk.archived_at > at))
        .order_by(Risk.number)
    )


def scores_of_risk(*, risk_id: int) -> Rows:
    """The latest ratings of a risk, newest first, as rows of RiskScore's columns with the `who` of each."""
    return (
        select(*RiskScore.__table__.c, User.name.label("who"))
        .outerjoin(User, User.id == RiskScore.by_id)
        .where(RiskScore.risk_id == risk_id)
        .order_by(RiskScore.at.desc(), RiskScore.id.desc())
        .limit(MOST_SCORES)
    )


def exposures_of_project(*, project_id: int) -> Rows:
    """What open risks put at stake, as rows (probability, amount in minor units, currency)."""
    return select(Risk.probability, Risk.exposure_amount, Risk.exposure_currency).where(
        Risk.project_id == project_id,
        Risk.closed_at.is_(None),
        Risk.archived_at.is_(None),
        Risk.exposure_amount.is_not(None),
    )
