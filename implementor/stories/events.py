"""What others may want to hear of stories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor
from implementor.stories.models import Story


@dataclass(frozen=True)
class StorySplit:
    """A story was divided; `rest` is the new one. With `stays_together` it is planned wherever `story` is."""

    story: Story
    rest: Story
    stays_together: bool
    by: Actor
    at: datetime
