"""What others may want to hear of a wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor
from implementor.stories.models import Story
from implementor.waves.models import Wave


@dataclass(frozen=True)
class WaveGoesLive:
    """A wave is being closed: its unfinished stories are decided, and these, which are validated, go live next.

    Whoever hears it and refuses keeps the wave as it was.
    """

    wave: Wave
    stories: Sequence[Story]
    by: Actor
    at: datetime


@dataclass(frozen=True)
class WaveLeavesAdoption:
    """A wave is being finished behind open gates. Whoever hears it and refuses keeps it in Adoption."""

    wave: Wave
    by: Actor
    at: datetime
