"""A plan held against what it was: which stories came, left, went elsewhere or were estimated anew, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ADDED, REMOVED, MOVED, ESTIMATED, CHANGED = "added", "removed", "moved", "estimated", "changed"
KINDS = (ADDED, REMOVED, MOVED, ESTIMATED, CHANGED)
"""How a story differs, the weightiest first; a story is told once, with all fields that differ."""
FACTS = ("wave", "points", "status", "rank")
"""What the facts of a story tell; other fields are read from its history."""
COMPARED = (*FACTS, "title", "value", "moscow", "urgency", "risk_reduction")
GONE = "dropped"


@dataclass(frozen=True)
class Difference:
    """A field with what it was and what it is, as stored."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class StoryDifference:
    """A story that differs: its present row, how, and in which fields."""

    story: Any
    kind: str
    fields: Sequence[Difference]

    def was(self, field: str) -> Any:
        """What a field was; what it is where it does not differ."""
        return next((one.before for one in self.fields if one.field == field), getattr(self.story, field, None))


def differences(
    present: Iterable[Any],
    facts: Iterable[Any],
    changes: Iterable[Any],
    *,
    at: datetime,
    wave_id: int | None = None,
) -> list[StoryDifference]:
    """How stories differ from what they were at `at`, in the order of `present`.

    `present` are rows of stories (id, wave, points, status, rank, title, value, moscow, urgency, risk_reduction,
    created_at, archived_at), `facts` (story_id, kind, before) and `changes` (record_id, before) what happened
    since, the earliest first. With a `wave_id` only what the wave holds or held then is told.
    """
    earlier = _earlier(facts, changes)
    found = []
    for row in present:
        one = _difference(row, earlier.get(row.id, {}), at, wave_id)
        if one is not None:
            found.append(one)
    return found


def _earlier(facts: Iterable[Any], changes: Iterable[Any]) -> Mapping[int, Mapping[str, Any]]:
    """Story -> field -> what it was before the first change since."""
    earlier: dict[int, dict[str, Any]] = {}
    for fact in facts:
        earlier.setdefault(fact.story_id, {}).setdefault(fact.kind, fact.before)
    for change in changes:
        known = earlier.setdefault(change.record_id, {})
        for name, value in (change.before or {}).items():
            if name not in FACTS:
                known.setdefault(name, value)
    return earlier


def _difference(row: Any, was: Mapping[str, Any], at: datetime, wave_id: int | None) -> StoryDifference | None:
    is_new = row.created_at > at
    fields = [] if is_new else [
        Difference(name, was[name], getattr(row, name))
        for name in COMPARED
        if name in was and _text(was[name]) != _text(getattr(row, name))
    ]  # fmt: skip
    then = {one.field: one.before for one in fields}
    wave_then = None if is_new else _number(then.get("wave", row.wave))
    was_there = not is_new and not was.get("archived_at", row.archived_at) and then.get("status", row.status) != GONE
    is_there = row.archived_at is None and row.status != GONE
    if wave_id is not None:
        was_there, is_there = was_there and wave_then == wave_id, is_there and row.wave == wave_id
    kind = _kind(was_there, is_there, {one.field for one in fields})
    return StoryDifference(row, kind, fields) if kind is not None else None


def _kind(was_there: bool, is_there: bool, fields: set[str]) -> str | None:
    if was_there != is_there:
        return ADDED if is_there else REMOVED
    if not is_there or not fields:
        return None
    if fields & {"wave", "rank"}:
        return MOVED
    return ESTIMATED if "points" in fields else CHANGED


def _text(value: Any) -> str | None:
    """Values as they are told apart, whichever of both ways they are stored in: facts keep numbers as text."""
    if value is None:
        return None
    try:
        return f"{float(value):.4f}" if not isinstance(value, bool) else str(value)
    except (TypeError, ValueError):
        return str(value)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
