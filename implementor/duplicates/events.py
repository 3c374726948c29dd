"""What upper packages may want to hear when two records became one, or two again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from implementor.foundation.permissions import Actor


@dataclass(frozen=True)
class RecordsMerged:
    """Everything of the loser belongs to the survivor now; the rows are written, the transaction is still open.

    Listeners keep what only they know: of two consents to one purpose the more restrictive one. `moved` holds the ids
    of the rows that were the loser's, by table and column as in `consent.contact_id`.
    """

    kind: str
    survivor_id: int
    loser_id: int
    by: Actor
    at: datetime
    moved: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordsParted:
    """A merge was taken apart: what had been the loser's belongs to it again."""

    kind: str
    survivor_id: int
    loser_id: int
    by: Actor
    at: datetime
