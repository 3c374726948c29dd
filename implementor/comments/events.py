"""What others may want to hear of comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef


@dataclass(frozen=True)
class Mentioned:
    """Somebody was named in a comment for the first time, in this transaction."""

    user_id: int
    comment_id: int
    about: RecordRef
    project_id: int | None
    by: Actor
    at: datetime
