"""What metrics do when something was measured."""

from __future__ import annotations

from sqlalchemy.orm import Session

from implementor.foundation.events import listens_to
from implementor.metrics.events import MetricMeasured
from implementor.metrics.trigger_news import tell_of_crossing
from implementor.metrics.triggers import cross


@listens_to(MetricMeasured)
def turn_risks_into_obstacles(session: Session, event: MetricMeasured) -> None:
    """What crosses the value somebody set turns the risk into an obstacle, and owner and lead hear of it."""
    for trigger, risk, obstacle in cross(session, event):
        tell_of_crossing(session, trigger, risk, obstacle, at=event.at)
