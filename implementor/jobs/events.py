"""What others may want to hear about jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class JobBegan:
    """A job of a kind begins in this thread for this actor; its session is about to commit."""

    kind: str
    actor: Actor
    at: datetime
