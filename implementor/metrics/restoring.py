"""Giving a metric earlier values: what it measured stays, and how it is measured is a version of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Actor
from implementor.metrics.defining import write_version
from implementor.metrics.definition_json import definition_from
from implementor.metrics.models import Metric
from implementor.metrics.services import faults_of

FOLLOWS = ("latest", "latest_on", "measured_by", "definition")
"""What follows from measurements, and from the definition."""


def restore_metric(session: Session, metric: Metric, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a metric earlier values. Raises InvalidInput where they contradict each other."""
    for name, value in values.items():
        if name not in FOLLOWS:
            setattr(metric, name, value)
    faults = faults_of(metric)
    if faults:
        raise InvalidInput(faults)
    if "definition" in values and values["definition"] != metric.definition:
        write_version(session, metric, definition_from(values["definition"]), by=by, at=at)
