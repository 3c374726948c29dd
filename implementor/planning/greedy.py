"""A plan at once: required stories first, then whatever brings most value for its points, as long as it fits."""

from __future__ import annotations

from fractions import Fraction

from implementor.planning.problem import PINNED, POINTS, Plan, Problem

BEYOND = Fraction(10**9)
"""A story that takes no points comes first, as in the weighted score."""


class _Filling:
    """Waves while they are filled: what is placed where, and how much room is left."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan: dict[int, int] = {}
        self.left = [dict(room.holds) for room in problem.rooms]
        for number, place in plan.items():
            self._put([number], place)

    def try_in(self, story_id: int, place: int) -> bool:
        """Put a story with what it waits for into a wave, if all of it may and fits."""
        bundle = self.problem.bundle(story_id, (number for number, wave in self.plan.items() if wave <= place))
        if any(number in self.plan or self.problem.by_id[number].only not in (None, place) for number in bundle):
            return False
        taken, left = self.problem.taken(bundle), self.left[place]
        if any(amount > left.get(resource, amount) for resource, amount in taken.items()):
            return False
        self._put(bundle, place)
        return True

    def _put(self, numbers: list[int], place: int) -> None:
        left = self.left[place]
        for resource, amount in self.problem.taken(numbers).items():
            if resource in left:
                left[resource] -= amount
        self.plan.update(dict.fromkeys(numbers, place))


def greedy_plan(problem: Problem, begun: Plan | None = None) -> dict[int, int]:
    """A plan that breaks nothing, the same for equal input; `begun` is one to fill up instead of an empty one.

    Pinned stories come first, then must-haves (the small ones first, so that many get in), each into the earliest wave
    that holds it; then wave by wave the others, by value for each point of the story with what it waits for.
    """
    filling = _Filling(problem, begun or {})
    waves = range(len(problem.rooms))
    for number in sorted(problem.required, key=lambda number: _need(problem, number)):
        if number not in filling.plan:
            any(filling.try_in(number, place) for place in waves)
    for place in waves:
        _fill(filling, place)
    return filling.plan


def _need(problem: Problem, story_id: int) -> tuple[bool, int, int]:
    size = problem.taken(problem.bundle(story_id)).get(POINTS, 0)
    return problem.by_id[story_id].standing != PINNED, size, problem.place[story_id]


def _fill(filling: _Filling, place: int) -> None:
    """Go over the candidates again as long as anything got in: each makes others smaller that wait for it."""
    problem, grew = filling.problem, True
    while grew:
        open_ones = [
            number for number in problem.eligible if number not in filling.plan and problem.by_id[number].value
        ]
        order = sorted(open_ones, key=lambda number: (-density(problem, number, filling.plan), problem.place[number]))
        grew = bool(sum(filling.try_in(number, place) for number in order if number not in filling.plan))


def density(problem: Problem, story_id: int, placed: Plan) -> Fraction:
    """The value for each point of a story with everything it waits for that is not placed."""
    bundle = problem.bundle(story_id, placed)
    value = sum(problem.by_id[number].value for number in bundle)
    points = sum(problem.by_id[number].points for number in bundle)
    return Fraction(value * 100, points) if points else BEYOND + value
