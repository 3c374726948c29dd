"""What others may want to hear about promises to customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from implementor.foundation.records import RecordRef


@dataclass(frozen=True)
class SlaNear:
    """Most of the open time of a promise is over. `at` is when it was noticed."""

    record: RecordRef
    clock_id: int
    name: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True)
class SlaBreached:
    """A promise was not kept at `due_at`; `at` is when it was noticed, which may be long after."""

    record: RecordRef
    clock_id: int
    name: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True)
class ClocksRebased:
    """The open clocks of these records count by other terms from now on."""

    record_kind: str
    record_ids: tuple[int, ...]
