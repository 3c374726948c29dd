"""Putting the question: reads waves, stories, needs and capacity of a project as a planning problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from implementor.calendars.working_days import WorkCalendar
from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.planning import problem_queries as queries
from implementor.planning.problem import FREE, MUST, OUT, PINNED, POINTS, WONT, Candidate, Problem, Room
from implementor.waves.capacity import WaveCapacity
from implementor.waves.capacity_reading import capacities_on, ground_of
from implementor.waves.models import Wave

MOST_WAVES = 6
PROFILE, PERSON = "profile:", "person:"
STANDINGS = {"must": MUST, "wont": WONT}


class NotPlanned(Refusal):
    """The wave has started, or is over: what it carries is no longer chosen."""


@dataclass(frozen=True)
class Wish:
    """What a person says beside the facts: how many waves at once, whether each person's points bind, and pins.

    `kept_in` and `kept_out` are ids of stories; one that is kept in comes into any of the waves.
    """

    waves: int = 1
    by_person: bool = False
    kept_in: frozenset[int] = frozenset()
    kept_out: frozenset[int] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {
            "waves": self.waves, "by_person": self.by_person, "kept_in": sorted(self.kept_in),
            "kept_out": sorted(self.kept_out),
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Wish:
        return cls(data["waves"], data["by_person"], frozenset(data["kept_in"]), frozenset(data["kept_out"]))


@dataclass(frozen=True)
class Posed:
    """A problem with what people call its parts. `rows` are the stories by id, `present` where each of them is now.

    `calendar` says on which days the project works.
    """

    problem: Problem
    waves: Sequence[Wave]
    capacities: Sequence[WaveCapacity]
    rows: Mapping[int, Any]
    calendar: WorkCalendar
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def present(self) -> dict[int, int]:
        """The plan as it is: story id -> place of its wave."""
        places = {wave.id: place for place, wave in enumerate(self.waves)}
        return {row.id: places[row.wave_id] for row in self.rows.values() if row.wave_id in places}

    @property
    def has_room_stated(self) -> bool:
        """Whether anything limits every wave: without it there is nothing to choose by."""
        return all(room.holds for room in self.problem.rooms)


def pose(session: Session, first: Wave, wish: Wish, *, today: date) -> Posed:
    """The question for a wave and those planned after it. Raises NotPlanned for one that has started."""
    known = list(session.scalars(queries.planned_waves(project_id=first.project_id)))
    if first not in known:
        raise NotPlanned(
            say("%(wave)s has started or is over, so what it carries is no longer chosen.", wave=first.name)
        )
    start = known.index(first)
    return pose_for(session, known[start : start + max(1, min(wish.waves, MOST_WAVES))], wish, today=today)


def pose_for(session: Session, waves: Sequence[Wave], wish: Wish, *, today: date) -> Posed:
    """The question for these waves of one project; a fixed number of statements however many waves and stories."""
    asked: dict[str, Any] = {"project_id": waves[0].project_id, "wave_ids": [wave.id for wave in waves]}
    rows = {row.id: row for row in session.execute(queries.stories_to_choose(**asked))}
    hours: dict[int, dict[str, int]] = {}
    names: dict[str, str] = {}
    for row in session.execute(queries.hours_to_choose(**asked)):
        key = PROFILE + row.profile.strip().casefold()
        names.setdefault(key, row.profile.strip())
        own = hours.setdefault(row.story_id, {})
        own[key] = own.get(key, 0) + hundredths(row.hours)
    needs, barred = _needs(session.execute(queries.needs_to_choose(**asked)).all(), rows, waves)
    places = {wave.id: place for place, wave in enumerate(waves)}
    candidates = tuple(
        _candidate(row, hours.get(row.id, {}), wish, places, needs.get(row.id, ()), barred.get(row.id, ()))
        for row in rows.values()
    )
    ground = ground_of(session, waves)
    found = capacities_on(ground, waves)
    capacities = [found[wave.id] for wave in waves]
    rooms = tuple(room_of(wave.id, held, wish.by_person, names) for wave, held in zip(waves, capacities, strict=True))
    names |= {f"{PERSON}u{row.owner_id}": row.owner for row in rows.values() if row.owner_id is not None}
    return Posed(Problem(candidates, rooms), waves, capacities, rows, ground.calendar, names)


def hundredths(amount: Decimal) -> int:
    """An amount of points or hours as the problem counts it."""
    return int((amount * 100).to_integral_value())


def room_of(wave_id: int, capacity: WaveCapacity, by_person: bool, names: dict[str, str]) -> Room:
    """What a wave holds: its points, hours of each profile that is in it, and points of each person where asked."""
    holds: dict[str, int] = {}
    if capacity.points is not None:
        holds[POINTS] = hundredths(capacity.points)
    for profile, hours in capacity.hours_by_profile.items():
        key = PROFILE + profile.strip().casefold()
        names.setdefault(key, profile.strip())
        holds[key] = holds.get(key, 0) + hundredths(hours)
    for person in capacity.people if by_person else ():
        if person.user_id is not None and person.points is not None:
            key = f"{PERSON}u{person.user_id}"
            holds[key] = holds.get(key, 0) + hundredths(person.points)
    return Room(wave_id, holds)


def _candidate(
    row: Any,
    hours: Mapping[str, int],
    wish: Wish,
    places: Mapping[int, int],
    needs: Sequence[int],
    barred: Sequence[int],
) -> Candidate:
    takes: dict[str, int] | None = None
    if row.points is not None:
        points = hundredths(row.points)
        takes = {POINTS: points, **hours}
        if row.owner_id is not None:
            takes[f"{PERSON}u{row.owner_id}"] = points
    standing, only = STANDINGS.get(row.moscow or "", FREE), None
    if row.id in wish.kept_out:
        standing = OUT
    elif row.id in wish.kept_in:
        standing = PINNED
    elif row.status in ("doing", "review") and row.wave_id in places:
        # somebody is at work on it: it stays where it is
        standing, only = PINNED, places[row.wave_id]
    return Candidate(row.id, row.number, row.value or 0, takes, tuple(needs), tuple(barred), standing, only,
                     row.moscow == MUST)  # fmt: skip


def _needs(
    links: Sequence[Any], rows: Collection[int], waves: Sequence[Wave]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """What each story waits for among the candidates (ids), and outside of them where it comes too late (numbers)."""
    first = (waves[0].rank, waves[0].id)
    inside: dict[int, list[int]] = {}
    late: dict[int, list[int]] = {}
    for link in links:
        if link.blocker_id in rows:
            inside.setdefault(link.blocked_id, []).append(link.blocker_id)
        elif not link.is_started and (link.rank is None or (link.rank, link.wave_id) > first):
            late.setdefault(link.blocked_id, []).append(link.number)
    return inside, late
