"""What imports tell the packages above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class RecordsWritten:
    """Records of a kind were made or changed by bulk statements, which no session saw."""

    kind: str
    ids: tuple[int, ...]
    by: Actor
    at: datetime
