"""What others may want to hear of the end of a project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.projects.models import Project


@dataclass(frozen=True)
class KeepersNamed:
    """These people (ids of users) keep something of a project from now on that they did not keep before."""

    project: Project
    people: frozenset[int]
    at: datetime
