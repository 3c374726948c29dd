"""What a plan is chosen from: stories with what they bring and take, waves with the room they have, and what binds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

FREE, MUST, PINNED, OUT, WONT = "free", "must", "pinned", "out", "wont"
REQUIRED = (MUST, PINNED)
POINTS = "points"
"""The resource that every estimated story takes; others are `profile:NAME` and `person:KEY`."""
WHOLE, LEAST = 10, 1
"""Tenths of its value that a story counts in the first wave, and at least; each wave later takes one off."""

Plan = Mapping[int, int]
"""Story id -> the place of its wave in the problem, from 0; stories that are left out are not in it."""


@dataclass(frozen=True)
class Candidate:
    """A story that could be planned.

    `value` is 0 where none is stated. `takes` maps resources to hundredths (of points, of hours) and is None without an
    estimate. `needs` are ids of candidates that it waits for, `barred_by` numbers of stories that come too late for it.
    `standing` is free, must, pinned (in), out (pinned out) or wont; `only` is the place of the one wave allowed;
    `is_must` says that it is a must-have whatever its standing.
    """

    id: int
    number: int
    value: int
    takes: Mapping[str, int] | None
    needs: tuple[int, ...] = ()
    barred_by: tuple[int, ...] = ()
    standing: str = FREE
    only: int | None = None
    is_must: bool = False

    @property
    def is_required(self) -> bool:
        return self.standing in REQUIRED

    @property
    def points(self) -> int:
        """Hundredths of points; 0 without an estimate."""
        return 0 if self.takes is None else self.takes.get(POINTS, 0)


@dataclass(frozen=True)
class Room:
    """What a wave holds: resources in hundredths; one that is not named has no limit."""

    wave_id: int
    holds: Mapping[str, int]


@dataclass(frozen=True)
class Problem:
    """Candidates by rank and the waves in their order."""

    candidates: tuple[Candidate, ...]
    rooms: tuple[Room, ...]

    @cached_property
    def by_id(self) -> dict[int, Candidate]:
        return {one.id: one for one in self.candidates}

    @cached_property
    def place(self) -> dict[int, int]:
        """The place of each candidate in the order of ranks."""
        return {one.id: place for place, one in enumerate(self.candidates)}

    @cached_property
    def eligible(self) -> frozenset[int]:
        """Candidates that some plan may hold: estimated, not kept out, and so is everything they wait for."""
        allowed = {one.id for one in self.candidates if _may_be_in(one)}
        while True:
            kept = {number for number in allowed if all(need in allowed for need in self.by_id[number].needs)}
            if kept == allowed:
                return frozenset(kept)
            allowed = kept

    @cached_property
    def required(self) -> tuple[int, ...]:
        """What should be in whatever it is worth, as far as it may be in at all."""
        return tuple(one.id for one in self.candidates if one.is_required and one.id in self.eligible)

    def bundle(self, story_id: int, placed: Iterable[int] = ()) -> list[int]:
        """A candidate with everything it waits for, one through another, that is not placed; by rank."""
        known = set(placed)
        found: set[int] = set()
        waiting = [story_id]
        while waiting:
            number = waiting.pop()
            if number not in found and number not in known:
                found.add(number)
                waiting += self.by_id[number].needs
        return sorted(found, key=self.place.__getitem__)

    def taken(self, ids: Iterable[int]) -> dict[str, int]:
        """What stories take together, by resource."""
        total: dict[str, int] = {}
        for number in ids:
            for resource, amount in (self.by_id[number].takes or {}).items():
                total[resource] = total.get(resource, 0) + amount
        return total

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal problems, whatever the moment."""
        return self.fingerprint_with([])

    def fingerprint_with(self, more: Sequence[Any]) -> str:
        """The sum of the problem and of what stands beside it, as JSON holds it."""
        return hashlib.sha256(json.dumps([as_json(self), *more], sort_keys=True).encode()).hexdigest()


def _may_be_in(one: Candidate) -> bool:
    return one.takes is not None and one.standing not in (OUT, WONT) and not one.barred_by


def worth(problem: Problem, story_id: int, place: int) -> int:
    """What a story counts in a wave: its value in tenths, one tenth of it less for every wave later."""
    return problem.by_id[story_id].value * max(WHOLE - place, LEAST)


def score(problem: Problem, plan: Plan) -> tuple[int, int, int, int]:
    """How good a plan is, the first figure first: pinned in, must-haves in, worth, and the order of ranks.

    Among plans of the same worth the one whose stories stand higher wins; a story without value counts against it.
    """
    held = [problem.by_id[number] for number in plan]
    return (
        sum(one.standing == PINNED for one in held),
        sum(one.standing == MUST for one in held),
        sum(worth(problem, number, place) for number, place in plan.items()),
        sum(tie_weight(problem, number) for number in plan),
    )


def tie_weight(problem: Problem, story_id: int) -> int:
    """What a story counts where worth does not decide."""
    count = len(problem.candidates)
    return count - problem.place[story_id] if problem.by_id[story_id].value else -count


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What a plan breaks, as short marks; none means that it may be carried out."""
    found = [f"kept out: {number}" for number in plan if number not in problem.eligible]
    for number, place in plan.items():
        one = problem.by_id[number]
        if one.only not in (None, place):
            found.append(f"wrong wave: {number}")
        found += [f"too early: {number}" for need in one.needs if plan.get(need, len(problem.rooms)) > place]
    for place, room in enumerate(problem.rooms):
        taken = problem.taken(number for number, wave in plan.items() if wave == place)
        found += [f"too much: {key} in {place}" for key, held in room.holds.items() if taken.get(key, 0) > held]
    return found


def cycles(problem: Problem) -> list[tuple[int, ...]]:
    """Stories that wait for each other in a ring, by rank; they can only come together."""
    reach = {one.id: set(problem.bundle(one.id)) for one in problem.candidates if one.needs}
    found: dict[frozenset[int], tuple[int, ...]] = {}
    for number in reach:
        ring = frozenset(other for other in reach[number] if other in reach and number in reach[other])
        if len(ring) > 1:
            found.setdefault(ring, tuple(sorted(ring, key=problem.place.__getitem__)))
    return list(found.values())


# --- as rows keep it, and as the solver is given it -------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """An exact answer. `bound` is the most worth that could be reached; it is proved where that is reached.

    `too_large` are required stories that fit nowhere even alone, `conflict` is a least set of others that do not fit
    together: without any one of them the rest would.
    """

    plan: dict[int, int]
    worth: int
    bound: int
    is_proved: bool
    too_large: tuple[int, ...] = ()
    conflict: tuple[int, ...] = ()


def as_json(problem: Problem) -> dict[str, Any]:
    """A problem as JSON holds it."""
    return {
        "candidates": [
            {**asdict(one), "takes": None if one.takes is None else dict(one.takes)} for one in problem.candidates
        ],
        "rooms": [{"wave_id": room.wave_id, "holds": dict(room.holds)} for room in problem.rooms],
    }


def problem_from(data: Mapping[str, Any]) -> Problem:
    """The problem that `as_json` wrote."""
    return Problem(
        tuple(
            Candidate(**{**one, "needs": tuple(one["needs"]), "barred_by": tuple(one["barred_by"])})
            for one in data["candidates"]
        ),
        tuple(Room(room["wave_id"], room["holds"]) for room in data["rooms"]),
    )
