"""How the metrics that watch over risks are found."""

from __future__ import annotations

from sqlalchemy import Select, select

from implementor.foundation.model import Rows
from implementor.governance.models import Obstacle, Risk
from implementor.metrics.models import Measurement, Metric, RiskTrigger
from implementor.metrics.queries import Correction


def trigger_of_risk(*, risk_id: int) -> Select[RiskTrigger]:
    """What watches over a risk."""
    return select(RiskTrigger).where(RiskTrigger.risk_id == risk_id)


def waiting_triggers(*, metric_id: int) -> Rows:
    """Rows (RiskTrigger, Risk) of open risks that a metric watches over and did not turn into an obstacle yet."""
    return (
        select(RiskTrigger, Risk)
        .join(Risk, Risk.id == RiskTrigger.risk_id)
        .where(
            RiskTrigger.metric_id == metric_id,
            RiskTrigger.crossed_at.is_(None),
            Risk.closed_at.is_(None),
            Risk.archived_at.is_(None),
        )
        .order_by(RiskTrigger.id)
        .with_for_update(of=RiskTrigger)
    )


def trigger_seen(*, risk_id: int | None = None, obstacle_id: int | None = None) -> Rows:
    """One row of what a risk's or an obstacle's page says: trigger, metric, what it measured, and what came of it.

    `corrected_id` is the measurement that took the place of the one that crossed; `stands` its value, None where it
    was only withdrawn.
    """
    found = (
        select(
            RiskTrigger, Metric, Measurement.measured_on, Measurement.value.label("measured"),
            Correction.id.label("corrected_id"), Correction.value.label("stands"),
            Obstacle.number.label("obstacle_number"), Risk.number.label("risk_number"), Risk.title.label("risk_title"),
        )
        .join(Metric, Metric.id == RiskTrigger.metric_id)
        .join(Risk, Risk.id == RiskTrigger.risk_id)
        .outerjoin(Measurement, Measurement.id == RiskTrigger.measurement_id)
        .outerjoin(Correction, Correction.corrects_id == Measurement.id)
        .outerjoin(Obstacle, Obstacle.id == RiskTrigger.obstacle_id)
    )  # fmt: skip
    if obstacle_id is not None:
        return found.where(RiskTrigger.obstacle_id == obstacle_id)
    return found.where(RiskTrigger.risk_id == risk_id)
