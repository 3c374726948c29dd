"""What upper packages may want to hear when a record was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from implementor.foundation.permissions import Actor
from implementor.history.models import Verb


@dataclass(frozen=True)
class RecordChanged:
    """A record was written, in the flush that is just running: listeners add rows by Core statements only.

    `before` and `after` hold the typed values of the fields that differ (all fields with a value when the record
    was created or removed). Bulk writes noted by `note_many` publish nothing of this kind.
    """

    kind: str
    record: Any
    verb: Verb
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    actor: Actor
    at: datetime
    action_id: int


@dataclass(frozen=True)
class RecordsMoved:
    """An attribute of many records was given another value by bulk statements, which no session saw; told by whoever
    wrote them, and only where what follows of a change is wanted."""

    kind: str
    ids: tuple[int, ...]
    attribute: str
    at: datetime
