"""What a plan comes to: value, points, load against room, must-haves, broken rules, and when its waves are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from implementor.planning.problem import POINTS, Plan, Problem
from implementor.planning.what_if import Altered
from implementor.waves.forecast import Forecast, draws_from, simulate
from implementor.waves.forecasting import ProjectForecast

OVER, EARLY, BARRED, UNKNOWN, MUSTS = "over", "early", "barred", "unknown", "musts"
MOST_MUSTS = 60
"""Per cent of a wave's points that must-haves should not pass."""
SHARES = (50, 85)


@dataclass(frozen=True)
class Broken:
    """A rule that a plan breaks: what kind, in which wave (its place), with which stories or of which resource."""

    kind: str
    place: int
    stories: tuple[int, ...] = ()
    resource: str = ""
    taken: int = 0
    held: int = 0


@dataclass(frozen=True)
class Ending:
    """When a wave is done: days by chance in per cent (None: not foreseeable), and the chance of its last day."""

    days: Mapping[int, date | None]
    chance: float | None


@dataclass(frozen=True)
class Weight:
    """A plan in figures; points are hundredths, `loads` are (resource, taken, held) for each wave."""

    value: int
    points: int
    stories: int
    musts_in: int
    musts: int
    loads: Sequence[Sequence[tuple[str, int, int]]]
    broken: Sequence[Broken]
    endings: Mapping[int, Ending]


def weigh(made: Altered, forecast: ProjectForecast) -> Weight:
    """The figures of a plan under a scenario; endings are empty without a past to go by."""
    problem, plan = made.problem, made.plan
    held = [problem.by_id[number] for number in plan]
    return Weight(
        sum(one.value for one in held),
        sum(one.points for one in held),
        len(held),
        sum(one.id in plan for one in problem.candidates if one.is_must),
        sum(one.is_must for one in problem.candidates),
        [_loads(problem, plan, place) for place in range(len(problem.rooms))],
        broken_rules(problem, plan),
        endings(made, forecast),
    )


def _loads(problem: Problem, plan: Plan, place: int) -> list[tuple[str, int, int]]:
    taken = problem.taken(number for number, wave in plan.items() if wave == place)
    return [(key, taken.get(key, 0), held) for key, held in problem.rooms[place].holds.items()]


def broken_rules(problem: Problem, plan: Plan) -> list[Broken]:
    """What a plan breaks: wave by wave too much, stories before what they wait for, without effort, too many musts."""
    found: list[Broken] = []
    for place in range(len(problem.rooms)):
        held = [problem.by_id[number] for number, wave in plan.items() if wave == place]
        found += [
            Broken(OVER, place, (), key, taken, room)
            for key, taken, room in _loads(problem, plan, place)
            if taken > room
        ]
        late = len(problem.rooms)
        early = [one.number for one in held if any(plan.get(need, late) > place for need in one.needs)]
        lists = [(EARLY, early), (BARRED, [one.number for one in held if one.barred_by]),
                 (UNKNOWN, [one.number for one in held if one.takes is None])]  # fmt: skip
        found += [Broken(kind, place, tuple(sorted(numbers))) for kind, numbers in lists if numbers]
        points, musts = sum(one.points for one in held), sum(one.points for one in held if one.is_must)
        if points and musts * 100 > points * MOST_MUSTS:
            found.append(Broken(MUSTS, place, (), POINTS, musts, points))
    return found


def endings(made: Altered, forecast: ProjectForecast) -> dict[int, Ending]:
    """When each wave is done, by place: waves follow each other, and one with half the room takes twice as long."""
    if forecast.runs is None:
        return {}
    places = {room.wave_id: place for place, room in enumerate(made.problem.rooms)}
    sizes: dict[int, Decimal] = {}
    ahead = Decimal(0)
    for one in forecast.waves:
        place = places.get(one.wave.id)
        if place is None:
            ahead += one.left
            continue
        own, pace = sum(wave == place for wave in made.plan.values()), made.paces[place]
        ahead = Decimal("Infinity") if not pace and own else ahead + (own / pace if own else 0)
        sizes[place] = ahead
    runs = _runs(forecast, max((size for size in sizes.values() if size.is_finite()), default=Decimal(0)))
    return {place: _ending(forecast, runs, size, made.ends[place]) for place, size in sizes.items()}


def _runs(forecast: ProjectForecast, most: Decimal) -> Forecast:
    """The runs of the project, played further where a scenario asks for more."""
    assert forecast.runs is not None
    if forecast.assumptions.estimates is not None or most <= max(sum(one.left for one in forecast.waves), 1):
        return forecast.runs
    draws = draws_from([week.finished for week in forecast.weeks])
    factor = forecast.assumptions.capacity / 100
    return simulate(draws, float(most), seed=forecast.assumptions.seed, growth=forecast.growth, capacity=factor)


def _ending(forecast: ProjectForecast, runs: Forecast, size: Decimal, end: date | None) -> Ending:
    if not size.is_finite():
        return Ending(dict.fromkeys(SHARES), None if end is None else 0.0)
    weeks = {share: runs.weeks_for(float(size), share) for share in SHARES}
    days = {
        share: None if needed is None else forecast.today + timedelta(days=ceil(needed * 7))
        for share, needed in weeks.items()
    }
    chance = None if end is None else runs.chance(float(size), ((end - forecast.today).days + 1) / 7)
    return Ending(days, chance)
