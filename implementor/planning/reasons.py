"""Why a story is left out of a plan: one reason for each, with the figures that show it."""

from __future__ import annotations

from dataclasses import dataclass

from implementor.planning.greedy import density
from implementor.planning.problem import OUT, POINTS, WONT, Candidate, Plan, Problem

NO_ESTIMATE, PINNED_OUT, WILL_NOT, TOO_LATE, WAITS, TOO_LARGE, NO_VALUE, LOWER, NO_ROOM = (
    "no_estimate", "pinned_out", "will_not", "too_late", "waits", "too_large", "no_value", "lower", "no_room",
)  # fmt: skip


@dataclass(frozen=True)
class LeftOut:
    """Why a story is not in: a kind, and what belongs to it.

    `others` are numbers of stories (those it waits for), `resource` is what there is too little of, `wanted` and `left`
    are hundredths of it; of the kind `lower` they are hundredths of value for a point: its own, and the least that is
    in.
    """

    story_id: int
    kind: str
    others: tuple[int, ...] = ()
    resource: str = ""
    wanted: int = 0
    left: int = 0


def reasons(problem: Problem, plan: Plan) -> dict[int, LeftOut]:
    """A reason for each candidate that a plan leaves out, by story id."""
    left = [_left(problem, plan, place) for place in range(len(problem.rooms))]
    chosen_freely = [one for one in map(problem.by_id.__getitem__, plan) if not one.is_required and one.value]
    weakest = min((density(problem, one.id, _others(plan, one)) for one in chosen_freely), default=None)
    found: dict[int, LeftOut] = {}
    for one in problem.candidates:
        if one.id in plan:
            continue
        reason = _kept_out(problem, one) or _too_large(problem, one)
        if reason is None and not one.value and not one.is_required:
            reason = LeftOut(one.id, NO_VALUE)
        own = density(problem, one.id, plan)
        if reason is None and weakest is not None and own < weakest and not one.is_required:
            reason = LeftOut(one.id, LOWER, wanted=int(own * 100), left=int(weakest * 100))
        found[one.id] = reason or _no_room(problem, plan, one, left)
    return found


def _others(plan: Plan, one: Candidate) -> Plan:
    return {number: place for number, place in plan.items() if number != one.id}


def _left(problem: Problem, plan: Plan, place: int) -> dict[str, int]:
    taken = problem.taken(number for number, wave in plan.items() if wave == place)
    return {key: held - taken.get(key, 0) for key, held in problem.rooms[place].holds.items()}


def _kept_out(problem: Problem, one: Candidate) -> LeftOut | None:
    if one.takes is None:
        return LeftOut(one.id, NO_ESTIMATE)
    if one.standing in (OUT, WONT):
        return LeftOut(one.id, PINNED_OUT if one.standing == OUT else WILL_NOT)
    if one.barred_by:
        return LeftOut(one.id, TOO_LATE, one.barred_by)
    barring = tuple(problem.by_id[need].number for need in one.needs if need not in problem.eligible)
    return LeftOut(one.id, WAITS, barring) if barring else None


def _too_large(problem: Problem, one: Candidate) -> LeftOut | None:
    """Larger than every wave when it is empty: for itself, or with what it waits for."""
    for numbers in ([one.id], problem.bundle(one.id)):
        taken = problem.taken(numbers)
        for resource in sorted(taken, key=lambda key: (key != POINTS, key)):
            held = [room.holds.get(resource) for room in problem.rooms]
            most = max((amount for amount in held if amount is not None), default=0)
            alone = numbers == [one.id]
            # what it waits for may come in earlier waves, so only one wave alone makes the whole too large
            if None not in held and taken[resource] > most and (alone or len(problem.rooms) == 1):
                others = tuple(problem.by_id[other].number for other in numbers if other != one.id)
                return LeftOut(one.id, TOO_LARGE, others, resource, taken[resource], most)
    return None


def _no_room(problem: Problem, plan: Plan, one: Candidate, left: list[dict[str, int]]) -> LeftOut:
    """What is short in the wave where least is short, for itself and what it waits for."""
    numbers = problem.bundle(one.id, plan)
    taken = problem.taken(numbers)
    others = tuple(problem.by_id[other].number for other in numbers if other != one.id)
    short = [
        (amount - room[resource], place, resource, amount, room[resource])
        for place, room in enumerate(left)
        for resource, amount in sorted(taken.items())
        if amount > room.get(resource, amount)
    ]
    if not short:
        return LeftOut(one.id, NO_ROOM, others)
    worst = max((entry for entry in short if entry[1] == min(short)[1]), key=lambda entry: entry[0])
    return LeftOut(one.id, NO_ROOM, others, worst[2], worst[3], worst[4])
