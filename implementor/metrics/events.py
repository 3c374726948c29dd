"""What others may want to hear of metrics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class MetricMeasured:
    """A measurement or a correction with a value was written down."""

    project_id: int
    metric_id: int
    measurement_id: int
    by: Actor
    at: datetime
