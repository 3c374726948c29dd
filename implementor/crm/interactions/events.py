"""What others may want to hear about dealings with customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.records import RecordRef


@dataclass(frozen=True)
class Answered:
    """Something went out to a customer about a record, at a moment."""

    about: RecordRef
    at: datetime
