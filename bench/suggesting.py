"""The plan of six hundred stories, for the bench: at once by greed, and proved by the solver in its own process."""

import time
from random import Random

from bench.databases import Stock
from bench.figures import Figure, median, percentile
from implementor.planning.asking_solver import solved
from implementor.planning.greedy import greedy_plan
from implementor.planning.problem import MUST, POINTS, Candidate, Problem, Room

NAME, ROUNDS, STORIES, LIMIT = "suggest", 5, 600, 5000.0
"""The limit is what the proof may take, in milliseconds; the greedy plan stands under draw and may take 500."""
SIZES = (1, 2, 3, 5, 8, 13)
PROFILES = ("analyst", "developer", "trainer")
ROOM = {POINTS: 30_000, "profile:analyst": 42_000, "profile:developer": 42_000, "profile:trainer": 40_000}


def suggest_figure(stock: Stock) -> Figure:
    """How long both take over five backlogs. Raises AssertionError where one is not proved, or worse than greed."""
    exact, quick = [], []
    for seed in range(ROUNDS):
        problem = backlog(seed)
        began = time.perf_counter()
        greedy_plan(problem)
        quick.append((time.perf_counter() - began) * 1000)
        began = time.perf_counter()
        found = solved(problem, lambda _seconds: None)
        exact.append((time.perf_counter() - began) * 1000)
        assert found.is_proved, f"backlog {seed} was not proved"
    return Figure(
        NAME, stock.kind, stock.size, median(exact), percentile(exact, 95), 1000 / median(exact), 0, 0, LIMIT,
        median(exact) / LIMIT, 0, 0, median(quick),
    )  # fmt: skip


def backlog(seed: int) -> Problem:
    """Stories as a real backlog has them: usual sizes, chains of dependencies, two profiles, must-haves."""
    dice = Random(seed)  # noqa: S311  # invented stories, no secret
    return Problem(tuple(_story(dice, number) for number in range(1, STORIES + 1)), (Room(1, ROOM),))


def _story(dice: Random, number: int) -> Candidate:
    points = dice.choice(SIZES)
    takes = {POINTS: points * 100}
    takes |= {f"profile:{name}": points * dice.randint(1, 4) * 100 for name in dice.sample(PROFILES, 2)}
    needs = (dice.randint(max(1, number - 40), number - 1),) if number > 1 and dice.random() < 0.3 else ()
    standing = MUST if dice.random() < 0.02 else "free"
    return Candidate(number, number, dice.randint(1, 100), takes, needs, (), standing)
