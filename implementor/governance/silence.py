"""When a record that does not move is told of, to whom, and which kinds of records are listened to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from implementor.foundation.fields import Entity
from implementor.foundation.model import Rows
from implementor.foundation.permissions import ROLE_LABELS, Permission, Role
from implementor.foundation.words import Phrase, say

STEPS: Mapping[int, Phrase] = {
    1: say("Owner"),
    2: ROLE_LABELS[Role.PROJECT_LEAD],
    3: ROLE_LABELS[Role.SPONSOR],
}
LONGEST_LIMIT = 365


@dataclass(frozen=True)
class SilentKind:
    """A kind of records that should move. `days` is its usual limit.

    `open_rows` selects the rows (id, project_id, number, title, owner_id, moved_at) of everything that is open, so that
    it can be narrowed by the caller; `endpoint` is the page of one, by its number.
    """

    entity: Entity
    days: int
    open_rows: Callable[[], Rows]
    endpoint: str
    path: str
    may_view: Permission

    def page(self, project_key: str, row: Any) -> str:
        """The path of a record's page, for mails and notices."""
        return f"/projects/{project_key}/{self.path}/{row.number}"


silent_kinds: dict[str, SilentKind] = {}
"""By kind; packages above add theirs in contributions."""


def silent_kind(declared: SilentKind) -> None:
    """Listen to records of a kind; declaring it twice changes nothing."""
    silent_kinds.setdefault(declared.entity.kind, declared)


def days_silent(moved_at: datetime, at: datetime) -> int:
    """Whole days since something moved; never less than none."""
    return max(0, (at - moved_at).days)


def step_of(days: int, limit: int) -> int:
    """How far it went: 0 within the limit, 1 the owner's, 2 the lead's after twice, 3 the sponsor's after thrice."""
    return min(3, days // limit)
