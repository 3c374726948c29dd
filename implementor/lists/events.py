"""What others may want to hear about records that leave the lists and come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.records import RecordRef


@dataclass(frozen=True)
class PutAway:
    """A record was archived from its page or a list."""

    record: RecordRef
    at: datetime


@dataclass(frozen=True)
class BroughtBack:
    """An archived record is in use again."""

    record: RecordRef
    at: datetime
