"""Planning problems for tests: written by hand, drawn at random, and solved by trying everything."""

from collections.abc import Iterable
from itertools import product
from random import Random
from typing import Any

from hypothesis import strategies as some

from implementor.planning.problem import FREE, Candidate, Plan, Problem, Room, faults, score

STANDINGS = (FREE, FREE, FREE, "must", "must", "pinned", "out", "wont")


def story(number: int, value: int, points: int | None, **more: Any) -> Candidate:
    """A candidate whose id is its number; points are whole, `hours` maps profiles to whole hours."""
    hours = more.pop("hours", {})
    takes = None if points is None else {"points": points * 100} | {f"profile:{n}": h * 100 for n, h in hours.items()}
    return Candidate(number, number, value, takes, **more)


def problem(stories: Iterable[Candidate], *capacities: int | None, **hours: int) -> Problem:
    """Waves of so many points each (None: no limit), all with the same hours by profile."""
    limits = {f"profile:{name}": held * 100 for name, held in hours.items()}
    rooms = [Room(place + 1, limits | ({} if held is None else {"points": held * 100}))
             for place, held in enumerate(capacities)]  # fmt: skip
    return Problem(tuple(stories), tuple(rooms))


@some.composite
def problems(draw: Any, most: int = 6, waves: int = 2) -> Problem:
    """Small ones with everything that can happen: rings of dependencies, pins, no estimates, no room."""
    count = draw(some.integers(0, most))
    rooms = draw(some.lists(some.one_of(some.none(), some.integers(0, 14)), min_size=1, max_size=waves))
    stories = [
        story(
            number,
            draw(some.integers(0, 20)),
            draw(some.one_of(some.none(), some.integers(0, 8), some.integers(1, 8), some.integers(1, 8))),
            hours=draw(some.sampled_from([{}, {"analyst": 3}, {"analyst": 8, "trainer": 2}])),
            needs=tuple(draw(some.sets(some.integers(1, count), max_size=2)) - {number}),
            barred_by=draw(some.sampled_from([(), (), (), (), (99,)])),
            standing=draw(some.sampled_from(STANDINGS)),
            only=draw(some.sampled_from([None, None, None, len(rooms) - 1])),
        )
        for number in range(1, count + 1)
    ]
    return problem(stories, *rooms, analyst=draw(some.integers(0, 20)))


def best_by_trying(wanted: Problem) -> tuple[int, int, int, int]:
    """The score of the best of all plans."""
    places: list[int | None] = [None, *range(len(wanted.rooms))]
    numbers = [one.id for one in wanted.candidates]
    plans: Iterable[Plan] = (
        {number: place for number, place in zip(numbers, chosen, strict=True) if place is not None}
        for chosen in product(places, repeat=len(numbers))
    )
    return max(score(wanted, plan) for plan in plans if not faults(wanted, plan))


def large(count: int = 600, *, seed: int = 7, waves: int = 1) -> Problem:
    """As a real backlog: Fibonacci points, values to 100, chains of dependencies, hours of three profiles."""
    dice = Random(seed)
    stories = []
    for number in range(1, count + 1):
        points = dice.choice((1, 2, 3, 5, 8, 13))
        needs = {dice.randint(max(1, number - 40), number - 1)} if number > 1 and dice.random() < 0.3 else set()
        hours = {name: points * dice.randint(1, 4) for name in dice.sample(("analyst", "developer", "trainer"), 2)}
        standing = "must" if dice.random() < 0.02 else FREE
        stories.append(story(number, dice.randint(1, 100), points, hours=hours, needs=tuple(needs), standing=standing))
    return problem(stories, *([300] * waves), analyst=420, developer=420, trainer=400)
