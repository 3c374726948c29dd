"""What a stage makes of an opportunity: its certainty, what must be known there, and when it is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from implementor.foundation.pipelines import Pipeline, Stage

DAY = 86_400
"""Seconds."""


@dataclass(frozen=True)
class Step:
    """One stage of the way as a page shows it; `days` is how long the opportunity was there (None: never)."""

    stage: Stage
    days: int | None
    is_current: bool
    is_late: bool


def certainty(stage: Stage) -> Decimal:
    """The probability that an opportunity has on coming into a stage, 0 to 1."""
    return Decimal(stage.probability).scaleb(-2)


def missing_here(stage: Stage, value_of: Callable[[str], Any]) -> list[str]:
    """The names of the fields that the stage requires and that have no value."""
    return [name for name in stage.required_fields if value_of(name) in (None, "", [])]


def late_from(stage: Stage | None, since: datetime) -> datetime | None:
    """The moment after which an open opportunity that came at `since` is late in its stage; None for never."""
    if stage is None or not stage.is_open or stage.days_limit is None:
        return None
    return since + timedelta(days=stage.days_limit)


def is_late(stage: Stage | None, since: datetime, now: datetime) -> bool:
    """Whether it stands here for longer than the stage's limit of days."""
    limit = late_from(stage, since)
    return limit is not None and now > limit


def late_before(stage: Stage, now: datetime) -> datetime | None:
    """Opportunities that came into the stage before this moment are late now; None where there is no limit."""
    if stage.days_limit is None or not stage.is_open:
        return None
    return now.astimezone(UTC) - timedelta(days=stage.days_limit)


def whole_days(seconds: int) -> int:
    """Days that are over."""
    return seconds // DAY


def seconds_between(since: datetime, at: datetime) -> int:
    """How long something lasted; a clock that ran backwards made it last nothing."""
    return max(0, int((at - since).total_seconds()))


def steps_of(
    pipeline: Pipeline, present: Stage, since: datetime, past: Iterable[tuple[int | None, int | None]], now: datetime
) -> list[Step]:
    """The way through a pipeline: stages in use and the present one; of those that end it, only one that did.

    `past` are (stage left, seconds there) of every move.
    """
    spent: dict[int | None, int] = {}
    for stage_id, seconds in past:
        spent[stage_id] = spent.get(stage_id, 0) + (seconds or 0)
    if present.is_open:
        spent[present.id] = spent.get(present.id, 0) + seconds_between(since, now)
    return [
        Step(
            stage,
            whole_days(spent[stage.id]) if stage.id in spent else None,
            stage.id == present.id,
            stage.id == present.id and is_late(stage, since, now),
        )
        for stage in pipeline.stages
        if stage.id == present.id or (stage.is_active and (stage.is_open or (present.is_open and stage.kind == "won")))
    ]
