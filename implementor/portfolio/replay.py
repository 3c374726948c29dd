"""A project as it was at the end of a day: plan, stories, risks, gates, promises, money and the colours of all that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from implementor.finance.standing import MoneyStanding, money_of_projects
from implementor.foundation.fields import Choice
from implementor.governance.heat_map import RiskMap, drawn_map
from implementor.governance.models import Obstacle, Risk
from implementor.governance.queries.risks import ratings_at
from implementor.history.encoding import decoded_values
from implementor.portfolio import replay_queries as queries
from implementor.portfolio.colours_then import Colour, colours_of
from implementor.portfolio.rolling_back import Later, StoryThen, Then, rolled_back, stories_then
from implementor.stages.models import Gate, Stage
from implementor.status.limiting import limits_of_projects
from implementor.status.limits import USUAL
from implementor.status.report_queries import overrides_then
from implementor.stories.models import Milestone
from implementor.stories.statuses import FINISHED, STATUSES
from implementor.waves.models import Wave

MODELS: dict[str, type[Any]] = {
    model.__record_kind__: model for model in (Stage, Wave, Gate, Milestone, Obstacle, Risk)
}
"""Kinds whose records are rolled back by their history."""
NONE = Decimal(0)


@dataclass(frozen=True)
class WaveThen:
    """A wave on that day, its points as `status.figures.wave_figures` reads them; `stories` counts what it held."""

    wave: Then
    stories: int
    stories_validated: int
    promised: Decimal
    removed: Decimal
    held: Decimal
    added: Decimal
    validated: Decimal

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wave, name)


@dataclass(frozen=True)
class GateThen:
    """A gate on that day with how many of its lines held when they were last read, and when; None: never read."""

    gate: Then
    passed: int | None
    lines: int | None
    read_on: date | None


@dataclass(frozen=True)
class Replay:
    """Everything that is shown of a day."""

    stages: Sequence[Then]
    waves: Sequence[WaveThen]
    statuses: Sequence[tuple[Choice, int, Decimal]]
    risks: RiskMap
    obstacles: Sequence[Then]
    milestones: Sequence[Then]
    gates: Sequence[GateThen]
    colours: Sequence[Colour]
    money: MoneyStanding | None
    story_count: int
    brought_later: int = 0
    points: Decimal = field(default=NONE)


def replay_of(session: Session, project: Any, *, on: date, at: datetime, sees_money: bool) -> Replay:
    """The project at the moment `at`, the last of the day `on`; as many statements for any day and any size."""
    place = {"project_id": project.id}
    then = records_at(session, project.id, at)
    now = session.execute(queries.stories_now(**place)).all()
    stories = stories_then(now, session.execute(queries.facts_after(at=at, **place)), at)
    counted = [one for one in stories if one.status != "dropped"]
    waves = _waves(then["wave"], counted, session.execute(queries.commitments_until(at=at, **place)).all())
    tests = session.execute(queries.tests_until(at=at, **place)).one()
    money = money_of_projects(session, [project.id], on=on, known_at=at).get(project.id) if sees_money else None
    ids = {one.id for one in stories}
    limits = limits_of_projects(session, [project.id], at=at).get(project.id, USUAL)
    by_hand = {row.ColourOverride.dimension: row for row in session.execute(overrides_then(on=on, at=at, **place))}
    return Replay(
        stages=then["stage"],
        waves=waves,
        statuses=_statuses(stories),
        risks=drawn_map(session.execute(ratings_at(at=at, **place)).all()),
        obstacles=[one for one in then["obstacle"] if _is_open(one.opened_at, one.resolved_at, at)],
        milestones=[one for one in then["milestone"] if one.reached_on is None or one.reached_on > on],
        gates=_gates(then["gate"], session.execute(queries.readings_until(on=on, **place)).all()),
        colours=colours_of(
            then, waves, tests, money, on=on, at=at, sees_money=sees_money, limits=limits, by_hand=by_hand
        ),
        money=money,
        story_count=len(counted),
        brought_later=sum(1 for row in now if row.id in ids and row.created_at > at),
        points=_points(counted),
    )


def records_at(
    session: Session, project_id: int, at: datetime, kinds: Iterable[str] = tuple(MODELS)
) -> dict[str, list[Then]]:
    """Records of these kinds as they stood at a moment, by kind; a statement for each kind and one more."""
    wanted = tuple(kinds)
    present = {
        kind: [dict(row._mapping) for row in session.execute(queries.records_now(MODELS[kind], project_id=project_id))]
        for kind in wanted
    }
    found = session.execute(queries.changes_after(project_id=project_id, kinds=wanted, at=at))
    return rolled_back(present, map(_typed, found), at)


def _typed(row: Any) -> Later:
    if row.verb == "created":
        return Later(row.record_kind, row.record_id, None)
    mapper = inspect(MODELS[row.record_kind])
    return Later(row.record_kind, row.record_id, decoded_values(mapper, row.before or {}))


def _is_open(opened_at: datetime, ended_at: datetime | None, at: datetime) -> bool:
    return opened_at <= at and (ended_at is None or ended_at > at)


def _points(stories: Iterable[StoryThen]) -> Decimal:
    return sum((Decimal(one.points) for one in stories if one.points), NONE)


def _waves(waves: Iterable[Then], stories: Iterable[StoryThen], promised: Iterable[Any]) -> list[WaveThen]:
    inside: dict[int | None, list[StoryThen]] = defaultdict(list)
    for story in stories:
        inside[story.wave_id].append(story)
    committed: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for row in promised:
        committed[row.wave_id][row.story_id] = row.points or NONE
    return [_wave(wave, inside[wave.id], committed[wave.id]) for wave in waves]


def _wave(wave: Then, stories: Sequence[StoryThen], committed: dict[int, Decimal]) -> WaveThen:
    here = {one.id for one in stories}
    finished = [one for one in stories if one.status in FINISHED]
    return WaveThen(
        wave,
        stories=len(stories),
        stories_validated=len(finished),
        promised=sum(committed.values(), NONE),
        removed=sum((points for story_id, points in committed.items() if story_id not in here), NONE),
        held=_points(stories),
        added=_points(one for one in stories if one.id not in committed),
        validated=_points(finished),
    )


def _statuses(stories: Sequence[StoryThen]) -> list[tuple[Choice, int, Decimal]]:
    """Every status that any story had, with how many and their points, in the order of a story's life."""
    counts = Counter(one.status for one in stories)
    return [
        (choice, counts[choice.key], _points(one for one in stories if one.status == choice.key))
        for choice in STATUSES
        if counts[choice.key]
    ]


def _gates(gates: Iterable[Then], readings: Iterable[Any]) -> list[GateThen]:
    read = {row.gate_id: row for row in readings}
    found = []
    for gate in gates:
        row = read.get(gate.id)
        found.append(GateThen(gate, *((row.passed, row.lines, row.read_on) if row else (None, None, None))))
    return found
