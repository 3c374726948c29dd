"""Letting a metric watch over a risk, and turning the risk into an obstacle when what was measured crosses a value."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.governance.drafts import reads, writes
from implementor.governance.models import Obstacle, Risk
from implementor.governance.services.conversions import convert
from implementor.history.services import name_action
from implementor.metrics.events import MetricMeasured
from implementor.metrics.models import Metric, RiskTrigger
from implementor.metrics.trigger_models import is_past
from implementor.metrics.trigger_queries import trigger_of_risk, waiting_triggers

COMPARISONS = ("above", "below")


def watch_risk(
    session: Session, risk: Risk, metric: Metric | None, *, comparison: str, value: Decimal | None, by: Actor,
    at: datetime,
) -> RiskTrigger:  # fmt: skip
    """Let a metric watch over a risk, in the place of whatever did. Raises InvalidInput where it is past the value."""
    errors = {}
    if metric is None or metric.project_id != risk.project_id or metric.is_archived:
        errors["metric"] = say("Choose a metric of this project.")
    if comparison not in COMPARISONS:
        errors["comparison"] = say("Choose one of the list.")
    if value is None:
        errors["value"] = say("Give the value.")
    if errors or metric is None or value is None:
        raise InvalidInput(errors)
    if not risk.is_open:
        raise InvalidInput({"metric": say("The risk is closed; nothing watches over it.")})
    if is_past(comparison, value, metric.latest):
        raise InvalidInput({"value": say("The metric is past this value already: turn the risk into an obstacle.")})
    found = session.scalars(trigger_of_risk(risk_id=risk.id)).one_or_none() or RiskTrigger(
        project_id=risk.project_id, risk_id=risk.id
    )
    found.metric_id, found.comparison, found.value = metric.id, comparison, value
    found.crossed_at = found.measurement_id = found.obstacle_id = None
    session.add(found)
    _name(session, risk, say("Let %(metric)s watch over the risk %(title)s", metric=metric.name, title=risk.title))
    session.flush()
    return found


def watch_no_longer(session: Session, risk: Risk, *, by: Actor, at: datetime) -> None:
    """Let no metric watch over a risk; an obstacle that it became stays."""
    found = session.scalars(trigger_of_risk(risk_id=risk.id)).one_or_none()
    if found is not None:
        session.delete(found)
        _name(session, risk, say("Let no metric watch over the risk %(title)s any more", title=risk.title))
        session.flush()


def cross(session: Session, event: MetricMeasured) -> list[tuple[RiskTrigger, Risk, Obstacle]]:
    """Turn each open risk whose value the metric is past now into an obstacle; returns what was turned into what.

    What counts is what stands as the latest, so an older day that is written down late turns nothing.
    """
    metric = session.get_one(Metric, event.metric_id)
    turned = []
    for trigger, risk in session.execute(waiting_triggers(metric_id=metric.id)).all():
        if trigger.is_crossed_by(metric.latest):
            values = writes["obstacle"](reads["risk"](risk))
            obstacle = convert(session, risk, to="obstacle", values=values, ending=True, by=event.by, at=event.at)
            trigger.crossed_at, trigger.obstacle_id = event.at, obstacle.id
            trigger.measurement_id = event.measurement_id
            turned.append((trigger, risk, obstacle))
    session.flush()
    return turned


def _name(session: Session, risk: Risk, summary: Phrase) -> None:
    name_action(session, summary, verb="risk.watch", project_id=risk.project_id)
