"""The way of a lead from its first sign to a sale: which step may follow which, and how a way of the past is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

NEW, MQL, SAL, SQL, CONVERTED, RECYCLED, LOST = "new", "mql", "sal", "sql", "converted", "recycled", "lost"
WAY = (NEW, MQL, SAL, SQL, CONVERTED)
"""Forward, one step after the other."""
ENDS = (RECYCLED, LOST)
ALL = (*WAY, *ENDS)
OPEN = (NEW, MQL, SAL, SQL)
REASON_NEEDED = frozenset(ENDS)
RECYCLED_FROM = (MQL, SAL, SQL)
"""What marketing never handed over cannot come back to it."""


def next_step(stage: str) -> str | None:
    """The stage that a lead is qualified into from here by hand; a conversion has a page of its own."""
    return WAY[WAY.index(stage) + 1] if stage in (NEW, MQL, SAL) else None


def targets(stage: str) -> tuple[str, ...]:
    """The stages that a lead may be moved into from here, the next step first."""
    if stage in ENDS:
        return (NEW,)
    if stage not in OPEN:
        return ()
    forward = next_step(stage)
    return (*((forward,) if forward else ()), *((RECYCLED,) if stage in RECYCLED_FROM else ()), LOST)


def place(stage: str) -> int:
    """How far along the way a stage is; -1 for the ends, which are on no place of it."""
    return WAY.index(stage) if stage in WAY else -1


@dataclass(frozen=True)
class Fact:
    """One step as it is kept: `seconds` in the stage before, `mql_seconds` since the lead was marketing qualified.

    `is_first`: the lead comes into the stage for the first time in its cycle, which is what funnels count.
    """

    cycle: int
    from_stage: str | None
    to_stage: str
    at: datetime
    seconds: int | None
    mql_seconds: int | None
    is_first: bool


@dataclass
class Standing:
    """Where a lead stands as its next fact is made: its cycle, since when, and which stages this cycle has seen."""

    cycle: int
    stage: str | None
    since: datetime | None
    mql_at: datetime | None
    seen: set[str]


def follow(standing: Standing, stage: str, at: datetime) -> Fact:
    """The fact of coming into a stage; the standing goes along. Opening an ended lead again begins a new cycle."""
    if stage == NEW and standing.stage is not None:
        standing.cycle, standing.mql_at, standing.seen = standing.cycle + 1, None, set()
    is_first = stage not in standing.seen
    if stage == MQL and standing.mql_at is None:
        standing.mql_at = at
    fact = Fact(
        standing.cycle, standing.stage, stage, at, _seconds(standing.since, at), _seconds(standing.mql_at, at), is_first
    )
    standing.stage, standing.since = stage, at
    standing.seen.add(stage)
    return fact


def facts_of(way: Iterable[tuple[str, datetime]]) -> list[Fact]:
    """The facts of a whole way, oldest first."""
    standing = Standing(1, None, None, None, set())
    return [follow(standing, stage, at) for stage, at in way]


def way_of_source(stage: str, known: Mapping[str, datetime], otherwise: datetime) -> list[tuple[str, datetime]]:
    """The way that a file tells of: stages of which it gives the moment, in their order, and where the lead stands.

    Moments that run backwards are those of the step before: a file's dates have no times, and people write them later.
    """
    before = ENDS if stage in ENDS else WAY[place(stage) :]
    passed: Sequence[str] = [each for each in WAY if each in known and each not in before and each != CONVERTED]
    way: list[tuple[str, datetime]] = []
    for each in passed:
        way.append((each, max(known[each], way[-1][1]) if way else known[each]))
    last = known.get(stage, otherwise)
    return [*way, (stage, max(last, way[-1][1]) if way else last)]


def _seconds(since: datetime | None, at: datetime) -> int | None:
    """Whole seconds; a clock that ran backwards made it last nothing."""
    return None if since is None else max(0, int((at - since).total_seconds()))
