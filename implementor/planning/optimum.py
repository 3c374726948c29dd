"""The exact plan: proved best by CP-SAT, or how far from it. Only the solver's own process imports this module."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from implementor.planning.conflicts import least_conflict, too_large
from implementor.planning.greedy import greedy_plan
from implementor.planning.problem import PINNED, Outcome, Plan, Problem, score, tie_weight, worth

EFFORT, TIE_EFFORT, ASKING_EFFORT = 3.0, 0.5, 0.5
"""Units of the solver's own deterministic time, about seconds: equal input ends at the same point on every machine."""
SEED = 1
BEST, GOOD = cp_model.OPTIMAL, (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass
class _Model:
    """Which story is in which wave, and what must hold."""

    problem: Problem
    model: Any = field(default_factory=cp_model.CpModel)
    places: dict[tuple[int, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        waves = range(len(self.problem.rooms))
        for number in sorted(self.problem.eligible, key=self.problem.place.__getitem__):
            only = self.problem.by_id[number].only
            for place in waves if only is None else (only,):
                self.places[number, place] = self.model.new_bool_var(f"{number}_{place}")
            self.model.add_at_most_one(self._of(number))
        self._respect_rooms()
        self._respect_needs()

    def _of(self, number: int, until: int | None = None) -> list[Any]:
        last = len(self.problem.rooms) - 1 if until is None else until
        return [self.places[number, place] for place in range(last + 1) if (number, place) in self.places]

    def _respect_rooms(self) -> None:
        for place, room in enumerate(self.problem.rooms):
            for resource, held in room.holds.items():
                terms = [
                    (self.problem.by_id[number].takes or {}).get(resource, 0) * chosen
                    for (number, wave), chosen in self.places.items()
                    if wave == place
                ]
                self.model.add(sum(terms) <= held)

    def _respect_needs(self) -> None:
        for (number, place), chosen in self.places.items():
            for need in self.problem.by_id[number].needs:
                self.model.add(chosen <= sum(self._of(need, until=place)))

    def require(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self.model.add_exactly_one(self._of(number))

    def required_count(self) -> Any:
        """How many required stories are in; one that is pinned weighs more than all must-haves."""
        heavy = len(self.problem.required) + 1
        return sum(
            (heavy if self.problem.by_id[number].standing == PINNED else 1) * chosen
            for number in self.problem.required
            for chosen in self._of(number)
        )

    def worth(self) -> Any:
        return sum(worth(self.problem, *key) * chosen for key, chosen in self.places.items())

    def tie(self) -> Any:
        return sum(tie_weight(self.problem, key[0]) * chosen for key, chosen in self.places.items())

    def solve(self, goal: Any, effort: float, start: Plan | None = None) -> tuple[Any, Any]:
        """The solver after its work, and how that ended."""
        solver: Any = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.random_seed = SEED
        solver.parameters.max_deterministic_time = effort
        self.model.clear_hints()
        if start is not None:
            for (number, place), chosen in self.places.items():
                self.model.add_hint(chosen, start.get(number) == place)
        if goal is not None:
            self.model.maximize(goal)
        return solver, solver.solve(self.model)

    def plan(self, solver: Any) -> dict[int, int]:
        return {number: place for (number, place), chosen in self.places.items() if solver.boolean_value(chosen)}


def exact_plan(problem: Problem, *, effort: float = EFFORT) -> Outcome:
    """The plan with most pinned stories, then must-haves, then worth, then rank; never below the greedy one."""
    start = greedy_plan(problem)
    whole = _Model(problem)
    whole.require(problem.required)
    solver, status = whole.solve(whole.worth(), effort, start)
    if status in GOOD:
        return _finish(whole, solver, status, start)
    large: list[int] = []
    conflict: list[int] = []
    if status == cp_model.INFEASIBLE:
        large, conflict = _clashes(problem)
    part = _Model(problem)
    solver, status = part.solve(part.required_count(), effort, start)
    if status not in GOOD:
        return _outcome(problem, start, _most(problem), False, large, conflict)
    part.model.add(part.required_count() >= round(solver.objective_value))
    plans: list[Plan] = [start, part.plan(solver)]
    best_so_far = max(plans, key=lambda plan: score(problem, plan))
    are_counted = status == BEST
    solver, status = part.solve(part.worth(), effort, best_so_far)
    if status not in GOOD:
        return _outcome(problem, best_so_far, _most(problem), False, large, conflict)
    made = _finish(part, solver, status, best_so_far)
    return _outcome(problem, made.plan, made.bound, made.is_proved and are_counted, large, conflict)


def _finish(made: _Model, solver: Any, status: Any, start: Plan) -> Outcome:
    """Among plans of the same worth the one that ranks higher; what time allowed of it, the same each time."""
    problem = made.problem
    found, bound = made.plan(solver), int(solver.best_objective_bound)
    if status == BEST:
        made.model.add(made.worth() >= round(solver.objective_value))
        solver, ended = made.solve(made.tie(), TIE_EFFORT, found)
        found = made.plan(solver) if ended in GOOD else found
    else:
        found = greedy_plan(problem, found)
    plans: list[Plan] = [found, start]
    return _outcome(problem, max(plans, key=lambda plan: score(problem, plan)), bound, status == BEST, [], [])


def _outcome(
    problem: Problem, plan: Plan, bound: int, is_proved: bool, large: Sequence[int], conflict: Sequence[int]
) -> Outcome:
    reached = score(problem, plan)[2]
    return Outcome(dict(plan), reached, max(bound, reached), is_proved, tuple(large), tuple(conflict))


def _most(problem: Problem) -> int:
    return sum(worth(problem, number, 0) for number in problem.eligible)


def _clashes(problem: Problem) -> tuple[list[int], list[int]]:
    """Required stories that fit nowhere alone, and a least set of the others that do not fit together."""

    def fits(numbers: Sequence[int]) -> bool:
        if _overfills(problem, numbers):
            return False
        asked = _Model(problem)
        asked.require(numbers)
        return bool(asked.solve(None, ASKING_EFFORT)[1] != cp_model.INFEASIBLE)

    large = too_large(problem.required, fits)
    rest = [number for number in problem.required if number not in large]
    rest.sort(key=lambda number: -problem.by_id[number].points)
    found = set(least_conflict(rest, fits)) if rest else set()
    return large, [number for number in problem.required if number in found]


def _overfills(problem: Problem, numbers: Sequence[int]) -> bool:
    """Whether stories take more than all waves hold together: seen without asking the solver."""
    everything = {other for number in numbers for other in problem.bundle(number)}
    for resource, amount in problem.taken(everything).items():
        held = [room.holds.get(resource) for room in problem.rooms]
        if None not in held and amount > sum(one for one in held if one is not None):
            return True
    return False
