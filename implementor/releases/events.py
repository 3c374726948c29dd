"""What others may want to hear of releases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor
from implementor.releases.release_models import ConfigRelease


@dataclass(frozen=True)
class ReleaseApplied:
    """Settings of a wave are live; the notes are written."""

    release: ConfigRelease
    by: Actor
    at: datetime


@dataclass(frozen=True)
class ReleaseTakenBack:
    """A release was rolled back by a decision."""

    release: ConfigRelease
    by: Actor
    at: datetime
