"""The flow of a project in a stretch of days: every figure of its page, read in five statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from implementor.stories.statuses import FINISHED
from implementor.waves import flow_queries as queries
from implementor.waves.flow import (
    Age,
    Cycle,
    Move,
    age_of,
    cumulative_flow,
    cycle_of,
    lives,
    percentile,
    time_in_status,
)

MOST_MOVES = 20_000
LEVELS = (50, 85, 95)
NOTHING = Decimal(0)


@dataclass(frozen=True)
class WaveKept:
    """What a closed wave promised and kept, in stories and points; `velocity` is all it finished, in points."""

    number: int
    name: str
    closed_on: date
    promised: int
    kept: int
    promised_points: Decimal
    kept_points: Decimal
    velocity: Decimal

    @property
    def predictability(self) -> float | None:
        """Kept of promised, 0 to 1, in points where there are any; None where nothing was promised."""
        if self.promised_points:
            return float(self.kept_points / self.promised_points)
        return self.kept / self.promised if self.promised else None


@dataclass(frozen=True)
class HeldUp:
    """An obstacle and the days for which it held stories up in the stretch; `days` counts each story for itself."""

    row: Any
    days: float


@dataclass(frozen=True)
class Flow:
    """All of it; `names` maps a story to its number and title, `is_cut` says that there was more than was read."""

    days: Sequence[tuple[date, dict[str, int]]]
    cycles: Sequence[Cycle]
    levels: dict[int, float | None]
    ages: Sequence[Age]
    statuses: dict[str, tuple[float, float]]
    waves: Sequence[WaveKept]
    held_up: Sequence[HeldUp]
    names: dict[int, tuple[int, str]]
    first: date
    last: date
    is_cut: bool

    @property
    def usual(self) -> float | None:
        """Days within which 85 of 100 stories were finished."""
        return self.levels[85]


def flow_of(session: Session, *, project_id: int, first: date, at: datetime, zone: tzinfo) -> Flow:
    """The flow from the beginning of `first` to now; begins later where more than MOST_MOVES changes lie between."""
    since = datetime.combine(first, time.min, zone)
    moves = [
        Move(*row)
        for row in session.execute(queries.moves_since(project_id=project_id, since=since, limit=MOST_MOVES + 1))
    ]
    is_cut = len(moves) > MOST_MOVES
    if is_cut:
        first = moves[-1].at.astimezone(zone).date() + timedelta(days=1)
        since = datetime.combine(first, time.min, zone)
        moves = [move for move in moves if move.at >= since]
    standing = {row[0]: row[1] for row in session.execute(queries.standing_of(project_id=project_id))}
    told = session.execute(queries.lives_since(project_id=project_id, since=since, limit=5 * MOST_MOVES)).all()
    known = lives(Move(*row[:4]) for row in told)
    last = at.astimezone(zone).date()
    cycles = [cycle for life in known.values() if (cycle := cycle_of(life, zone)) and cycle.finished >= first]
    ages = [age for life in known.values() if (age := age_of(life, today=last, zone=zone))]
    return Flow(
        cumulative_flow(moves, standing, first=first, last=last, zone=zone),
        sorted(cycles, key=lambda one: (one.finished, one.story_id)),
        {share: percentile([cycle.days for cycle in cycles], share) for share in LEVELS},
        sorted(ages, key=lambda one: -one.days),
        _statuses({cycle.story_id for cycle in cycles}, known, at),
        _kept(session.execute(queries.kept_by_waves(project_id=project_id)).all(), zone),
        _held_up(session.execute(queries.held_up_since(project_id=project_id, since=since)).all(), since, at),
        {row.story_id: (row.number, row.title) for row in told},
        first,
        last,
        is_cut,
    )


def _statuses(finished: set[int], known: dict[int, list[Move]], at: datetime) -> dict[str, tuple[float, float]]:
    """Half of the finished stories stood in a status for no longer than the first figure, 85 of 100 than the second."""
    spent: dict[str, list[float]] = {}
    for story_id in finished:
        for status, days in time_in_status(known[story_id], at=at).items():
            spent.setdefault(status, []).append(days)
    return {
        status: (percentile(days, 50) or 0.0, percentile(days, 85) or 0.0) for status, days in spent.items() if days
    }


def _kept(rows: Sequence[Any], zone: tzinfo) -> list[WaveKept]:
    found = []
    for (number, name, closed_at), group in groupby(rows, key=lambda row: (row.number, row.name, row.closed_at)):
        stories = list(group)
        promised = [row for row in stories if row.is_promised]
        done = [row for row in stories if row.status in FINISHED]
        kept = [row for row in promised if row.status in FINISHED]
        found.append(
            WaveKept(
                number,
                name,
                closed_at.astimezone(zone).date(),
                len(promised),
                len(kept),
                sum((row.promised_points or NOTHING for row in promised), NOTHING),
                sum((row.promised_points or NOTHING for row in kept), NOTHING),
                sum((row.points or NOTHING for row in done), NOTHING),
            )
        )
    return found


def _held_up(rows: Sequence[Any], since: datetime, at: datetime) -> list[HeldUp]:
    held = []
    for row in rows:
        lasted = min(row.resolved_at or at, at) - max(row.opened_at, since)
        held.append(HeldUp(row, max(lasted.total_seconds(), 0.0) / 86400 * row.stories))
    return sorted(held, key=lambda one: -one.days)
