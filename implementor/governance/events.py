"""What others may want to hear of governance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class DecisionReversed:
    """A decision was taken back by another one; what it had brought about is to be undone by whoever knows how."""

    project_id: int
    decision_id: int
    by: Actor
    at: datetime
