"""What others may want to hear about projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class ProjectCreated:
    """A project has begun; packages above add what every project starts with."""

    project_id: int
    method_key: str
    method_version: int
    by: Actor
    at: datetime
