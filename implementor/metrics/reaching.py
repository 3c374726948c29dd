"""Whether a metric has reached its target itself, as promises ask; its line on the way there does not count."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case

from implementor.metrics.models import Metric
from implementor.metrics.standing import ON_TARGET, final_bounds, state_of


def is_reached(metric: Metric) -> bool:
    """Whether what was measured last meets the target; never without a value, a target, or for one put away."""
    if metric.is_archived or metric.latest is None or metric.target is None:
        return False
    return state_of(metric.goal, metric.latest, final_bounds(metric.goal)) == ON_TARGET


def reached(metric: Any = Metric) -> ColumnElement[bool]:
    """The same to be asked of the database; null where something is missing, so compare it by `is_(True)` or `case`."""
    top = case((metric.target_top.is_(None), metric.target), else_=metric.target_top)
    within = case(
        (metric.direction == "up", metric.latest >= metric.target),
        (metric.direction == "down", metric.latest <= metric.target),
        else_=metric.latest.between(metric.target, top),
    )
    return and_(metric.archived_at.is_(None), within)


def is_over(metric: Metric, on: date) -> bool:
    """Whether the day by which the target was due is behind us; the day itself still counts."""
    return metric.due_on is not None and metric.due_on < on
