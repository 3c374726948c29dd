"""What people wrote, from the history: one count for each person, day and kind of record.

Imports, jobs and commands never count, nor what was taken back. Of an action over many records only one write counts,
because whoever changes fifty records at once has looked at none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MANY_RECORDS = 10
"""Records in one action from which on it counts as one write."""
CREATED = "created"
TALKS = "interaction"
Key = tuple[int, date, str]
"""Person, day, kind of record."""


@dataclass(frozen=True)
class Written:
    """One change of the history; `about` is the moment that a record tells of, such as that of a talk."""

    action_id: int
    user_id: int
    records: int
    kind: str
    verb: str
    at: datetime
    about: datetime | None = None


@dataclass
class Work:
    """What somebody wrote of one kind on a day, and of talks how many were entered in time."""

    created: int = 0
    changed: int = 0
    entered: int = 0
    on_time: int = 0


def counted(changes: Iterable[Written], zone: ZoneInfo, prompt_days: int) -> dict[Key, Work]:
    """Count the changes by person, day and kind; days are those of the zone."""
    found: dict[Key, Work] = defaultdict(Work)
    seen: set[tuple[int, str]] = set()
    for one in changes:
        if one.records > MANY_RECORDS:
            if (one.action_id, one.kind) in seen:
                continue
            seen.add((one.action_id, one.kind))
        work = found[one.user_id, one.at.astimezone(zone).date(), one.kind]
        if one.verb != CREATED:
            work.changed += 1
            continue
        work.created += 1
        if one.kind == TALKS and one.about is not None:
            work.entered += 1
            work.on_time += one.at - one.about <= timedelta(days=prompt_days)
    return dict(found)


def moment_of(after: Mapping[str, Any] | None) -> datetime | None:
    """The moment that a record tells of, as the history keeps it."""
    text = (after or {}).get("at")
    return datetime.fromisoformat(text) if isinstance(text, str) else None
