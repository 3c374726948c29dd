"""Records as they were at a moment: what they are now, with every later change taken back, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True)
class Later:
    """A change after the moment: of which record, and the values that it replaced, typed (None: it made the record)."""

    kind: str
    record_id: int
    before: Mapping[str, Any] | None


class Then:
    """One record as it was; its values are attributes."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def rolled_back(
    present: Mapping[str, Iterable[Values]], changes: Iterable[Later], at: datetime
) -> dict[str, list[Then]]:
    """Kind -> its records as they were at the moment, in the order given; `changes` come the newest first.

    `present` are values of the records now, each with `id` and `created_at`. What was made later or was put away then
    is left out.
    """
    now = {kind: {one["id"]: dict(one) for one in found} for kind, found in present.items()}
    for change in changes:
        record = now.get(change.kind, {}).get(change.record_id)
        if record is None:
            continue
        if change.before is None:
            del now[change.kind][change.record_id]
        else:
            record.update(change.before)
    return {
        kind: [Then(one) for one in found.values() if one["created_at"] <= at and _is_in_use(one, at)]
        for kind, found in now.items()
    }


def _is_in_use(values: Values, at: datetime) -> bool:
    archived_at = values.get("archived_at")
    return archived_at is None or archived_at > at


@dataclass(frozen=True)
class StoryThen:
    """A story as it was: its status, points and the id of its wave."""

    id: int
    status: str
    points: Any
    wave_id: int | None


def stories_then(present: Iterable[Any], later: Iterable[Any], at: datetime) -> list[StoryThen]:
    """Stories as they were at a moment.

    `present` are rows (id, created_at, archived_at, first_at, status, points, wave_id), `first_at` when the first fact
    of it happened, which may be before it was brought here; `later` are facts (story_id, kind, before) after the
    moment, the oldest first: the first of each kind says how it was until then.
    """
    until: dict[tuple[int, str], str | None] = {}
    for fact in later:
        until.setdefault((fact.story_id, fact.kind), fact.before)
    found = []
    for row in present:
        began = row.created_at if row.first_at is None else min(row.created_at, row.first_at)
        status = until.get((row.id, "status"), row.status)
        if began > at or status is None or (row.archived_at is not None and row.archived_at <= at):
            continue
        wave = until.get((row.id, "wave"), row.wave_id)
        points = until.get((row.id, "points"), row.points)
        found.append(StoryThen(row.id, status, points, int(wave) if wave is not None else None))
    return found
